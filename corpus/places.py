"""Places: those that have documents, and those that a question may name in vain."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from corpus.types import Corpus

PLACES_FILE = Path(__file__).parent / "names" / "places.txt"
PROVINCES_FILE = Path(__file__).parent / "names" / "provinces.txt"
_SUFFIXES = ("新区", "市", "区", "县", "省", "州")


def short_form(place: str) -> str:
    """虹口区 -> 虹口; a name of two characters keeps its suffix."""
    for suffix in _SUFFIXES:
        if place.endswith(suffix) and len(place) - len(suffix) >= 2:
            return place[: -len(suffix)]
    return place


def jurisdictions_of(corpus: Corpus) -> tuple[str, ...]:
    """The places that documents govern, in the order of the documents."""
    return tuple(dict.fromkeys(d.metadata.jurisdiction for d in corpus.documents if d.metadata.jurisdiction))


@lru_cache(maxsize=4)
def known_places(path: Path = PLACES_FILE) -> dict[str, str]:
    """Every form of a known place -> its full name."""
    forms: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words = line.split()
            forms.update((word, words[-1]) for word in words)
    return forms


@lru_cache(maxsize=4)
def provinces(path: Path = PROVINCES_FILE) -> dict[str, str]:
    """City or prefecture -> the province that it lies in."""
    rows = (line.split(":") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {city: province.strip() for province, cities in rows for city in cities.split()}


def foreign_forms(jurisdictions: Iterable[str]) -> dict[str, str]:
    """Forms of the known places that have no document."""
    own = {form for place in jurisdictions for form in (place, short_form(place))}
    return {form: place for form, place in known_places().items() if form not in own and place not in own}
