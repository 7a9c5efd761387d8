"""Which of several editions of one text a question names: 老办法, 2018年那版, 现行的, 已废止的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from corpus.editions import Family
from corpus.types import Document
from rag.titles import years_of

Age = Literal["old", "new"]
# What says of a text how old it is, and the small words that may stand between that and the text's name.
_AGES: tuple[tuple[Age, str], ...] = (
    ("old", "旧|老|原来?|以前|之前|早先|过去|当年|废[止除]|失效|[上前]一"),
    ("new", "新|现行|现在|如今|目前|修订后?|有效"),
)
_BETWEEN = "[的那这个部版份本篇条一]*"
_ENDS_WITH = tuple((age, re.compile(f"(?:{words}){_BETWEEN}$")) for age, words in _AGES)
_YEAR_BEFORE = re.compile(rf"(?<!\d)(?:20)?(\d\d)年?(?:度|发布|出台|印发|公布)?{_BETWEEN}$")
_AFTER = re.compile(r"\s*\((?:(?P<year>20\d\d)|[^()]{0,4}废止)")
_BARE = re.compile("(?P<age>旧|老|新|现行|上一)[的那这个部份本篇条一]*(?P<kind>版本?|令|[一-鿿]{2})")
_OF_ANY_KIND = frozenset(["版", "版本", "令", "规定", "政策", "文件"])
_NEAR = 12  # characters before a name that may say which edition


def chosen(documents: Sequence[Document], before: str, after: str) -> tuple[Document, ...]:
    """Of the editions of one text those that the words around its name choose; all of them where none does."""
    near = before[-_NEAR:]
    year = _YEAR_BEFORE.search(near)
    behind = _AFTER.match(after)
    if year or (behind and behind["year"]):
        named = int(year[1] if year else behind["year"]) % 100  # type: ignore[index]
        return tuple(d for d in documents if named in {y % 100 for y in years_of(d)}) or tuple(documents)
    age = next((age for age, words in _ENDS_WITH if words.search(near)), "old" if behind else None)
    return of_age(documents, age) if age else tuple(documents)


def of_age(documents: Sequence[Document], age: Age) -> tuple[Document, ...]:
    """The latest of the editions, or those before it; they stand latest first."""
    return tuple(documents[:1] if age == "new" else documents[1:]) or tuple(documents)


def bare_names(folded: str, kinds: Mapping[str, Sequence[Family]]) -> Iterator[tuple[int, int, tuple[Document, ...]]]:
    """老办法, 新令, 旧版: where they stand, and the editions meant; `kinds` has the families of each kind of text."""
    everything = tuple({family[0].id: family for families in kinds.values() for family in families}.values())
    for found in _BARE.finditer(folded):
        kind = found["kind"]
        families = everything if kind in _OF_ANY_KIND else kinds.get(kind, ())
        if len(families) == 1:
            yield found.start(), found.end(), of_age(families[0], "new" if found["age"] in ("新", "现行") else "old")
