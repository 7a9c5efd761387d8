"""Fields: what Word works out itself. Their instructions are never shown, of some the result neither."""

from __future__ import annotations

from dataclasses import dataclass

_CONTENTS = frozenset(["TOC", "INDEX"])  # made of the headings, which the text has as well
_DEEPEST = 16  # fields in one another that run on
_LONGEST = 200  # characters of an instruction that tell its kind
_PAGES = frozenset(["PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"])


def is_page(instruction: str) -> bool:
    return _first(instruction) in _PAGES


def is_contents(instruction: str) -> bool:
    return _first(instruction) in _CONTENTS


def _first(instruction: str) -> str:
    return next(iter(instruction.split()), "").upper()


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def is_shown(self) -> bool:
        return self.in_result and not is_page(self.instruction) and not is_contents(self.instruction)


class Fields:
    """The fields that are open where the reader stands. `may_span`: each that begins has an end."""

    def __init__(self, may_span: bool) -> None:
        self._may_span = may_span
        self._open: list[_Field] = []
        self._unshown = 0  # of those that are open

    def mark(self, kind: str) -> str | None:
        """A field's begin, separate or end; gives the instruction whose result begins here."""
        if kind == "begin":
            self._open.append(_Field())
            self._unshown += 1
        elif kind == "separate" and self._open and not self._open[-1].in_result:
            self._open[-1].in_result = True
            self._unshown -= self._open[-1].is_shown
            return self._open[-1].instruction
        elif kind == "end" and self._open:
            self._unshown -= not self._open.pop().is_shown
        return None

    def instruct(self, words: str) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction = (self._open[-1].instruction + words)[:_LONGEST]

    @property
    def is_shown(self) -> bool:
        """Whether words that stand here are printed."""
        return self._unshown == 0

    def end_paragraph(self) -> None:
        """Only contents run on over paragraphs; what else is open lost its end."""
        self._open = [one for one in self._open if self._may_span and is_contents(one.instruction)][:_DEEPEST]
        self._unshown = sum(not one.is_shown for one in self._open)
