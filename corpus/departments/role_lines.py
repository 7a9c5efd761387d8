"""Responsibilities outside brackets: a line 责任单位：…, 【责任单位】…, or such words at a paragraph's end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.departments.brackets import Part, parts_of, role_brackets
from corpus.departments.kinds import Where, has_level
from corpus.departments.listed import listed
from corpus.departments.names import is_mostly_bodies, names_in
from corpus.departments.pairs import CLOSE, OPEN, folded_round
from corpus.departments.roles import begins_with_label, is_label_of_hosts, is_label_of_units, role_of_label
from corpus.headings import label_at
from corpus.types import Department

_LINE = re.compile(r"[^\r\n\u2028\u2029\u0085]+")
_BEFORE = re.compile(r"[\s\u3000*#>·•●■◆▪\-—–]*")
_IN_BRACKETS = re.compile(r"\((?P<label>[^()]{2,12})\)\s*:?")
_BOLD = re.compile(r"\*\*|__")
_LONGEST = 600  # characters of such a line
_REACH = 64


def role_lines(text: str, where: Where) -> Iterator[tuple[int, int, tuple[Department, ...]]]:
    """Start, end and bodies of each stretch that a label opens and the paragraph's end closes."""
    for line in _LINE.finditer(text):
        for start in _starts(text, line.start(), line.end()):
            if bodies := _bodies(text, start, line.end(), where):
                yield start, line.end(), bodies
                break


def is_role_line(line: str) -> bool:
    """Whether the line is nothing but a label of a role and names."""
    if len(line) > _LONGEST:
        return False
    start = _after_marks(line, 0)
    words = line[start:].strip().rstrip("。；;")
    if any(pair.end - pair.start == len(words) for pair in role_brackets(words)):
        return True
    return bool(_bodies(line, start, len(line), Where(None)))


def _starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where such words can begin: at the line's own beginning, or after its last sentence."""
    yield _after_marks(text, start)
    tail = max(start, end - _LONGEST)
    stop = max((text.rfind(sign, tail, end - 1) for sign in "。；;"), default=-1)
    while stop > tail:
        yield _after_marks(text, stop + 1)
        earlier = max(text.rfind(sign, tail, stop) for sign in "。；;")
        if earlier < 0:
            return
        stop = earlier


def _after_marks(text: str, start: int) -> int:
    """Behind bullets and the line's own number: 3.责任单位：."""
    found = _BEFORE.match(text, start, start + _REACH)
    start = found.end() if found else start
    label = label_at(text[start : start + _REACH])
    return start + label.end if label else start


def _bodies(text: str, start: int, end: int, where: Where) -> tuple[Department, ...]:
    if end - start > _LONGEST:
        return ()
    folded = _BOLD.sub("  ", folded_round(text[start:end]))
    first = len(folded) - len(folded.lstrip())
    words = folded.rstrip("。;. \t\u3000")
    if "。" in words or not _is_balanced(words):
        return ()
    bracket = _IN_BRACKETS.match(words, first)
    role = role_of_label(bracket["label"]) if bracket else None
    if bracket and role:
        if not is_mostly_bodies(words[bracket.end() :]):
            return ()
        return tuple(listed(text, start + bracket.end(), start + len(words), role, "bracket", where))
    if not begins_with_label(words, first) or is_label_of_hosts(words, first):
        return ()
    parts = parts_of(words)
    if not all(is_mostly_bodies(words[part.start : part.end]) for part in parts):
        return ()
    if not is_label_of_units(words, first) and not _all_of_a_level(words, parts):
        return ()
    return tuple(
        body
        for part in parts
        for body in listed(text, start + part.start, start + part.end, part.role, "bracket", where)
    )


def _all_of_a_level(words: str, parts: Sequence[Part]) -> bool:
    """Whether each name says whose it is: 市科委, not 平台."""
    return all(
        has_level(words[name.start : name.end]) for part in parts for name in names_in(words, part.start, part.end)
    )


def _is_balanced(folded: str) -> bool:
    """Whether the words lie in no bracket that opened before them."""
    depth = 0
    for character in folded:
        depth += (character == OPEN) - (character == CLOSE)
        if depth < 0:
            return False
    return True
