"""A model's sentences as a draft: cited, with their bodies, and with the lists that belong to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.script import fold, simplify
from corpus.sentences import sentences_of
from corpus.types import Department, Node
from rag.assemble import citation_of
from rag.events import Event
from rag.grounding.check import aligned_span
from rag.grounding.types import Source
from rag.llm.writer import Kept, Written
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.named_by_model import Named, departments_by_model
from rag.operations.looked_up import Found
from rag.outcome import Outcome
from rag.phrases import short_title
from rag.types import Draft, Evidence, Reason, Swept
from rag.wire import citation_json

_MARK = re.compile(r"\[(\d{1,3})\]")
_NEAREST = 3  # clauses shown beside a refusal
_KNOWN = 6  # documents that are named where another isn't here
_SURE = 0.9  # confidence of what a model says and the check lets through


class Shown:
    """What the deltas have put together so far, and the rows in the order of their marks."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.text = ""
        self._kept: list[Kept] = []

    def events(self, kept: Kept, outcome: Outcome) -> Iterator[Event]:
        """A sentence that has passed: its citations before it, and that it stands."""
        self._kept.append(kept)
        order = _order(self._kept)
        if set(kept.numbers) - set(_order(self._kept[:-1])):
            yield Event("citations", {"citations": self._citations(order, outcome)})
        words, start = ended(kept, order), len(self.text)
        self.text += words
        yield Event("delta", {"text": words})
        yield Event("verify", {"ok": True, "start": start, "end": len(self.text)})

    def _citations(self, order: Sequence[int], outcome: Outcome) -> list[dict[str, Any]]:
        library = self._library
        return [
            citation_json(citation_of(evidence_of(number, self._kept, outcome), n, library.corpus, library.as_of))
            for n, number in enumerate(order, start=1)
        ]


def drafted_from(written: Written, outcome: Outcome, library: Library) -> Draft | None:
    """The draft that the writing comes to; None where nothing of it can be given out."""
    cited = [kept for kept in written.kept if kept.numbers]
    if written.failure is not None and not cited:
        return None
    if written.verdict == "out_of_scope":
        return Draft("refused", MESSAGES["out_of_scope"], reason="out_of_scope")
    if written.verdict == "not_in_corpus" and (draft := of_no_place(outcome.found, library)):
        return draft
    if written.verdict in ("absent", "not_in_corpus"):
        return _refused(written, outcome)
    if written.verdict == "clarify":
        return _asking_back(written, outcome)
    if written.lost is not None or not cited:
        return None
    lists = [outcome.found[n - 1].draft for n in written.lists if n <= len(outcome.found)]
    whole = [draft for draft in lists if draft and draft.facts and draft.evidence]
    draft = _with_lists(cited, whole, outcome) if whole else _alone(cited, written.named, outcome)
    missing = "".join(kept.text for kept in written.kept if not kept.numbers)
    is_partial = written.verdict == "partial" and bool(missing)
    text = f"{draft.text}{missing}" if is_partial else draft.text
    status = "partial" if is_partial or _is_half_here(outcome) else "answered"
    if status == "partial" and not is_partial:
        away = "、".join(dict.fromkeys(name for one in outcome.found for name in one.resolved.away))
        text = f"{text}\n{MESSAGES['also_asked'].format(places=away)}"
    return replace(draft, status=status, text=text, op=_op(cited, outcome), confidence=_SURE)  # type: ignore[arg-type]


def quoted_from(written: Written, outcome: Outcome, draft: Draft) -> Draft | None:
    """The words of the clause that the model meant, where its sentence was not to be kept; None where the reader's
    answer rests on the same clause.
    """
    lost = written.lost
    if lost is None or not lost.numbers:
        return None
    source = outcome.sources[lost.numbers[0] - 1]
    if source.clause.clause_id in {item.clause.clause_id for item in draft.evidence[:1]}:
        return None
    if any(one.draft and one.draft.facts for one in outcome.found):
        return None
    quote = _aligned(source, [lost.text])
    return Draft("answered", f"“{quote.shown}”[1]", (quote,), op="find", confidence=0.5)


