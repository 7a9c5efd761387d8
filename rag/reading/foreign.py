"""Which places a question names that have no document, and whether the texts speak of them nevertheless."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rjieba import Jieba

from corpus.places import foreign_forms, short_form
from rag.reading.folded import FoldedCorpus

_TOGETHER = {"香港": "港澳", "澳门": "港澳", "台湾": "港澳台"}  # how texts name places in one word
_NAMED = 8  # foreign places that are told apart


class ForeignPlaces:
    """The known places without documents, and how questions name them."""

    def __init__(self, folded: FoldedCorpus, covered: tuple[str, ...]) -> None:
        """`covered` are the places that have documents."""
        self._folded = folded
        self._forms = foreign_forms(covered)
        self._jieba = Jieba()

    def named(self, plain: str, places: tuple[str, ...]) -> tuple[str, ...]:
        """Named places without a document; beside a covered place only where both are asked about."""
        named: list[tuple[str, str]] = []
        for word in dict.fromkeys(self._jieba.cut(plain)):
            form = self._form(word) if len(named) < _NAMED else None
            if form is None:
                continue
            start = plain.find(word)
            if start + len(word) + 2 <= len(plain) and plain[start : start + len(word) + 2] in self._folded.all_text:
                continue
            named.append((word, self._forms[form]))
        if places:
            named = [row for row in named if _is_paired(plain, row[0], places)]
        return tuple(dict.fromkeys(place for _, place in named))

    def is_spoken_of(self, place: str) -> bool:
        """Whether any text names the place."""
        return any(form in self._folded.all_text for form in forms_of(place))

    def _form(self, word: str) -> str | None:
        """The place without documents that the word is, or begins with: 苏州工业园区."""
        if word in self._forms:
            return word
        starts = (word[:length] for length in range(len(word) - 1, 1, -1))
        found = next((start for start in starts if start in self._forms), None)
        return found if found and word not in self._folded.all_text else None


def forms_of(place: str) -> tuple[str, ...]:
    """How texts write a place: 台湾, 港澳台."""
    name = short_form(place)
    return tuple(filter(None, (name, _TOGETHER.get(name))))


def _is_paired(plain: str, word: str, places: Iterable[str]) -> bool:
    joint = "(?:区|市)?(?:和|与|跟|同|、|以及|还有|比|,)(?:上海市?)?"
    own = "|".join(re.escape(short_form(place)) for place in places)
    word = re.escape(word)
    return bool(
        re.search(
            rf"(?:{own}){joint}{word}|{word}{joint}(?:{own})|{word}[区市县]?(?:那边|那儿)?(?:呢|又|有没有|有吗)",
            plain,
        )
    )
