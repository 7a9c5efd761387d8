"""What training changed, written and read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.difference import read_difference, write_difference
from index.errors import EmbedderError

CHANCE = np.random.default_rng(5)


def _read_again(tmp_path: Path, changes: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    write_difference(tmp_path / "difference.npz", changes)
    return read_difference(tmp_path / "difference.npz")


def test_a_matrix_comes_back_within_half_a_step_of_its_block(tmp_path: Path) -> None:
    matrix = CHANCE.normal(size=(64, 128)).astype(np.float32)
    matrix[3] *= 100
    found = _read_again(tmp_path, {"a.weight": matrix})["a.weight"]
    assert (found.shape, found.dtype) == ((64, 128), np.float32)
    steps = np.abs(matrix.reshape(-1, 32)).max(axis=1) / 7
    assert (np.abs(found - matrix).reshape(-1, 32).max(axis=1) <= 0.51 * steps + 1e-6).all()


def test_a_vector_and_an_odd_matrix_come_back_as_they_were_but_for_half_precision(tmp_path: Path) -> None:
    changes = {
        "bias": CHANCE.normal(size=384).astype(np.float32),
        "head": CHANCE.normal(size=(1, 30)).astype(np.float32),
    }
    found = _read_again(tmp_path, changes)
    for name, values in changes.items():
        assert found[name].shape == values.shape
        assert found[name] == pytest.approx(values, abs=1e-3, rel=1e-3)


def test_nothing_changed_stays_nothing(tmp_path: Path) -> None:
    assert not _read_again(tmp_path, {"a": np.zeros((2, 64), np.float32)})["a"].any()


def test_four_bits_a_weight(tmp_path: Path) -> None:
    write_difference(tmp_path / "d.npz", {"a": CHANCE.normal(size=(512, 512)).astype(np.float32)})
    assert (tmp_path / "d.npz").stat().st_size < 512 * 512 * 0.6


def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "d.npz").write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(EmbedderError, match=r"d\.npz: can't be read"):
        read_difference(tmp_path / "d.npz")
