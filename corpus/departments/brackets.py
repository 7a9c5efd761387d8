"""Brackets that say who is responsible: which ones do, and whom they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.departments.kinds import Where, has_level
from corpus.departments.listed import listed
from corpus.departments.names import is_row_of_bodies, names_in
from corpus.departments.pairs import Pair, folded_round, last_pair, pairs_in
from corpus.departments.roles import (
    first_leads,
    is_labelled,
    labelled,
    says_the_same,
    verb_at_end,
    without_remark,
)
from corpus.types import Department, Role

_END_AFTER = "。;"
_FOLDED_END = "。;!?"
_PARTNERS = "会同"
_GAP = 12  # white space between a sentence and its bracket
_SHORT_NAME = 24  # of a body in a bracket whose verb says the role


@dataclass(frozen=True)
class Part:
    """A stretch of a bracket with its role: `text[start:end]` is a row of names."""

    role: Role
    start: int
    end: int


def bracket_span(text: str) -> tuple[int, int] | None:
    """Where a department bracket at the end of `text` stands, as offsets in it."""
    folded = folded_round(text)
    pair = last_pair(folded)
    if pair is None or not _states_roles(folded, pair, is_alone_enough=True):
        return None
    return pair.start, pair.end


def role_brackets(text: str) -> list[Pair]:
    """Every bracket that says who is responsible, the outer one of two: a label says so anywhere, a verb at an end."""
    folded = folded_round(text)
    rows: list[Pair] = []
    for pair in pairs_in(folded):
        is_inside = bool(rows) and pair.end <= rows[-1].end  # whose bodies the outer one has
        if not is_inside and _states_roles(folded, pair):
            rows.append(pair)
    return rows


def bodies_of(text: str, pair: Pair, where: Where) -> tuple[Department, ...]:
    """The bodies that the bracket names; those of 同上 stand elsewhere."""
    inside = folded_round(text[pair.start + 1 : pair.end - 1])
    offset = pair.start + 1
    if says_the_same(inside):
        return ()
    found = [
        body
        for part in parts_of(inside)
        for body in listed(text, offset + part.start, offset + part.end, part.role, "bracket", where)
    ]
    return tuple(led_by_the_first(found)) if first_leads(inside) else tuple(found)


def led_by_the_first(bodies: list[Department]) -> Iterator[Department]:
    """The bodies, of which the first leads where none is said to."""
    has_lead = any(body.role == "lead" for body in bodies)
    for index, body in enumerate(bodies):
        yield replace(body, role="lead") if index == 0 and not has_lead else body


def is_same_as_above(text: str, pair: Pair) -> bool:
    """（同上）: the bodies of the clause before."""
    return says_the_same(folded_round(text[pair.start + 1 : pair.end - 1]))


def parts_of(inside: str) -> list[Part]:
    """The roles of folded words, each by its label, or by the verb after the names, or none: then 责任."""
    words = without_remark(inside)
    labels = list(labelled(words))
    if not labels:
        return _by_verbs(words, 0, None)
    return [part for row in labels for part in _by_verbs(words[row.start : row.end], row.start, row.role)]


def _by_verbs(words: str, offset: int, role: Role | None) -> list[Part]:
    """市科委牵头，市商务委、市财政局配合: names without a verb go with the verb after them, the rest with `role`."""
    rows: list[Part] = []
    start = position = 0
    for piece in _between_stops(words):
        if found := verb_at_end(piece):
            own, length = found
            rows.extend(_partners(words, Part(own, start, position + length)))
            start = position + len(piece) + 1
        position += len(piece) + 1
    rest = words[start:]
    if rest.strip() and (role or not rows):
        rows.append(Part(role or "responsible", start, len(words)))
    return [replace(row, start=offset + row.start, end=offset + row.end) for row in rows]


def _between_stops(words: str) -> list[str]:
    """Between commas and semicolons that no bracket encloses; a line break is none."""
    rows, depth, start = [], 0, 0
    for index, character in enumerate(words):
        depth += (character == "(") - (character == ")")
        if character in ",;" and depth <= 0:
            rows.append(words[start:index])
            start = index + 1
    return [*rows, words[start:]]


def _partners(words: str, part: Part) -> list[Part]:
    """由A牵头; A会同B负责: B only cooperates."""
    at = words.find(_PARTNERS, part.start, part.end)
    if at < 0:
        return [part]
    first = replace(part, end=at)
    return [row for row in (first, Part("cooperating", at + len(_PARTNERS), part.end)) if row.end > row.start]


def _states_roles(folded: str, pair: Pair, is_alone_enough: bool = False) -> bool:
    inside = folded[pair.start + 1 : pair.end - 1]
    if is_labelled(inside):
        return True
    before, after = folded[max(0, pair.start - _GAP) : pair.start].rstrip()[-1:], folded[pair.end : pair.end + 1]
    is_behind_sentence = before in _FOLDED_END if before else is_alone_enough
    if not (is_behind_sentence or not after.strip() or after in _END_AFTER):
        return False
    if says_the_same(inside):
        return True
    words = without_remark(inside)
    parts = _by_verbs(words, 0, None)
    if not parts or not all(_names_only(words, part) for part in parts):
        return False
    has_verb = len(parts) > 1 or parts[0].end < len(words.rstrip())
    return has_verb or first_leads(inside) or (is_behind_sentence and _is_plain_row(words))


def _names_only(words: str, part: Part) -> bool:
    row = words[part.start : part.end]
    return is_row_of_bodies(row) and all(name.end - name.start <= _SHORT_NAME for name in names_in(row, 0, len(row)))


def _is_plain_row(words: str) -> bool:
    """（省财政厅、省税务局、各市政府） after a sentence: nothing but bodies, the first of them of a level."""
    names = names_in(words, 0, len(words))
    return len(names) > 1 and has_level(words[names[0].start : names[0].end])
