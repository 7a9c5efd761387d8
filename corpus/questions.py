"""Pages of questions and answers: 问：… 答：…, Q1 … A1 …. A question is a heading, its answer stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import NUMBERED, Label, Rank
from corpus.lines import Line
from corpus.nesting import base_level
from corpus.numerals import NUMERAL
from corpus.script import fold

_N = rf"(?:[0-9]{{1,3}}|{NUMERAL})"
_MARKS = r"[\s#>*\-]*"
_END = r"(?:[:.、 ]|[\])]:?)"
_QUESTION = re.compile(rf"{_MARKS}(?P<mark>[\[(]?(?:问题?|提问|q)\s?(?:(?P<n>{_N})\s?{_END}|:|[\])]:?))")
_ANSWER = re.compile(rf"{_MARKS}(?P<mark>[\[(]?(?:答复?|解?答|回[答复]|a)\s?(?:{_N}\s?{_END}|:|[\])]:?))")
_LETTER = re.compile(rf"{_MARKS}(?P<mark>A\s?[.．、])")  # A.: a capital, where a. is an item of a list
_REACH = 40
QUESTION, ANSWER = "问", "答"


def with_questions(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Label | None]:
    """The labels, with those of questions and answers where a text is made of them."""
    rows = list(labels)
    asked = {i: q for i, line in enumerate(lines) if (q := _QUESTION.match(fold(line.text[:_REACH])))}
    answered = {i: a for i, line in enumerate(lines) if (a := _answer(line.text[:_REACH]))}
    if not asked or (not answered and sum(bool(q["n"]) for q in asked.values()) < 2):
        return rows
    if answered and min(answered) < min(asked):
        return rows
    level = base_level(labels, min(asked), NUMBERED.level)
    number = 0
    for index in sorted({**asked, **answered}):
        is_question = index in asked
        found = asked[index] if is_question else answered[index]
        number += is_question
        rank = Rank(QUESTION, level, _QUESTION) if is_question else Rank(ANSWER, level + 1, _ANSWER)
        printed = lines[index].text[found.start("mark") : found.end("mark")]
        words = re.sub(r"^[\[【(（]|[\s:：.、．\]】)）]+$", "", printed)
        if is_question and not found["n"]:
            words += str(number)
        rows[index] = Label(rank, printed, found.end("mark"), words)
    return rows


def _answer(line: str) -> re.Match[str] | None:
    return _ANSWER.match(fold(line)) or _LETTER.match(line)