def ended(kept: Kept, order: Sequence[int]) -> str:
    """The sentence with its marks where it has them, by their place in `order`; else before the full stop."""
    marks = {number: f"[{place}]" for place, number in enumerate(order, start=1)}
    own = _MARK.sub(lambda found: marks.get(int(found[1]), ""), kept.marked).rstrip("。；; ")
    if not set(map(int, _MARK.findall(kept.marked))) & set(kept.numbers):
        own = kept.text.rstrip("。；; ") + "".join(marks[number] for number in kept.numbers)
    return own + "。"


def evidence_of(number: int, kept: Sequence[Kept], outcome: Outcome) -> Evidence:
    """The stretch of the clause that carries the sentences citing it; of an address inside a clause that."""
    row, source = outcome.rows[number - 1], outcome.sources[number - 1]
    if row.sub_path is not None and row.spans:
        return Evidence(row.clause, *row.spans[0], row.sub_path)
    return _aligned(source, [one.text for one in kept if number in one.numbers])


def _aligned(source: Source, texts: Sequence[str]) -> Evidence:
    rows = sentences_of(source.clause.text)
    if not rows:
        return Evidence(source.clause, 0, len(source.clause.text))
    spans = [aligned_span(text, source) for text in texts]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return Evidence(source.clause, rows[first].start, rows[last].end)


def _order(kept: Sequence[Kept]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for one in kept for number in one.numbers))


def _alone(cited: Sequence[Kept], named: Sequence[Named], outcome: Outcome) -> Draft:
    order = _order(cited)
    evidence = tuple(evidence_of(number, cited, outcome) for number in order)
    text = "".join(ended(kept, order) for kept in cited)
    draft = Draft("answered", text, evidence)
    of_fact = _only_facts(order, outcome)
    if of_fact is not None:
        return _with_offices(draft, of_fact, text)
    about = _about(order, outcome)
    return replace(draft, about=about) if about else replace(draft, bodies=_bodies(cited, named, order, outcome))


def _with_lists(cited: Sequence[Kept], lists: Sequence[Draft], outcome: Outcome) -> Draft:
    """The sentences, then each whole list as its operation has it, its marks counted on from theirs."""
    order = _order(cited)
    evidence = [evidence_of(number, cited, outcome) for number in order]
    said = {item.clause.clause_id: place for place, item in enumerate(evidence, start=1)}
    texts = ["".join(ended(kept, order) for kept in cited)]
    for draft in lists:
        times = Counter(item.clause.clause_id for item in draft.evidence)
        marks: list[int] = []
        for item in draft.evidence:
            known = said.get(item.clause.clause_id) if times[item.clause.clause_id] == 1 else None
            evidence += [] if known else [item]
            marks.append(known or len(evidence))
        texts.append(_MARK.sub(lambda found, marks=marks: f"[{marks[int(found[1]) - 1]}]", draft.text))  # type: ignore[misc]
    return Draft(
        "answered",
        "\n".join(texts),
        tuple(evidence),
        facts=lists[0].facts if len(lists) == 1 else None,
        about=tuple(dict.fromkeys(name for draft in lists for name in draft.about)),
        lists_departments=any(draft.lists_departments for draft in lists),
    )


def _bodies(
    cited: Sequence[Kept], named: Sequence[Named], order: Sequence[int], outcome: Outcome
) -> tuple[tuple[Department, ...], ...] | None:
    """Of each clause the bodies that the sentences citing it name, read or not; None where they name none, so that all are
    listed.
    """
    rows = []
    for number in order:
        said = fold("".join(kept.text for kept in cited if number in kept.numbers))
        source = outcome.sources[number - 1]
        own = [d for d in source.clause.departments if fold(d.name) in said or fold(simplify(d.printed)) in said]
        rows.append((*own, *departments_by_model(named, number, source.clause, source.document, said)))
    return tuple(rows) if any(rows) else None


def _of_rows(order: Sequence[int], outcome: Outcome) -> list[Found]:
    """The look-ups that brought what is cited."""
    return [one for one, own in zip(outcome.found, outcome.numbers, strict=True) if set(own) & set(order)]


