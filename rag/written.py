"""A draft found by search, said in a model's words where the clauses carry them; else it stays as it is."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.script import fold
from corpus.sentences import sentences_of
from corpus.types import Node
from rag.assemble import citation_of
from rag.confidence import THRESHOLD
from rag.events import Event
from rag.grounding.check import aligned_span
from rag.grounding.quantities import quantities_in
from rag.grounding.types import Source
from rag.llm.types import TokenStream
from rag.llm.writer import Outcome, Writer
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.question import Query
from rag.types import Draft, Evidence, Turn
from rag.validity import validity_of
from rag.wire import citation_json

_OFFERED = 5  # clauses that a model is shown
_TAKEN_UP = 0.6  # share of a refused question's subjects that an answer must speak of
_NEAR = 2.5  # deviations below the best clause from which on another is only related
_CERTAIN = 0.8  # confidence of an extractive answer that a model's declining doesn't overrule
_DOUBTFUL = 0.6  # share of the threshold from which on a model may answer what the extractive answerer refuses


@dataclass
class _Shown:
    """What the deltas have put together so far, and the clauses in the order of their marks."""

    text: str = ""
    begun: int = 0  # where the sentence under way begins
    order: tuple[int, ...] = ()  # offered numbers, by the mark they were given

    def mark(self, number: int) -> int:
        if number not in self.order:
            self.order = (*self.order, number)
        return self.order.index(number) + 1


def may_be_written(draft: Draft) -> bool:
    """Whether a model may say it: never for complete lists, documents' facts or what was refused before any search."""
    if draft.features is None and not draft.from_search:
        return False
    if draft.status in ("answered", "partial"):
        return draft.facts is None
    return draft.reason in ("not_stated", "not_found") and 1 - draft.confidence >= THRESHOLD * _DOUBTFUL


def written(
    draft: Draft,
    query: Query,
    question: str,
    history: Sequence[Turn],
    library: Library,
    writer: Writer,
    as_of: date,
    requests: list[TokenStream],
) -> Generator[Event, None, Draft | None]:
    """The events of the writing; returns the model's draft, or None where the extractive one stands."""
    sources = _offered(draft, query, library)
    if not sources:
        return None
    validities = [validity_of(source.document.metadata, as_of) for source in sources]
    yield Event("status", {"stage": "writing"})
    shown, texts = _Shown(), list[tuple[str, tuple[int, ...]]]()
    steps = writer.write(question, history, sources, validities, requests)
    while True:
        try:
            step = next(steps)
        except StopIteration as ended:
            outcome: Outcome = ended.value
            break
        if step.kind == "words":
            shown.text += step.text
            yield Event("delta", {"text": step.text})
            continue
        if step.kind == "dropped":
            yield from _taken_back(shown, [problem.kind for problem in step.problems])
            continue
        before = shown.order
        marks = tuple(dict.fromkeys(shown.mark(number) for number in step.numbers))
        texts.append((step.text, step.numbers))
        if shown.order != before:
            yield Event("citations", {"citations": _citations(shown, texts, sources, library, as_of)})
        said = shown.text[shown.begun :]
        rest = _ended(step.text[len(said) :] if step.text.startswith(said) else step.text, marks)
        shown.text += rest
        yield Event("delta", {"text": rest})
        yield Event("verify", {"ok": True, "start": shown.begun, "end": len(shown.text)})
        shown.begun = len(shown.text)
    if len(shown.text) > shown.begun:
        yield from _taken_back(shown, ["unfinished"])
    if outcome.failure is not None:
        yield Event("status", {"stage": "model_failed", "reason": outcome.failure.reason})
    made = _draft(draft, query, outcome, shown, texts, sources)
    if made is not None and made.status != "refused" and not _to_the_point(made, draft, query, library):
        made = None
    if made is None and shown.text:
        yield Event("verify", {"ok": False, "start": 0, "end": len(shown.text), "problems": ["no answer"]})
    return made


def _taken_back(shown: _Shown, problems: Sequence[str]) -> Generator[Event, None, None]:
    yield Event("verify", {"ok": False, "start": shown.begun, "end": len(shown.text), "problems": list(problems)})
    shown.begun = len(shown.text)


def _ended(words: str, marks: Sequence[int]) -> str:
    """The end of a sentence with its marks before the full stop."""
    body = words.rstrip("。；; ")
    return body + "".join(f"[{mark}]" for mark in marks) + "。"


