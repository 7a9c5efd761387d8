"""What a paragraph or a run has from its style: hidden or not, and a place in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from corpus.readers.word.names import Element, number, switch, value, w

_Found = TypeVar("_Found")
_MOST_BASES = 32


class Styles:
    """The part of a document that holds its styles; None for a document without."""

    def __init__(self, part: Element | None) -> None:
        rows = part.findall(w("style")) if part is not None else []
        self._rows = {row.get(w("styleId")): row for row in rows}
        self._default = next(
            (row.get(w("styleId")) for row in rows if row.get(w("type")) == "paragraph" and _is_default(row)), None
        )
        defaults = part.find(w("docDefaults")) if part is not None else None
        run = defaults.find(w("rPrDefault")) if defaults is not None else None
        self._hides_all = bool(switch(run.find(w("rPr")) if run is not None else None, "vanish"))
        self.hides = cache(self._hides)
        self.list_of = cache(self._list_of)

    def hidden(self, run: Element | None, paragraph_style: str | None) -> bool:
        """Whether words with these properties are hidden. `run` is a w:rPr."""
        own = switch(run, "vanish")
        if own is None and (name := value(run, "rStyle")):
            own = self.hides(name)
        if own is None:
            own = self.hides(paragraph_style or self._default)
        return self._hides_all if own is None else own

    def _hides(self, name: str | None) -> bool | None:
        return self._first(name, lambda row: switch(row.find(w("rPr")), "vanish"))

    def _list_of(self, name: str | None) -> tuple[str, int | None, str] | None:
        """Number, level and the style that says so."""
        return self._first(name or self._default, _list_in)

    def _first(self, name: str | None, look: Callable[[Element], _Found | None]) -> _Found | None:
        return next((found for row in self._chain(name) if (found := look(row)) is not None), None)

    def _chain(self, name: str | None) -> Iterator[Element]:
        """The style and those that it is based on, which may go round."""
        for _ in range(_MOST_BASES):
            if name not in self._rows:
                return
            yield self._rows[name]
            name = value(self._rows[name], "basedOn")


def _is_default(row: Element) -> bool:
    return row.get(w("default")) in ("1", "true", "on")


def _list_in(row: Element) -> tuple[str, int | None, str] | None:
    properties = row.find(w("pPr"))
    list_id = value(properties, "numPr", "numId")
    return (list_id, number(properties, "numPr", "ilvl"), row.get(w("styleId"))) if list_id else None
