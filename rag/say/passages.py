"""How well each sentence of a clause found fits what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.headings import label_at
from corpus.script import fold
from corpus.sentences import Sentence
from index.types import RetrievedClause
from rag.amounts import fit
from rag.request import Request
from rag.say.values import has_value

_RARE_BONUS = 8.0  # deviations for a sentence that alone holds what the question names
_VALUE_BONUS = 2.5  # for the kind of value that is asked for
_RANGE_BONUS = 6.0  # for a range that holds what the question states


@dataclass(frozen=True)
class Passage:
    """A sentence with its fit, in deviations; `folded` are its words with the run-in title it stands under."""

    sentence: Sentence
    folded: str
    score: float
    nearness: float  # what search alone gave it

    @property
    def offset(self) -> int:
        """Characters of the run-in title before the sentence's own words."""
        return len(self.folded) - len(self.sentence.text)

    def in_clause(self, start: int, end: int) -> tuple[int, int]:
        """Where `folded[start:end]` stands in the clause's text."""
        begins = self.sentence.start - self.offset
        return begins + start, begins + end


def passages_of(found: RetrievedClause, request: Request, terms: Sequence[str]) -> tuple[Passage, ...]:
    """The clause's sentences in reading order, its heading and brackets left out; `terms` are the question's."""
    rows = [row for row in found.sentences if not _is_heading(row.sentence, found)] or list(found.sentences)
    texts = [fold(row.sentence.subhead + row.sentence.text) for row in rows]
    shares = _rarity(texts, terms)
    return tuple(
        Passage(
            row.sentence,
            text,
            row.score
            + _RARE_BONUS * share
            + _RANGE_BONUS * max(fit(request.stated, text), 0.0)
            + _VALUE_BONUS * has_value(request, text),
            row.score,
        )
        for row, text, share in zip(rows, texts, shares, strict=True)
    )


def _is_heading(sentence: Sentence, found: RetrievedClause) -> bool:
    """Whether it only names the clause; the first sentence of an article without a heading says something."""
    label = label_at(found.clause.heading)
    rest = found.clause.heading[label.end :] if label else found.clause.heading
    return sentence.is_heading and bool(rest.strip(" .。、．"))


def _rarity(texts: Sequence[str], terms: Sequence[str]) -> list[float]:
    """For each text the share it has of the terms, each term worth less the more texts hold it."""
    held = {term: sum(term in text for text in texts) for term in set(terms)}
    worth = {term: 1 / count for term, count in held.items() if count}
    total = sum(worth.values())
    return [sum(w for term, w in worth.items() if term in text) / total if total else 0.0 for text in texts]