def _offered(draft: Draft, query: Query, library: Library) -> list[Source]:
    """The draft's own clauses first, then those that the search puts close behind."""
    found = library.find(query, _OFFERED)
    best = found[0].score if found else 0.0
    rows: list[Node] = [item.clause for item in draft.evidence]
    rows += [row.clause for row in found if row.score >= best - _NEAR]
    chosen = list(dict.fromkeys(row.clause_id for row in rows))[: max(_OFFERED, len(draft.evidence))]
    sources = []
    for clause_id in chosen:
        clause, document = library.corpus.clause(clause_id), library.corpus.document(clause_id.split("#")[0])
        if clause is not None and document is not None:
            sources.append(Source(clause, document))
    return sources


def _draft(
    draft: Draft,
    query: Query,
    outcome: Outcome,
    shown: _Shown,
    texts: Sequence[tuple[str, tuple[int, ...]]],
    sources: Sequence[Source],
) -> Draft | None:
    """What the kept sentences make, or a refusal where the model declines and the search wasn't sure either."""
    if not texts:
        doubtful = draft.status == "answered" and draft.confidence < _CERTAIN
        if outcome.declined and outcome.failure is None and doubtful:
            nearest = tuple(item.clause for item in draft.evidence[:3])
            return Draft("refused", MESSAGES["not_stated"], reason="not_stated", nearest=nearest, confidence=0.5)
        return None
    if not _answers(draft, query, texts, sources):
        return None
    text = "".join(_ended(words, [shown.mark(number) for number in numbers]) for words, numbers in texts)
    evidence = tuple(_evidence(number, texts, sources) for number in shown.order)
    status = "partial" if draft.status == "partial" else "answered"
    return replace(draft, status=status, reason=None, text=text, evidence=evidence, nearest=(), from_search=True)  # type: ignore[arg-type]


def _answers(
    draft: Draft, query: Query, texts: Sequence[tuple[str, tuple[int, ...]]], sources: Sequence[Source]
) -> bool:
    """Whether the sentences give what was asked: the clause that answers, its bodies, a number where one is asked."""
    said = " ".join(words for words, _ in texts)
    cited = {sources[number - 1].clause.clause_id for _, numbers in texts for number in numbers}
    own = {item.clause.clause_id for item in draft.evidence}
    if own and not own <= cited:
        return False
    if "number" in query.asks and draft.status == "answered" and not quantities_in(said):
        return False
    if "departments" in query.asks:
        first = sources[texts[0][1][0] - 1].clause
        named = [d.name for d in first.departments if d.source != "text"]
        return all(name in said for name in named)
    return True


def _to_the_point(made: Draft, draft: Draft, query: Query, library: Library) -> bool:
    """Whether the sentences rest on the one that fits the question best; where the search itself would have refused,
    whether they take up what was asked.
    """
    if draft.status == "refused":
        said = fold(made.text)
        topics = query.subjects + query.strangers
        return bool(topics) and sum(topic in said for topic in topics) / len(topics) >= _TAKEN_UP
    if "departments" in query.asks:
        return True  # the bracket answers, and that its bodies are named has been seen to
    for found in library.find(query, 1):
        rows = [row for row in found.sentences if not row.sentence.is_heading]
        own = [item for item in made.evidence if item.clause.clause_id == found.clause.clause_id]
        if rows and own:
            best = max(rows, key=lambda row: row.score).sentence
            return any(item.start <= best.start < item.end for item in own)
    return True


def _evidence(number: int, texts: Sequence[tuple[str, tuple[int, ...]]], sources: Sequence[Source]) -> Evidence:
    """The stretch of the clause that carries the sentences citing it."""
    source = sources[number - 1]
    rows = sentences_of(source.clause.text)
    spans = [aligned_span(words, source) for words, numbers in texts if number in numbers]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return (
        Evidence(source.clause, rows[first].start, rows[last].end)
        if rows
        else Evidence(source.clause, 0, len(source.clause.text))
    )


def _citations(
    shown: _Shown,
    texts: Sequence[tuple[str, tuple[int, ...]]],
    sources: Sequence[Source],
    library: Library,
    as_of: date,
) -> list[dict[str, Any]]:
    return [
        citation_json(citation_of(_evidence(number, texts, sources), n, library.corpus, as_of))
        for n, number in enumerate(shown.order, start=1)
    ]
