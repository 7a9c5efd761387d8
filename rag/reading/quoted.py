"""Which documents and annexes a question names by 《title》."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from rag.reading.annexes import AnnexNames
from rag.reading.folded import FoldedCorpus
from rag.titles import is_same_title

_QUOTED = re.compile("《([^》]{2,60})》")
_NAMED = 8  # titles that are told apart


class QuotedTitles:
    """The titles of the corpus's documents and annexes, to be told in quoted words."""

    def __init__(self, folded: FoldedCorpus, annexes: AnnexNames) -> None:
        self._folded, self._annexes = folded, annexes

    def named(self, quoted: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Documents, and marks of annexes, whose titles the question quotes."""
        documents, parts = [], []
        for words in quoted:
            for document in self._folded.corpus.documents:
                if is_same_title(words, self._folded.titles[document.id]):
                    documents.append(document.id)
                for mark, title in self._annexes.titles[document.id]:
                    if is_same_title(words, title):
                        documents.append(document.id)
                        parts.append(mark)
        return tuple(dict.fromkeys(documents)), tuple(dict.fromkeys(parts))


def titles_quoted(folded: str) -> tuple[str, ...]:
    """The words between 《 and 》, each once, up to a bound."""
    return tuple(dict.fromkeys(_QUOTED.findall(folded)))[:_NAMED]


def quotations(folded: str) -> Iterator[re.Match[str]]:
    """Where they stand: group 1 has the words; up to a bound."""
    return islice(_QUOTED.finditer(folded), _NAMED)


def without_titles(folded: str) -> str:
    """The question with nothing between 《 and 》."""
    return _QUOTED.sub("《》", folded)
