"""Chinese text -> terms: words of a segmenter that knows the corpus's departments and terms, and character bigrams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pypinyin import lazy_pinyin
from rjieba import Jieba

from corpus.script import fold
from corpus.types import Corpus

_CHINESE = re.compile("[一-鿿]")
_RUNS = re.compile("[一-鿿]+|[a-z0-9]+(?:[.+&/-][a-z0-9]+)*[+%]*")
_QUOTED = re.compile(r"[“\"]([^”\"“]{2,10})[”\"]")
_NOUNS = ("n", "vn", "an", "j", "l", "i", "b", "eng")  # jieba's part-of-speech tags
_PIECE = 500
# what finds the syllables takes longer for each character of a longer run; it cuts a text here itself
_PIECES = re.compile(r"[㐀-鿿〇]{1,500}|[^㐀-鿿〇]+")
_FREQUENCY = 20_000  # high enough that a named term isn't cut


class Words:
    """`terms(text)`: folded words and bigrams, in order, repeats kept."""

    def __init__(self, dictionary: Iterable[str] = ()) -> None:
        self._jieba = Jieba()
        for word in dictionary:
            self._jieba.add_word(fold(word), _FREQUENCY, None)

    def words(self, text: str) -> list[str]:
        """The segmenter's words, and Latin or numbered names whole and in parts (nb-iot, nb, iot), in order."""
        rows: list[str] = []
        for run in _RUNS.findall(_encodable(fold(text))):
            if _CHINESE.match(run):
                rows += self._jieba.cut(run)
            else:
                parts = re.findall("[a-z0-9]+", run)
                rows += [run, *parts] if len(parts) > 1 else parts or [run]
        return rows

    def is_noun(self, word: str) -> bool:
        """Whether the segmenter takes the word for a noun, a name, or a verb used as one."""
        return any(tag.startswith(_NOUNS) for _, tag in self._jieba.tag(_encodable(fold(word))))

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """The segmenter's words with their parts of speech, punctuation too: joined they are the folded text."""
        return list(self._jieba.tag(_encodable(fold(text))))

    def terms(self, text: str) -> list[str]:
        folded = _encodable(fold(text))
        bigrams = [run[i : i + 2] for run in re.findall("[一-鿿]{2,}", folded) for i in range(len(run) - 1)]
        return self.words(text) + [f"#{bigram}" for bigram in bigrams]

    def syllables(self, text: str) -> list[str]:
        """Toneless syllables in order; what isn't Chinese stays as it is."""
        pieces = _PIECES.findall(_encodable(fold(text)))
        return [syllable for piece in pieces for syllable in lazy_pinyin(piece)]

    def sounds(self, text: str) -> list[str]:
        """Pairs of toneless syllables, so that 再线叫育 still finds 在线教育."""
        runs = re.findall("[一-鿿]{2,}", _encodable(fold(text)))
        spoken = (lazy_pinyin(piece) for run in runs for piece in _pieces(run))
        return [f"{first}_{second}" for syllables in spoken for first, second in pairwise(syllables)]


def _pieces(run: str) -> Iterator[str]:
    """A run in bounded pieces: what finds the syllables takes longer for each character of a longer run.

    A piece begins with the last character of the one before, so that no pair is lost.
    """
    for start in range(0, len(run) - 1, _PIECE):
        yield run[start : start + _PIECE + 1]


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def dictionary_of(corpus: Corpus) -> tuple[str, ...]:
    """The departments, and the terms that the texts put in quotation marks."""
    names = {department.name for clause in corpus.clauses for department in clause.departments}
    quoted = {
        term
        for clause in corpus.clauses
        for term in _QUOTED.findall(clause.text)
        if re.fullmatch("[一-鿿]{2,8}", fold(term))
    }
    return tuple(sorted(names | {fold(term) for term in quoted}))
