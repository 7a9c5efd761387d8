"""Which places a question names: those that have documents, or one that lies within them."""

from __future__ import annotations

import re
from itertools import islice

from corpus.lower_places import lower_places
from corpus.places import jurisdictions_of, short_form
from rag.reading.folded import FoldedCorpus
from rag.reading.relied_on import is_relied_on

_CITY_WORDS = r"市里|全市|本市|市级|市政府(?!办)|市一级|市的"
_ANY_DISTRICT = re.compile("哪个区|哪些区|各区|哪几个区")
_CITY_BESIDE = (
    r"市里|市一级|市级(?=[(与和跟、对比方]|层面|的)|市的"  # what means the city where a district is named too
)
_MENTIONS = 40  # of a city's name that are looked at


class PlaceNames:
    """The places of the corpus, what lies within what, and how questions name them."""

    def __init__(self, folded: FoldedCorpus) -> None:
        self._folded = folded
        self.covered = jurisdictions_of(folded.corpus)  # places with documents of their own
        self._below = lower_places(folded.corpus.documents)
        self._upper = frozenset(self._below.values()) & {*self.covered}
        self._tops = frozenset(place for place in self.covered if place not in self._below)

    def depth(self, place: str | None) -> int:
        """How many places the place lies within, the country among them; 0 for what holds everywhere."""
        seen: list[str] = []
        while place and place not in seen:
            seen.append(place)
            place = self._below.get(place)
        return len(seen)

    def above(self, places: tuple[str, ...]) -> set[str | None]:
        """The places right above these, and None for one that lies within no other."""
        return {self._below.get(place) for place in places} - {*places}

    @property
    def words(self) -> tuple[str, ...]:
        """Every way to write a place of the corpus, longest first."""
        forms = {form for place in self.covered for form in (place, short_form(place))}
        return tuple(sorted(forms | {"市里", "全市", "本市", "市级", "区里", "我区", "本区"}, key=len, reverse=True))

    def named(self, plain: str) -> tuple[str, ...]:
        """Places in the order named."""
        lower = [
            (plain.find(short_form(place)), place)
            for place in self.covered
            if place not in self._upper and short_form(place) in plain
        ]
        upper = [
            (found, place)
            for place in self.covered
            if place in self._upper
            for found in self._city_mentions(plain, place, bool(lower))
        ][:1]
        named = [place for _, place in sorted([*lower, *upper, *self.within(plain)])]
        return tuple(dict.fromkeys(named))

    def within(self, plain: str) -> list[tuple[int, str]]:
        """Named places that have no document, each as the place of the corpus that it lies within."""
        rows = (
            (plain.find(short_form(place)), upper) for place, upper in self._below.items() if place not in self.covered
        )
        return [(start, upper) for start, upper in rows if start >= 0 and upper in self.covered]

    def _city_mentions(self, plain: str, city: str, beside_districts: bool) -> list[int]:
        """Where the city itself is meant: not as the first half of a district's or an institution's name."""
        words = _CITY_BESIDE if beside_districts else _CITY_WORDS
        stretches = re.finditer(words, plain) if self._tops == {city} else ()
        rows = [f.start() for f in stretches if not _is_basis(plain, f.start(), beside_districts)]
        name = short_form(city)
        for found in islice(re.finditer(re.escape(name), plain), _MENTIONS):
            after = plain[found.end() :].removeprefix(city[len(name) :])
            if any(after.startswith(short_form(place)) for place in self.covered if place != city):
                continue
            if beside_districts and not re.match(r"市|的|方案|和|与|跟|、|,|[12]\d", plain[found.end() :]):
                continue
            is_whole = plain.startswith(city, found.start())
            if not is_whole and self._names_institution(plain, found.start(), found.end()):
                continue
            if _is_basis(plain, found.start(), beside_districts):
                continue
            if not _ANY_DISTRICT.search(plain):
                rows.append(found.start())
        return sorted(rows)

    def _names_institution(self, plain: str, start: int, end: int) -> bool:
        """上海微校, 上海标准: the texts quote the name with the place in it."""
        following = plain[end : end + 4]
        if len(following) < 2 or any(following[:3] in title for title in self._folded.titles.values()):
            return False
        quoted = f"“{plain[start : end + 2]}" in self._folded.all_text
        return quoted or (len(following) == 4 and plain[start : end + 4] in self._folded.all_text)


def _is_basis(plain: str, start: int, beside_districts: bool) -> bool:
    """虹口落实市里方案的意见: the city is named as what the district's document carries out."""
    return beside_districts and is_relied_on(plain[:start])