def _about(order: Sequence[int], outcome: Outcome) -> tuple[tuple[str, str | None], ...]:
    """The bodies asked about, where all that is cited are their tasks."""
    found = _of_rows(order, outcome)
    tasks = [one for one in found if one.draft and one.draft.about]
    own = {n for one, ns in zip(outcome.found, outcome.numbers, strict=True) if one in tasks for n in ns}
    return (
        tuple(dict.fromkeys(name for one in tasks if one.draft for name in one.draft.about)) if own >= {*order} else ()
    )


def _only_facts(order: Sequence[int], outcome: Outcome) -> Draft | None:
    """What a document prints of itself, where nothing else is cited."""
    found = _of_rows(order, outcome)
    if not found or any(one.resolved.request.op != "fact" for one in found):
        return None
    return found[0].draft or Draft("answered", "", lists_departments=False)


def _with_offices(draft: Draft, fact: Draft, text: str) -> Draft:
    """With the offices of a document's own statements that the sentences name."""
    offices = []
    for body in fact.issuing:
        clause = fact.evidence[body.citation - 1].clause
        place = next((n for n, item in enumerate(draft.evidence, start=1) if item.clause is clause), None)
        if place and fold(body.name) in fold(text):
            offices.append(replace(body, citation=place))
    return replace(draft, issuing=tuple(offices), lists_departments=False)


def _op(cited: Sequence[Kept], outcome: Outcome) -> str:
    first = cited[0].numbers[0]
    rows = zip(outcome.found, outcome.numbers, strict=True)
    return next((one.resolved.request.op for one, own in rows if first in own), "find")


def _is_half_here(outcome: Outcome) -> bool:
    """Some of the places asked about have no documents."""
    return any(one.resolved.away for one in outcome.found)


def _refused(written: Written, outcome: Outcome) -> Draft:
    """That it isn't there, in the model's words where they claim no more; what is near stands beside it."""
    swept = _swept(outcome)
    reason: Reason = "not_stated" if swept else "not_found"
    said = "".join(kept.text.rstrip("。；; ") + "。" for kept in written.kept if not kept.numbers)
    text = MESSAGES["absent"].format(said=said) if said and written.lost is None else MESSAGES[reason]
    return Draft(
        "refused",
        text,
        nearest=_near(written, outcome),
        reason=reason,
        swept=swept,
        op="find",
        confidence=_SURE,
    )


def _swept(outcome: Outcome) -> Swept | None:
    """What was looked through without finding the value, or any word of the topic, where that holds for each look-up."""
    rows = []
    for one in outcome.found:
        if one.swept is not None:
            rows.append(one.swept)
        elif one.printed and not any(one.printed.values()) and one.resolved.request.scope.documents:
            rows.append(Swept(one.documents, "topic"))
    return rows[0] if rows and len(rows) == len(outcome.found) else None


def _asking_back(written: Written, outcome: Outcome) -> Draft:
    """The model's question where it claims nothing; without anything to choose from there is nothing to ask."""
    nearest = _near(written, outcome)
    if not nearest:
        return Draft("refused", MESSAGES["not_found"], reason="not_found", op="find")
    said = "".join(kept.text for kept in written.kept)
    return Draft("clarify", said or MESSAGES["ambiguous_list"], nearest=nearest, op="find", lists_departments=False)


def _near(written: Written, outcome: Outcome) -> tuple[Node, ...]:
    cited = _order([*written.kept, *([written.lost] if written.lost else [])])
    numbers = cited or tuple(range(1, len(outcome.rows) + 1))
    return tuple(outcome.rows[number - 1].clause for number in numbers)[:_NEAREST]


def of_no_place(found: Sequence[Found], library: Library) -> Draft | None:
    """The refusal for places and documents that aren't here; None where all that were named are."""
    away = dict.fromkeys(name for one in found for name in one.resolved.away)
    missing = dict.fromkeys(one.resolved.missing for one in found if one.resolved.missing)
    if not (away or missing):
        return None
    documents = library.corpus.documents
    if away:
        known = "、".join(dict.fromkeys(d.metadata.jurisdiction for d in documents if d.metadata.jurisdiction))
        message = MESSAGES["place_not_in_corpus"].format(places="、".join(away), known=known)
    else:
        known = "、".join(f"《{short_title(document)}》" for document in documents[:_KNOWN])
        message = MESSAGES["document_not_in_corpus"].format(document="、".join(missing), known=known)
    return Draft("refused", message, reason="not_in_corpus")
