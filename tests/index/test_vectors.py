"""Cosines in the order in which the vectors were added."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.vectors import VectorIndex

EAST, NORTH, NORTH_EAST = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]


def vectors(*rows: list[float]) -> np.ndarray:
    return np.array(rows, np.float32)


def test_cosines_stand_in_the_order_added_not_in_that_of_likeness() -> None:
    index = VectorIndex.build(vectors(NORTH, EAST, NORTH_EAST))
    assert index.cosines(vectors(EAST)).tolist() == [pytest.approx([0.0, 1.0, 0.6])]


def test_each_query_has_a_row() -> None:
    index = VectorIndex.build(vectors(EAST, NORTH, NORTH_EAST))
    cosines = index.cosines(vectors(NORTH, EAST))
    assert cosines.shape == (2, 3)
    assert cosines.tolist() == [pytest.approx([0.0, 1.0, 0.8]), pytest.approx([1.0, 0.0, 0.6])]


def test_a_vector_that_points_away_has_a_negative_cosine() -> None:
    assert VectorIndex.build(vectors([-1.0, 0.0], NORTH)).cosines(vectors(EAST)).tolist() == [[-1.0, 0.0]]


def test_vectors_that_are_alike_each_keep_their_place() -> None:
    index = VectorIndex.build(vectors(EAST, EAST, NORTH, EAST))
    assert index.cosines(vectors(EAST)).tolist() == [[1.0, 1.0, 0.0, 1.0]]


def test_many_cosines_are_the_inner_products() -> None:
    rows = np.random.default_rng(7).normal(size=(300, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    np.testing.assert_allclose(VectorIndex.build(rows).cosines(rows[:5]), rows[:5] @ rows.T, atol=1e-6)


def test_size_and_dimension_are_the_matrixs() -> None:
    index = VectorIndex.build(vectors(EAST, NORTH, NORTH_EAST))
    assert (index.size, index.dimension) == (3, 2)


def test_vectors_come_back_as_they_went_in() -> None:
    rows = vectors(NORTH_EAST, EAST)
    assert VectorIndex.build(rows).vectors().tolist() == rows.tolist()


def test_a_transposed_or_wider_matrix_is_taken_as_its_values() -> None:
    rows = np.asfortranarray(np.array([EAST, NORTH_EAST], np.float64))
    assert VectorIndex.build(rows).cosines(vectors(EAST)).tolist() == [pytest.approx([1.0, 0.6])]


def test_a_saved_index_is_the_same_after_loading(tmp_path: Path) -> None:
    path = tmp_path / "一.faiss"
    built = VectorIndex.build(vectors(EAST, NORTH_EAST))
    built.save(path)
    loaded = VectorIndex.load(path)
    assert (loaded.size, loaded.dimension) == (2, 2)
    assert loaded.vectors().tolist() == built.vectors().tolist()
    assert loaded.cosines(vectors(NORTH)).tolist() == built.cosines(vectors(NORTH)).tolist()
