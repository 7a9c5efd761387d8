"""Which embedder a name opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embedder import (
    DEFAULT,
    NONE,
    PACKAGED,
    PLAIN,
    averaged,
    comparable,
    folder_name,
    has_default_weights,
    open_embedder,
)
from tests.builders import CharacterEmbedder


def test_none_is_no_embedder_and_writes_nothing(tmp_path: Path) -> None:
    assert open_embedder(NONE, tmp_path / "models") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_wheel")
def test_where_the_wheel_has_no_build_the_default_is_no_embedder(tmp_path: Path) -> None:
    assert not has_default_weights()
    assert open_embedder(DEFAULT, tmp_path / "models") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_wheel")
@pytest.mark.parametrize("name", PACKAGED)
def test_a_packaged_model_that_is_unpacked_needs_no_wheel(tmp_path: Path, tiny_model: Path, name: str) -> None:
    shutil.copytree(tiny_model, tmp_path / folder_name(name, PACKAGED[name]))
    embedder = open_embedder(name, tmp_path)
    assert embedder is not None
    assert (embedder.name, embedder.dimension) == ("tiny", 3)


def test_each_fitting_has_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "one.npz").write_bytes(b"one")
    (tmp_path / "two.npz").write_bytes(b"two")
    names = {folder_name(PLAIN, None), *(folder_name(DEFAULT, tmp_path / f"{name}.npz") for name in ("one", "two"))}
    assert len(names) == 3


def test_a_texts_windows_are_averaged_by_their_length_to_one_unit_vector() -> None:
    windows = np.array([[1, 0], [0, 1], [0, 1]], np.float32)
    # The first text is 3 * (1, 0) + 4 * (0, 1), five long; the second has the window in the middle.
    vectors = averaged(windows, owners=[0, 1, 0], lengths=[3, 9, 4], count=2)
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [pytest.approx([3 / 5, 4 / 5]), [0, 1]]


def test_comparable_vectors_are_unit_vectors_with_the_cosines_drawn_together() -> None:
    rows = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)
    found = comparable(rows, 3.0)
    np.testing.assert_allclose(found @ found.T, 1 - (1 - rows @ rows.T) / 3, atol=1e-6)
    assert comparable(rows, 1.0) is rows


def test_no_windows_average_to_no_vectors() -> None:
    assert averaged(np.zeros((0, 2), np.float32), [], [], 0).shape == (0, 2)


def test_the_embedder_of_these_tests_makes_unit_vectors() -> None:
    vectors = CharacterEmbedder(dimension=64).embed_passages(["在线教育", "", "教育教育"])
    assert (vectors * vectors).sum(axis=1).tolist() == pytest.approx([1, 1, 1])
