"""One statement of a document about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.types import Node
from rag.reading.kinds import FactName
from rag.types import Evidence

# How it is printed: a row of the page's table, where a page was taken from, when it was put there, a title, a number on
# a line of its own, a sign-off, who signed, who adopted or published it, a sentence, a list.
Form = Literal[
    "row", "source", "posted", "title", "line", "sign_off", "signed", "person", "act", "sentence", "repealed", "list"
]


@dataclass(frozen=True)
class Statement:
    """`says` is what the clause prints in `start`..`end`, to follow the document's title.

    `marks` are printed words that tell it from others of its kind (施行, 批准, 来源); `bodies` the offices that it names,
    `role` what they do; `ends` whether it says until when the document holds.
    """

    facts: tuple[FactName, ...]
    form: Form
    clause: Node
    start: int
    end: int
    says: str
    marks: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    role: str = "issuing"
    year: int | None = None
    ends: bool = False

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.clause, self.start, self.end)
