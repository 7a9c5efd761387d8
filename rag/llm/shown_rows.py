"""What a writing model is shown: each look-up with what came of it, then the clauses, numbered, then the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.departments import bracket_span
from corpus.script import simplify
from rag.grounding.types import Source
from rag.llm.calls import tokens_of
from rag.llm.prompts import as_data, prompt
from rag.llm.types import Message
from rag.lookup import Library
from rag.messages import ROLES, SHOWN, VALIDITY, VALUES
from rag.operations.looked_up import Found, Row
from rag.outcome import Outcome, renumbered_for
from rag.personal import masked
from rag.phrases import listed, short_title
from rag.types import Turn, Validity
from rag.validity import validity_of

_WHOLE, _PART = 700, 520  # characters of a clause that is shown whole, and of the sentences of a longer one
_TOKENS = 7000  # of all clauses
_SAID = 1600  # characters of what an operation says
_ASKED, _TURN = 3, 120  # of the asker's earlier questions


def write_messages(
    question: str, history: Sequence[Turn], outcome: Outcome, library: Library, may_look_again: bool
) -> list[Message]:
    """Instructions and one example, the same for every question; then what was looked up, and the question."""
    asked = [
        SHOWN["today"].format(day=f"{library.as_of.year}年{library.as_of.month}月{library.as_of.day}日"),
        *(_look_up(n, outcome, one) for n, one in enumerate(outcome.found, start=1)),
        *_clauses(outcome, library),
        *_before(history),
        SHOWN["question"].format(words=as_data(masked(question))),
        *([prompt("write_again")] if may_look_again else []),
    ]
    example = [Message("user", prompt("write_example_question")), Message("assistant", prompt("write_example_answer"))]
    return [Message("system", prompt("write")), *example, Message("user", "\n".join(asked))]


def _before(history: Sequence[Turn]) -> list[str]:
    """What the asker asked before; what was answered is no source of anything."""
    asked = [turn.content for turn in history if turn.role == "user"][-_ASKED:]
    return [SHOWN["asked"].format(words=as_data(masked(words)[:_TURN])) for words in asked]


def _look_up(n: int, outcome: Outcome, found: Found) -> str:
    """查询1：find “…”｜虹口区｜…, with what its operation says."""
    resolved, draft = found.resolved, found.draft
    line = SHOWN["look_up"].format(n=n, request=as_data(_request(found)))
    absent = [name for name in (*resolved.away, resolved.missing) if name]
    if absent:
        line += SHOWN["not_here"].format(names=as_data("、".join(absent)))
    strangers = [name for name in resolved.unknown if name not in absent]
    if strangers:
        line += SHOWN["unknown"].format(names=as_data("、".join(strangers)))
    if not found.rows:
        line += SHOWN["nothing"]
    if found.printed:
        counts = "、".join(
            SHOWN["printed_of"].format(words=as_data(words), count=count) for words, count in found.printed.items()
        )
        line += SHOWN["printed"].format(documents=len(found.documents), counts=counts)
    if found.swept:
        line += SHOWN["swept"].format(what=VALUES.get(found.swept.kind, found.swept.kind))
    if draft and draft.facts:
        line += SHOWN["total"].format(total=draft.facts["total"])
    if draft and (draft.facts or resolved.request.op != "address"):
        said = renumbered_for(outcome, draft)
        line += SHOWN["says"].format(words=as_data(said[:_SAID] + (SHOWN["left_out"] if len(said) > _SAID else "")))
    return line


def _request(found: Found) -> str:
    request = found.resolved.request
    bodies = [body.words for body in request.bodies]
    where = [*request.scope.places, *request.scope.documents, *request.scope.parts]
    words = [
        request.op,
        *(f"“{words}”" for words in found.resolved.wordings),
        *bodies,
        found.resolved.path,
        "｜".join(["", *where]) if where else "",
    ]
    return " ".join(word for word in words if word)


def _clauses(outcome: Outcome, library: Library) -> Iterator[str]:
    left = _TOKENS
    for n, (row, source) in enumerate(zip(outcome.rows, outcome.sources, strict=True), start=1):
        head = _head(n, source, validity_of(source.document.metadata, library.as_of))
        words = SHOWN["clause"].format(words=as_data(_words(row)))
        cost = tokens_of(head + words)
        yield f"{head}\n{words}" if cost <= left else head
        left -= cost


def _head(n: int, source: Source, validity: Validity) -> str:
    clause, document = source.clause, source.document
    bodies = "；".join(f"{ROLES[d.role]}：{d.name}" for d in listed(clause)) or SHOWN["none"]
    period = validity.basis.strip("()（）") if validity.basis else SHOWN["none"]
    place = document.metadata.jurisdiction or SHOWN["no_place"]
    period = VALIDITY["repealed"] if validity.status == "repealed" else period
    label = as_data(simplify(clause.label))
    return SHOWN["row"].format(
        n=n, title=as_data(short_title(document)), label=label, place=place, bodies=bodies, period=period
    )


def _words(row: Row) -> str:
    """The clause whole, or of a long one its heading and the sentences that fit, in reading order."""
    text = row.clause.text
    if len(text) <= _WHOLE or not row.spans:
        return text if len(text) <= 2 * _WHOLE else text[: 2 * _WHOLE] + SHOWN["left_out"]
    chosen: list[tuple[int, int]] = []
    size = 0
    for start, end in row.spans:
        if not chosen or size + end - start <= _PART:
            chosen.append((start, min(end, start + 2 * _WHOLE)))
            size += end - start
    heading = "" if any(start == 0 for start, _ in chosen) else row.clause.heading + SHOWN["left_out"]
    pieces: list[str] = []
    last = None
    for start, end in sorted(set(chosen)):
        gap = SHOWN["left_out"] if last is not None and start > last + 1 else ""
        pieces.append(gap + text[max(start, last or 0) : end])
        last = max(end, last or 0)
    span = bracket_span(text)
    bracket = SHOWN["left_out"] + text[slice(*span)] if span and span[0] >= (last or 0) else ""
    return heading + "".join(pieces) + bracket
