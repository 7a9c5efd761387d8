"""The committed policies, indexed without a model, and answers from them."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.load import load_corpus
from corpus.types import Corpus
from index.search import HybridIndex
from index.settings import ROOT
from rag.answer import PolicyQa
from rag.familiarity import Familiarity
from rag.lookup import Library
from rag.question import Understanding
from rag.types import Answer, Filters, Turn
from tests.builders import an_index
from tests.rag.builders import Ask, PairEmbedder, an_understanding

AS_OF = date(2021, 6, 1)


@pytest.fixture(scope="session")
def policies() -> Corpus:
    return load_corpus(ROOT / "corpus" / "policies", asked_as=ROOT / "corpus" / "asked_as")


@pytest.fixture(scope="session")
def index(policies: Corpus) -> HybridIndex:
    return an_index(policies, PairEmbedder())


@pytest.fixture(scope="session")
def qa(policies: Corpus, index: HybridIndex) -> PolicyQa:
    return PolicyQa(policies, index)


@pytest.fixture(scope="session")
def understanding(policies: Corpus) -> Understanding:
    return an_understanding(policies)


@pytest.fixture(scope="session")
def library(policies: Corpus, index: HybridIndex) -> Library:
    return Library(policies, index, Familiarity(policies, index.words))


@pytest.fixture(scope="session")
def ask(qa: PolicyQa) -> Ask:
    """`ask(question, *earlier questions)`, at a day when all but the oldest document are in their period."""

    def ask_at(question: str, *earlier: str, as_of: date = AS_OF, filters: Filters | None = None) -> Answer:
        history = [turn for asked in earlier for turn in (Turn("user", asked), Turn("assistant", "……"))]
        return qa.ask(question, history, filters or Filters(), as_of)

    return ask_at
