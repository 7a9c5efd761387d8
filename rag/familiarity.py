"""The texts' vocabulary, and which of a question's terms the texts asked about have."""

from __future__ import annotations

from corpus.script import fold
from corpus.types import Corpus
from index.words import Words
from rag.question import Query
from rag.scope import Scope
from rag.vocabulary import Vocabulary
from rag.wording import EMPTY

_TERM_WORDS = 3  # words of the longest term looked for
_TERM_LENGTH = 3  # characters from which on a term names a topic


class Familiarity(Vocabulary):
    """The vocabulary, and what of a question's words the texts asked about have and the others."""

    def __init__(self, corpus: Corpus, words: Words) -> None:
        super().__init__(corpus, words)
        self._documents = [(d.id, d.metadata.jurisdiction, fold(d.text)) for d in corpus.documents]
        self._halves: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, str]] = {}

    def away(self, query: Query) -> int:
        """The length of the longest term that other places or documents treat and those asked about don't; or 0."""
        inside, outside = self._split(query.scope)
        words = self._words.words(query.bare)
        longest = 0
        for start in range(len(words)):
            for stop in range(start + 1, min(start + _TERM_WORDS, len(words)) + 1):
                term = "".join(words[start:stop])
                edges = words[start], words[stop - 1]
                if len(term) < _TERM_LENGTH or any(len(EMPTY.sub("", edge)) < len(edge) for edge in edges):
                    continue
                if term in outside and term not in inside:
                    longest = max(longest, len(term))
        return longest

    def _split(self, scope: Scope) -> tuple[str, str]:
        """The texts of the named places and documents, and the rest; nothing is outside when nothing is named."""
        key = (scope.places, scope.documents)
        if key not in self._halves:
            inside: list[str] = []
            outside: list[str] = []
            for document_id, jurisdiction, text in self._documents:
                named = not scope.places or jurisdiction in scope.places
                named = named and (not scope.documents or document_id in scope.documents)
                (inside if named else outside).append(text)
            self._halves[key] = ("\n".join(inside), "\n".join(outside))
        return self._halves[key]
