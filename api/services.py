"""What the routes need, as functions that the entry point fills; importing this loads no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.bodies import BodyTable
from corpus.types import Corpus
from index.types import RetrievedClause
from rag.answer import PolicyQa
from rag.events import AnswerStream
from rag.types import Answer, Filters, Turn

Ask = Callable[[str, Sequence[Turn], Filters, date | None], Answer]
Stream = Callable[[str, Sequence[Turn], Filters, date | None], AnswerStream]
Search = Callable[[str, int, Filters], tuple[RetrievedClause, ...]]


@dataclass(frozen=True)
class Services:
    """`model`: the name of the model that writes, or None. The corpus is the one the index was built from."""

    ask: Ask
    stream: Stream
    search: Search
    corpus: Corpus
    bodies: BodyTable
    model: str | None = None


def services_of(qa: PolicyQa) -> Services:
    return Services(qa.ask, qa.stream, qa.search, qa.corpus, qa.bodies, qa.model_name)
