"""What training changed of the packaged weights, small enough to lie in the repository.

A matrix is kept in blocks of 32 weights: one float16 scale and 32 numbers, from -7 to 7 at most, two in a byte; or as two
narrow ones whose product it is, in float16, as vectors are and what the packaged model doesn't have. One numpy archive holds
them by the names of transformers' BertModel.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderError

Floats = npt.NDArray[np.float32]
_BLOCK = 32
_LEVELS = 7
_SCALES, _NUMBERS = ".scales", ".numbers"
_ZERO = 8  # added to each number, so that two fit a byte
LEFT, RIGHT = ".left", ".right"


def write_difference(path: Path, changes: Mapping[str, Floats], levels: int = _LEVELS) -> None:
    """`changes` has what is added to each tensor; the numbers go from -`levels` to `levels`."""
    rows: dict[str, npt.NDArray[np.generic]] = {}
    for name, values in changes.items():
        if _is_packed(name, values):
            blocks = values.reshape(-1, _BLOCK)
            scales = (np.abs(blocks).max(axis=1, keepdims=True) / levels).astype(np.float16)
            numbers = np.rint(blocks / np.maximum(scales.astype(np.float32), 1e-12)).clip(-levels, levels)
            pairs = (numbers.reshape(-1, 2) + _ZERO).astype(np.uint8)
            rows[name + _NUMBERS] = (pairs[:, 0] << 4 | pairs[:, 1]).reshape(values.shape[0], -1)
            rows[name + _SCALES] = scales[:, 0]
        else:
            rows[name] = values.astype(np.float16)
    np.savez_compressed(path, **rows)  # type: ignore[arg-type]


def read_difference(path: Path) -> dict[str, Floats]:
    """What is added to each tensor, float32, in its shape. Raises EmbedderError where the file is damaged."""
    try:
        with path.open("rb") as opened, np.load(opened) as file:
            rows = {name: file[name] for name in file.files}
        return _multiplied(dict(_unpacked(name, rows) for name in rows if not name.endswith(_SCALES)))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise EmbedderError(f"{path}: can't be read ({type(error).__name__}). Install policyqa again.") from error


def _is_packed(name: str, values: Floats) -> bool:
    return (
        values.ndim == 2
        and values.size % (2 * _BLOCK) == 0
        and min(values.shape) > 1
        and not name.endswith((LEFT, RIGHT))
    )


def _unpacked(name: str, rows: Mapping[str, npt.NDArray[np.generic]]) -> tuple[str, Floats]:
    if not name.endswith(_NUMBERS):
        return name, rows[name].astype(np.float32)
    plain = name.removesuffix(_NUMBERS)
    packed = rows[name].astype(np.uint8)
    numbers = np.stack([packed >> 4, packed & 0x0F], axis=-1).astype(np.float32) - _ZERO
    blocks = numbers.reshape(-1, _BLOCK) * rows[plain + _SCALES].astype(np.float32)[:, None]
    return plain, blocks.reshape(packed.shape[0], -1)


def _multiplied(found: dict[str, Floats]) -> dict[str, Floats]:
    """With each pair of narrow matrices as the one that they make."""
    plain = {name: values for name, values in found.items() if not name.endswith((LEFT, RIGHT))}
    wholes = [name.removesuffix(LEFT) for name in found if name.endswith(LEFT)]
    return plain | {whole: found[whole + LEFT] @ found[whole + RIGHT] for whole in wholes}


def digest_of_file(path: Path) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
