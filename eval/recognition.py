"""How questions are read, apart from what is made of it: held against labels, and the answer if read as labelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from eval.metrics import cell, recall, score
from eval.types import GoldQuestion, Labels, Score
from rag.answer import PolicyQa
from rag.question import Query, without_asides
from rag.reading.addresses import addresses_of
from rag.reading.kinds import Op, Want
from rag.reading.plan import ops_of, request_of
from rag.reading.planned import Planned
from rag.types import Turn
from rag.wire import as_json

_LOOKS_NOTHING_UP = ("talk", "other")
_ANSWER = ("status", "reason", "answer", "question", "citations", "departments", "latency_ms")  # as far as it is scored
MEASURES = (
    ("fully right", "fully_right"),
    ("read as labelled", "gold_plan"),
    ("clauses found then", "gold_found"),
    ("op", "op_right"),
    ("op in first 2", "op_in_two"),
    ("names", "names_right"),
    ("wants", "wants_right"),
)
Names = Mapping[str, list[str]]


def recognised(question: GoldQuestion, answer: Mapping[str, Any], qa: PolicyQa, as_of: date) -> dict[str, Any] | None:
    """How the question was read beside how it is to be read, and what becomes of the latter; None without labels."""
    labels = question.labels
    if labels is None:
        return None
    history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
    read = qa.read(question.question, history)
    gold = planned_of(labels, question.question, qa)
    names = _names_planned(gold, question.question, qa)
    plan = _in_conversation(gold, read) if history else gold
    looks_up = plan.op not in _LOOKS_NOTHING_UP
    said = as_json(qa.answer_to(plan, question.question, history, as_of))
    by_model = (answer.get("plan") or {}).get("by") == "model"
    return {
        **(_by_model(answer["plan"]["requests"]) if by_model else _by_reader(question.question, read, names, qa)),
        "gold_names": names,
        "gold_rows": [row.clause.clause_id for row in qa.rows_of(plan, question.question)] if looks_up else None,
        "gold_answer": {name: said[name] for name in _ANSWER},
    }


def planned_of(labels: Labels, question: str, qa: PolicyQa) -> Planned:
    """The look-up that the labels describe. Of documents called the same, those of the places named are meant."""
    planned = Planned(
        op=labels.op,
        places=labels.places,
        part=labels.address,
        topic=labels.topic,
        bodies=labels.bodies,
        wants=labels.wants,
        value=labels.value,
        address=labels.address,
    )
    if not labels.documents:
        return planned
    places = qa.resolved(planned, question).request.scope.places
    documents = qa.resolved(replace(planned, documents=labels.documents), question).request.scope.documents
    rows = {document.id: document.metadata.jurisdiction for document in qa.corpus.documents}
    return replace(planned, documents=tuple(d for d in documents if rows[d] in places) or documents)


def _in_conversation(planned: Planned, read: Query) -> Planned:
    """Labels have what a question names itself; where it goes on, the place or document comes from what was said."""
    if planned.places or planned.documents:
        return planned
    documents = read.scope.documents if read.scope.strict_documents else ()
    return replace(planned, places=read.scope.places, documents=documents)


def _by_reader(question: str, read: Query, gold: Names, qa: PolicyQa) -> dict[str, Any]:
    """Names are those of the question by itself; a document that it only leans to counts where it is named."""
    op = next(iter(ops_of(read)))
    alone = qa.query(question)
    documents = [name for name in alone.scope.documents if alone.scope.strict_documents or name in gold["documents"]]
    bodies = (body.name for mention in alone.bodies for body in mention.bodies)
    return {
        "ops": list(ops_of(read))[:2],
        "wants": list(request_of(read, op).wants),
        "names": _names(alone.scope.places, documents, bodies, without_asides(alone.asked)),
    }


def _by_model(requests: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of a plan as the answer object shows it: `wants` are the first look-up's, names those of all."""
    where = [row.get("where", {}) for row in requests]
    return {
        "ops": [row["op"] for row in requests[:2]],
        "wants": list(requests[0].get("wants", [])) if requests else [],
        "names": _names(
            (name for row in where for name in row.get("places", [])),
            (name for row in where for name in row.get("documents", [])),
            (name for row in requests for name in row.get("bodies", [])),
            "、".join(row["address"] for row in requests if row.get("address")),
        ),
    }


def _names_planned(planned: Planned, question: str, qa: PolicyQa) -> Names:
    request = qa.resolved(planned, question).request
    bodies = (body.name for mention in request.bodies for body in mention.bodies)
    return _names(request.scope.places, request.scope.documents, bodies, planned.address)


def _names(places: Any, documents: Any, bodies: Any, addressed: str) -> Names:
    """Sorted, each once; an address by the numbers of its steps. A document named says the place as well."""
    addresses = (".".join(f"{step.ranks[0]}:{step.number}" for step in steps) for steps in addresses_of(addressed))
    documents = sorted(set(documents))
    return {
        "places": [] if documents else sorted(set(places)),
        "documents": documents,
        "bodies": sorted(set(bodies)),
        "address": sorted(set(addresses)),
    }


def scored(question: GoldQuestion, answer: Mapping[str, Any]) -> Score:
    """The answer's score, with that of its reading where the question has labels and the reading was kept."""
    found = score(question, dict(answer))
    kept, labels = answer.get("recognition"), question.labels
    if not kept or labels is None:
        return found
    looked_up = labels.op not in _LOOKS_NOTHING_UP
    gold = [clause.clause_id for clause in question.gold]
    return replace(
        found,
        op_right=float(kept["ops"][:1] == [labels.op]),
        op_in_two=float(labels.op in kept["ops"]),
        names_right=float(kept["names"] == kept["gold_names"]) if looked_up else None,
        wants_right=float(set(kept["wants"]) == set(labels.wants)) if looked_up and labels.wants else None,
        gold_found=recall(kept["gold_rows"], gold, question.need)
        if looked_up and question.answerable and gold
        else None,
        gold_plan=score(question, kept["gold_answer"]).fully_right,
    )


def slots(questions: Sequence[GoldQuestion], answers: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """A row for each operation, want and kind of name: how many of those read are labelled, and the reverse.

    Empty where nothing is labelled.
    """
    pairs = [
        pair
        for question, answer in zip(questions, answers, strict=True)
        if question.labels and answer.get("recognition")
        for pair in _pairs(question.labels, answer["recognition"])
    ]
    if not pairs:
        return []
    rows = [["slot", "right of those read", "read of those labelled"]]
    for slot in dict.fromkeys(slot for slot, _, _ in pairs):
        read = [len(found & gold) / len(found) for name, found, gold in pairs if name == slot and found]
        labelled = [len(found & gold) / len(gold) for name, found, gold in pairs if name == slot and gold]
        rows.append([slot, cell(read), cell(labelled)])
    return rows


def _pairs(labels: Labels, kept: Mapping[str, Any]) -> Iterator[tuple[str, set[str], set[str]]]:
    """Slots, with what was read in them and what is labelled."""
    for op in get_args(Op):
        yield f"op {op}", {op} & set(kept["ops"][:1]), {op} & {labels.op}
    if labels.op in _LOOKS_NOTHING_UP:
        return
    for want in get_args(Want) if labels.wants else ():
        yield f"wants {want}", {want} & set(kept["wants"]), {want} & set(labels.wants)
    for name, gold in kept["gold_names"].items():
        yield name, set(kept["names"][name]), set(gold)
