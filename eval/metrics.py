"""What an answer is scored on. Each measure is a pure function of the answer object and the gold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from corpus.script import fold, simplify
from eval.types import GoldQuestion, Score
from rag.grounding.check import OFFICE
from rag.messages import STATED_ROLES

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Numbers that the product itself counts, not the texts.
_OWN_COUNT = re.compile(r"共 ?\d+ ?[项家]|》\d+项|(?:牵头|责任|配合|参与)\d+项|有\d+个附件|分\d+个部分|\[\d+\]")

_AND_OTHERS = re.compile("等[^、和及]{0,6}$")  # 税务、财政等部门
_AND = re.compile("以及|[和及]")


def score(question: GoldQuestion, answer: dict[str, Any]) -> Score:
    """The answer object's score against its gold."""
    cited = [citation["clause_id"] for citation in answer["citations"]]
    gold = [g.clause_id for g in question.gold]
    applies = question.answerable is True and bool(gold)
    refused = answer["status"] in ("refused", "error", "talk")  # none of these says anything from the texts
    found = Score(
        question_id=question.id,
        kind=question.kind,
        clause_first=float(bool(cited) and cited[0] in gold) if applies else None,
        recall=recall(cited, gold, question.need) if applies else None,
        precision=precision(cited, gold) if applies and cited else None,
        departments=departments_exact(answer, question) if question.answerable else None,
        facts=facts_present(answer["answer"], question.facts) if question.answerable and question.facts else None,
        refused_rightly=None if question.answerable is not False else float(refused or _asks_back(question, answer)),
        refused_wrongly=float(refused) if question.answerable is True else None,
        reason_right=float(answer["reason"] == question.reason) if question.reason and refused else None,
        ungrounded_numbers=len(ungrounded_numbers(answer)),
        ungrounded_bodies=len(ungrounded_bodies(answer)),
        length=len(answer["answer"]),
        latency_ms=float(answer["latency_ms"]),
    )
    return replace(found, fully_right=_fully_right(question, answer, found))


def _fully_right(question: GoldQuestion, answer: dict[str, Any], found: Score) -> float | None:
    """Nothing to take back: the right clause first and no gold clause missing, the right bodies, every fact; or refused
    where the texts don't say; or, where nothing was asked, no answer from the texts.
    """
    if question.answerable is None:
        return None
    if question.status == "talk":
        return float(answer["status"] == "talk" or answer["reason"] == "out_of_scope")
    if not question.answerable:
        return found.refused_rightly
    parts = (found.clause_first, found.recall, found.departments, found.facts)
    answered = answer["status"] in ("answered", "partial") or _asks_back(question, answer)
    return float(answered and not found.ungrounded_numbers and all(part in (1.0, None) for part in parts))


def _asks_back(question: GoldQuestion, answer: dict[str, Any]) -> bool:
    return bool(question.status in ("clarify", "talk") and answer["status"] == question.status)


def recall(cited: Sequence[str], gold: Sequence[str], need: str) -> float:
    """The share of gold clauses that are cited; with `any`, whether one of them is."""
    hits = len(set(cited) & set(gold))
    return float(hits > 0) if need == "any" else hits / len(set(gold))


def precision(cited: Sequence[str], gold: Sequence[str]) -> float:
    """The share of cited clauses that are gold."""
    return len(set(cited) & set(gold)) / len(set(cited))


def departments_exact(answer: dict[str, Any], question: GoldQuestion) -> float | None:
    """Whether the answer lists the gold departments and no other, each under its place.

    Who issued a text, or whom it goes to, counts only where the gold names such a body: older gold lists who is responsible.
    """
    if question.departments is None:
        return None
    rows = [d for d in answer["departments"] if question.departments or d["role"] not in STATED_ROLES]
    listed = {(d["name"], d["jurisdiction"]) for d in rows}
    if all(place for _, place in question.departments):
        return float(listed == set(question.departments))
    return float(_same_bodies(listed, {name for name, _ in question.departments}, answer["citations"]))


def _same_bodies(listed: set[tuple[str, str | None]], gold: set[str], citations: Sequence[dict[str, Any]]) -> bool:
    """Whether these are the bodies that a reader wrote down as printed, whatever their place."""
    printed: dict[str, set[str]] = {name: {_squeezed(name)} for name, _ in listed}
    for department in (one for citation in citations for one in citation["departments"]):
        printed.setdefault(department["name"], set()).add(_squeezed(department["printed"]))
    forms = set().union(*(printed[name] for name, _ in listed))
    wanted = {body for name in gold for body in _each(_squeezed(name), forms)}
    return wanted <= forms and all(printed[name] & wanted for name, _ in listed)


def _each(row: str, listed: set[str]) -> list[str]:
    """The bodies of a row that was written down as one, where it isn't listed as one; every one of them must be."""
    if row in listed:
        return [row]
    bodies = _AND_OTHERS.sub("", row).split("、")
    return [one for body in bodies for one in ([body] if body in listed else _AND.split(body)) if one]


def _squeezed(name: str) -> str:
    return "".join(fold(name).split())


def facts_present(text: str, facts: Sequence[Sequence[str]]) -> float:
    """The share of facts of which one wording stands in the answer, script and width folded."""
    folded = fold(text).replace(" ", "")
    return sum(any(fold(words).replace(" ", "") in folded for words in fact) for fact in facts) / len(facts)


def ungrounded_numbers(answer: dict[str, Any]) -> list[str]:
    """Numbers of the answer that no cited clause, nor its document's metadata, gives."""
    if not answer["citations"]:
        return []
    sources = fold(
        "".join(
            str(citation[field] or "")
            for citation in answer["citations"]
            for field in ("text", "document_title", "document_number", "issued_on", "clause_label")
        )
    )
    known = {_plain(number) for number in _NUMBER.findall(sources)}
    known.add(str((answer.get("facts") or {}).get("total", "")))  # what the product has counted
    text = fold(_OWN_COUNT.sub("", answer["answer"]))
    return [number for number in _NUMBER.findall(text) if _plain(number) not in known]


def ungrounded_bodies(answer: dict[str, Any]) -> list[str]:
    """Offices of the answer (区科委, 市交通委 …) that no cited clause, department or document names.

    Those that a denial repeats from the question are the asker's.
    """
    if not answer["citations"]:
        return []
    known = [
        str(citation[field] or "") for citation in answer["citations"] for field in ("text", "document_title", "issuer")
    ]
    known += [department["name"] for citation in answer["citations"] for department in citation["departments"]]
    here = fold(simplify("\n".join([*known, answer["question"]])))
    return [found[0] for found in OFFICE.finditer(fold(simplify(answer["answer"]))) if found[0] not in here]


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"


def mean(values: Sequence[float | None]) -> tuple[float | None, int]:
    """The mean of those that apply, and how many they are."""
    present = [value for value in values if value is not None]
    return (sum(present) / len(present) if present else None), len(present)


def cell(values: Sequence[float | None]) -> str:
    """`mean (n)`; `-` where none applies."""
    average, count = mean(values)
    return "-" if average is None else f"{average:.3f} ({count})"
