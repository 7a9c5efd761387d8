"""Short names that a text defines: 市绿化和市容管理局（以下简称市绿化部门）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from corpus.departments.kinds import is_body
from corpus.departments.pairs import folded_round
from corpus.script import simplify
from corpus.types import Department

_DEFINED = re.compile(
    r"\((?:以?下(?:统一)?(?:简称|统称|称)|简称)(?:为)?:?[“\"「『《]?(?P<short>[^()“”\"「」『』《》,;。]{2,24})[”\"」』》]?[)(,;。]"
)
_BEFORE = re.compile(
    r"[,。;:、\s“”《》\"!?]|(?<!自)由|设立的?|组建的?|成立的?|会同|授权的?|委托的?|是指?|经(?![济信贸开营])|向|对(?!外)|报(?!社)|按照|依照|作为|明确|确定|协同|负责|"
    r"(?<=[委局厅部院署府会心关构])[和与及]"
)
_LONGEST = 48


def defined_names(text: str) -> dict[str, str]:
    """Short name -> whole name, both simplified, where both are names of bodies and one is defined for one."""
    folded = folded_round(text)
    rows: dict[str, str] = {}
    twice = set[str]()
    for found in _DEFINED.finditer(folded):
        begin = max(0, found.start() - _LONGEST)
        start = begin + _name_start(folded[begin : found.start()])
        short, whole = folded[slice(*found.span("short"))].strip(), folded[start : found.start()]
        if not is_body(short) or not is_body(whole) or short == whole:
            continue
        key, value = simplify(text[slice(*found.span("short"))].strip()), simplify(text[start : found.start()].strip())
        twice |= {key} if rows.get(key, value) != value else set()
        rows[key] = value
    return {short: whole for short, whole in rows.items() if short not in twice}


def _name_start(before: str) -> int:
    """Where the name begins that ends `before`; a bracket inside it belongs to it."""
    plain = re.sub(r"\([^()]*\)", lambda found: "〇" * len(found[0]), before)
    return max((found.end() for found in _BEFORE.finditer(plain)), default=0)


def resolved(departments: Iterable[Department], names: Mapping[str, str]) -> tuple[Department, ...]:
    """The departments, those with a defined short name knowing their whole one."""
    return tuple(replace(row, full=names[row.name]) if row.name in names else row for row in departments)
