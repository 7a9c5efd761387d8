"""Which embedder a name opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.embedder import DEFAULT, NONE, has_default_weights, open_embedder
from index.onnx_embedder import MODEL_FOLDER
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
def test_a_default_model_that_is_unpacked_needs_no_wheel(tmp_path: Path, tiny_model: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / MODEL_FOLDER)
    embedder = open_embedder(DEFAULT, tmp_path)
    assert embedder is not None
    assert (embedder.name, embedder.dimension) == ("tiny", 3)


def test_the_embedder_of_these_tests_makes_unit_vectors() -> None:
    vectors = CharacterEmbedder(dimension=64).embed_passages(["在线教育", "", "教育教育"])
    assert (vectors * vectors).sum(axis=1).tolist() == pytest.approx([1, 1, 1])
