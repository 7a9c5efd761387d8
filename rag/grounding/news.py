"""Words of a sentence that its clauses have not: everyday ones are rewording, others are news."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.embedder import Vectors
from index.words import Words
from rag.grounding.pairs import comes_closely
from rag.wording import EMPTY

Meaning = Callable[[Sequence[str]], Vectors | None]  # unit vectors of words, None where there is no model
_REMEMBERED = 20_000  # words whose meaning is kept
_SAME, _NEAR = 0.915, 0.89  # likeness to a word of the clause from which on one stands for it, or may
_SCRAP = re.compile(
    "^[内前后中由要时证向按经须会那这所都把被让给对在从比与和及或其该此]|[能行要会了着过的里中上下时些个向]$|^[0-9]|"
    "向[一-鿿]|^需|^(?:乡镇|区县|市县|县区|街道)$|落款|文号|印发|范围|原文|文件|条文|条款|情况|意思|时候|东西|事情|办法|部分|方面|问题|内容|路子|前提|目的|人家|大家|地方|单位|对方|起码|换人|所服"
)
_GAP = 4  # characters that an abbreviation leaves out in one place
_LONGEST_SHORT = 4  # characters of an abbreviation
_SAYING = ("n", "v", "a", "b", "j", "l", "i", "z", "s", "k")  # parts of speech of words that say something
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True)
class News:
    """A word that no clause has; `weight` from 0 (says the same as one that it has) to 1."""

    word: str
    weight: float
    is_asked: bool
    nearness: float
    nearest: str = ""


class Wording:
    """Tells rewording from news. Safe to share between threads."""

    def __init__(self, words: Words, meaning: Meaning | None = None) -> None:
        self._words = words
        self._meaning = meaning
        self._vectors: dict[str, Vectors] = {}

    def content(self, text: str) -> list[str]:
        """The words that say something, each once, in order."""
        tagged = self._words.tagged(text)
        return list(
            dict.fromkeys(
                w
                for w, tag in tagged
                if len(w) > 1 and _CHINESE.match(w) and tag.startswith(_SAYING) and EMPTY.sub("", w)
            )
        )

    def news(self, text: str, here: str, question: str) -> list[News]:
        """The content words of `text` that `here`, all that is known of the clauses, has not."""
        missing = [word for word in self.content(text) if word not in here and not _is_short_for(word, here)]
        known = self.content(here)
        return [
            News(word, _weight(nearness), word in question, nearness, nearest)
            for word, (nearness, nearest) in zip(missing, self._nearness(missing, known), strict=True)
        ]

    def is_thing(self, word: str) -> bool:
        """Whether a word names something of the matter, and is no scrap of a sentence nor a word about texts."""
        return not _SCRAP.search(word) and self._words.is_noun(word)

    def nearness(self, one: str, other: str) -> float:
        """The cosine of two words; by their characters where there is no model."""
        return next(self._nearness([one], [other]))[0]

    def _nearness(self, missing: Sequence[str], known: Sequence[str]) -> Iterator[tuple[float, str]]:
        if not missing or not known:
            return iter((0.0, "") for _ in missing)
        one, other = self._of(missing), self._of(known)
        if one is None or other is None:
            return iter(_by_characters(word, known) for word in missing)
        cosines = one @ other.T
        best = cosines.argmax(axis=1)
        return iter((float(cosines[i, b]), known[b]) for i, b in enumerate(best))

    def _of(self, words: Sequence[str]) -> Vectors | None:
        if self._meaning is None:
            return None
        new = [word for word in dict.fromkeys(words) if word not in self._vectors]
        if new:
            vectors = self._meaning(new)
            if vectors is None:
                return None
            if len(self._vectors) > _REMEMBERED:
                self._vectors = {}
            rows = dict(self._vectors)
            rows.update(zip(new, vectors, strict=True))
            self._vectors = rows
            return np.stack([rows[word] for word in words])
        known = self._vectors
        return np.stack([known[word] for word in words])


def _is_short_for(word: str, here: str) -> bool:
    """Whether the characters come in order and close together: 高院 of 高级人民法院, 省级 of 省、自治区."""
    plain = word.removesuffix("级")
    if len(plain) > _LONGEST_SHORT or not _CHINESE.match(plain):
        return False
    return comes_closely(plain, here, _GAP)


def _weight(nearness: float) -> float:
    return 0.0 if nearness >= _SAME else 0.5 if nearness >= _NEAR else 1.0


def _by_characters(word: str, known: Sequence[str]) -> tuple[float, str]:
    """Without a model: a shared character of two is a near word."""
    best = max(known, key=lambda other: len(set(word) & set(other)))
    shared = len(set(word) & set(best)) / max(len(set(word)), 1)
    return (0.92 if shared >= 0.5 else 0.85 * shared), best
