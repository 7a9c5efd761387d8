"""What the texts, and the entry points to them, have of a word: where, how often, and whether it names a subject."""

from __future__ import annotations

import math

from corpus.script import fold
from corpus.types import Corpus, Node
from index.words import Words

_COMMON = 0.25  # share of the clauses from which on a word tells none of them apart
_REMEMBERED = 20_000  # words and texts of which counts and sounds are kept
_HEARD = 20_000  # characters of a text whose sounds are found: no clause that an office printed is as long
_FEW = 3  # clauses of a small corpus that a word may stand in all the same


class Vocabulary:
    """The corpus's words, over its clauses with their headings and entry points."""

    def __init__(self, corpus: Corpus, words: Words) -> None:
        self._words = words
        asked: dict[str, list[str]] = {}
        for entry in corpus.entry_points:
            asked.setdefault(entry.clause_id, []).append(entry.text)
        self._haystacks = {
            clause.clause_id: fold("\n".join([clause.label, clause.text, *asked.get(clause.clause_id, ())]))
            for clause in corpus.clauses
        }
        self._headings = fold("\n".join(clause.label for clause in corpus.clauses))
        self._counts: dict[str, int] = {}
        self._sounds: dict[str, str] = {}

    def haystack(self, clause: Node) -> str:
        """The clause's label, words and entry points, folded."""
        return self._haystacks[clause.clause_id]

    def weight(self, word: str) -> float:
        """Inverse document frequency; a word that nothing has weighs most."""
        return math.log((len(self._haystacks) + 1) / (self._count(word) + 0.5))

    @property
    def heaviest(self) -> float:
        """What a word weighs that nothing has."""
        return math.log((len(self._haystacks) + 1) / 0.5)

    def knows(self, word: str) -> bool:
        """Whether any clause, or an entry point to one, has the word."""
        return self._count(word) > 0

    def is_subject(self, word: str) -> bool:
        """Whether the word tells what a clause is about: some have it, most don't, and it names a thing."""
        rare = not word.isdigit() and 0 < self._count(word) <= max(_FEW, _COMMON * len(self._haystacks))
        return rare and (self.names_thing(word) or word in self._headings)

    def names_thing(self, word: str) -> bool:
        """Whether the word, or a part of it, is a noun."""
        return any(self._words.is_noun(part) for part in self._words.words(word))

    def sound_of(self, text: str) -> str:
        """The text's toneless syllables, each between bars: a slip of the pen sounds the same.

        Those of its first characters, where a text is longer than any clause.
        """
        text = text[:_HEARD]
        if text not in self._sounds:
            if len(self._sounds) >= _REMEMBERED:
                self._sounds.clear()
            self._sounds[text] = "|" + "|".join(self._words.syllables(text)) + "|"
        return self._sounds[text]

    def _count(self, word: str) -> int:
        if word not in self._counts:
            if len(self._counts) >= _REMEMBERED:
                self._counts.clear()
            self._counts[word] = sum(word in text for text in self._haystacks.values())
        return self._counts[word]
