"""Bodies that a model names and the reader has not read: each counts where the clause prints it as the doer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.departments.kinds import jurisdiction_of, kind_of, may_be_body
from corpus.script import fold, simplify
from corpus.types import Department, Document, Node, Role
from rag.messages import ROLES

SIGN = re.compile(r"〔\s*部门\s*[:：](?P<rows>[^〔〕]{1,300})〕")
_ROW = re.compile(
    r"(?P<name>[^、；;,，\[\]（）()]{2,30})\s*(?:[（(](?P<role>[一-鿿]{2,4})[）)])?\s*\[(?P<number>\d{1,3})\]"
)
_ROLES: dict[str, Role] = {word: role for role, word in ROLES.items()}  # type: ignore[misc]
_BEFORE = re.compile(r"(?:^|[,;。:()\s、和及与或由])$")  # what stands before one that does something
_BEHIND = re.compile("的|门|负责人|工作人员")  # what shows that it is only spoken of


@dataclass(frozen=True)
class Named:
    """A body in a model's words, and the row that is to name it."""

    name: str
    role: Role
    number: int


def named_in(text: str) -> tuple[Named, ...]:
    """〔部门：区科委（牵头）[2]、区商务委[2]〕 -> the bodies."""
    rows = (row for found in SIGN.finditer(text) for row in _ROW.finditer(found["rows"]))
    return tuple(
        Named(row["name"].strip(), _ROLES.get(row["role"] or "", "responsible"), int(row["number"])) for row in rows
    )


def departments_by_model(
    named: Sequence[Named], number: int, clause: Node, document: Document, said: str
) -> Iterator[Department]:
    """Those of the row that a sentence says, and that its clause prints as somebody who does something."""
    known = {fold(form) for d in clause.departments for form in (d.name, d.printed)}
    for one in named:
        name = fold(simplify(one.name))
        if one.number != number or name in known or name not in fold(said) or not may_be_body(name):
            continue
        if printed := _printed(name, clause):
            words, metadata = simplify(printed), document.metadata
            place = jurisdiction_of(words, metadata.jurisdiction, metadata.parent_jurisdiction)
            yield Department(words, printed, one.role, kind_of(words), "model", jurisdiction=place)


def _printed(name: str, clause: Node) -> str | None:
    """The name as the clause prints it, where it stands as a doer."""
    text = fold(clause.text)
    if len(text) != len(clause.text):
        return None
    for found in re.finditer(re.escape(name), text):
        if _BEFORE.search(text[: found.start()]) and not _BEHIND.match(text, found.end()):
            return clause.text[found.start() : found.end()]
    return None
