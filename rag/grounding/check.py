"""One sentence against the clauses it cites: each fact with what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.bodies import BodyTable
from corpus.script import fold, simplify
from corpus.types import Node
from index.words import Words
from rag.grounding.dates import wrong_days
from rag.grounding.denial import Claims, claims_of
from rag.grounding.doers import Doers
from rag.grounding.figures import wrong_numbers
from rag.grounding.markup import foreign_markup
from rag.grounding.modality import wrong_strength
from rag.grounding.negation import negated_otherwise
from rag.grounding.news import Meaning, Wording
from rag.grounding.offices import OFFICE, Offices
from rag.grounding.opposites import counted_from, moved, opposed
from rag.grounding.pairs import pairs, share_of
from rag.grounding.places import foreign_places
from rag.grounding.quantities import quantities_in
from rag.grounding.rows import Row, carrying, rows_of
from rag.grounding.scope import widened
from rag.grounding.titles import DOCUMENT_NUMBER, TITLE, wrong_titles
from rag.grounding.types import Kind, Problem, Source
from rag.grounding.verdict import LIMIT, doubt, weights
from rag.phrases import topic_of

__all__ = ["OFFICE", "SentenceCheck", "aligned_span"]
_CARRIED = 0.5  # share of a sentence's pairs that one sentence of a clause must have to carry it alone
_ALIGNED = 0.24  # share from which on a sentence of the clause belongs to what carries
_ADDRESS = re.compile(r"附件\d+|专项\d+|(?<!\d)\d{1,2}[.、](?!\d)|第[\d零〇一二三四五六七八九十百]+[条款项章节]")
_MARKS = re.compile(r"[\s,，。;；:：、“”\"]")
_LATIN = re.compile("[a-z]{3,}")
_COVERED = 0.45  # weight of news among the words of a sentence from which on the clause doesn't carry it
_FEW_WORDS = 3
_TOGETHER = 3  # clauses that the model reads beside a sentence
_CERTAIN: frozenset[Kind] = frozenset(
    {"citation", "markup", "title", "document_number", "number"}
)  # no model says otherwise
Carries = Callable[[str, str, Sequence[Node]], float | None]  # question, sentence, clauses: a logit


class SentenceCheck:
    """Finds what a sentence says beyond its clauses. Safe to share between threads."""

    def __init__(
        self, bodies: BodyTable, words: Words, meaning: Meaning | None = None, carries: Carries | None = None
    ) -> None:
        """`carries` is a model that reads a sentence beside its clauses; without one the rules decide alone."""
        self._carries = carries
        self._offices = Offices(bodies)
        self._wording = Wording(words, meaning)
        self._doers = Doers(words, self._wording)

    def problems(
        self, sentence: str, sources: Sequence[Source], question: str = "", totals: Sequence[float] = ()
    ) -> tuple[Problem, ...]:
        """What the cited clauses don't carry; empty for a sentence that may stand. No source is a problem itself.

        `totals` are numbers that the rows behind the answer have been counted or added up to.
        """
        if not sources:
            return (Problem("citation", sentence[:20]),)
        found = self.by_rules(sentence, sources, question, totals)
        is_quoted = _is_quoted(fold(simplify(sentence)), sources)
        return found if is_quoted else self._weighed(sentence, sources, question, found)

    def by_rules(
        self, sentence: str, sources: Sequence[Source], question: str = "", totals: Sequence[float] = ()
    ) -> tuple[Problem, ...]:
        """As `problems`, without the model: for a sentence that says what the clauses don't have."""
        said, asked = fold(simplify(sentence)), fold(simplify(question))
        return tuple(dict.fromkeys(self._found(said, sources, asked, totals)))

    def _weighed(
        self, sentence: str, sources: Sequence[Source], question: str, found: tuple[Problem, ...]
    ) -> tuple[Problem, ...]:
        """What the rules found, where the model doesn't tell otherwise."""
        kinds = {problem.kind for problem in found}
        if self._carries is None or len(sources) > _TOGETHER or kinds & _CERTAIN:
            return found
        asked = question.rsplit("\n", 1)[-1]
        logit = self._carries(asked, sentence, [source.clause for source in sources])
        if logit is None:
            return found
        if doubt(logit, kinds, weights()) < LIMIT:
            return ()
        return found or (Problem("coverage", sentence[:20]),)

    def _found(self, said: str, sources: Sequence[Source], question: str, totals: Sequence[float]) -> Iterator[Problem]:
        here = " ".join(source.text + " " + source.about for source in sources)
        if _is_quoted(said, sources):
            yield from (Problem("markup", words) for words in foreign_markup(said, here))
            return
        claims = claims_of(said, question)
        text = _without_names(claims.text, here)
        rows = rows_of(text, sources)
        near = carrying(rows)
        yield from (Problem("markup", words) for words in foreign_markup(said, here))
        yield from wrong_titles(said, sources)
        yield from wrong_days(claims.text, DOCUMENT_NUMBER.sub(_blank, claims.text), question, rows, sources)
        yield from wrong_numbers(claims.text, text, question, rows, here, totals)
        named = tuple(dict.fromkeys(self._offices.named(claims.text, sources)))
        roles, owners = self._offices.roles(sources), self._offices.owners(sources)
        yield from self._doers.wrong(claims.text, named, rows, here, roles, owners, question)
        yield from (Problem("place", place) for place in foreign_places(text, here))
        plain = _without_headings(text, sources)
        yield from wrong_strength(plain, near)
        yield from (Problem("negation", words) for words in negated_otherwise(text, near, claims.lead))
        carried = "\n".join(row.text for row in near)
        yield from (Problem("opposite", word) for word in opposed(plain, carried, here))
        yield from (Problem("date", word) for word in (*moved(plain, carried), *counted_from(plain, carried)))
        yield from (Problem("scope", word) for word in widened(plain, here))
        yield from self._news(text, here, question)
        yield from _denied_rightly(claims, rows)

    def _news(self, text: str, here: str, question: str) -> Iterator[Problem]:
        foreign = [word for word in _LATIN.findall(text) if word not in here]
        if len(foreign) >= _FEW_WORDS:
            yield Problem("coverage", " ".join(foreign[:4]))
        content = self._wording.content(text)
        news = self._wording.news(text, here, question)
        weight = sum(row.weight for row in news)
        if (
            content
            and weight / max(len(content), _FEW_WORDS) > _COVERED
            and any(self._wording.is_thing(row.word) for row in news)
        ):
            yield Problem("coverage", "、".join(row.word for row in news[:4]))
            return
        for row in news:
            if row.weight == 1 and self._wording.is_thing(row.word):
                yield Problem("scope", row.word)

    def carriers(self, sentence: str, sources: Sequence[Source], question: str = "") -> tuple[int, ...]:
        """The one clause, counted from 1, that carries a sentence without a citation; nothing when none or several do."""
        wanted = pairs(fold(simplify(sentence)))
        rows = [
            n
            for n, source in enumerate(sources, start=1)
            if max((share_of(wanted, pairs(row)) for row in source.sentences), default=0.0) >= _CARRIED
            and not self.problems(sentence, [source], question)
        ]
        return tuple(rows) if len(rows) == 1 else ()


def aligned_span(sentence: str, source: Source) -> tuple[int, int]:
    """Which sentences of the clause carry the sentence: first and last index, both inclusive."""
    wanted = pairs(fold(simplify(sentence)))
    shares = [share_of(wanted, pairs(row)) for row in source.sentences]
    best = max(range(len(shares)), key=shares.__getitem__, default=0)
    chosen = [i for i, share in enumerate(shares) if share >= max(_ALIGNED, shares[best] / 2)] or [best]
    return chosen[0], chosen[-1]


def _without_names(said: str, here: str) -> str:
    """Titles, document numbers and addresses of the clause put out of the way: their figures count nothing."""
    plain = TITLE.sub(_blank, DOCUMENT_NUMBER.sub(_blank, said))
    return _ADDRESS.sub(lambda m: _blank(m) if m[0] in here else m[0], plain)


def _is_quoted(said: str, sources: Sequence[Source]) -> bool:
    """Whether it is a whole sentence of a clause, word for word."""
    plain = _MARKS.sub("", said)
    return bool(plain) and any(plain == _MARKS.sub("", row) for source in sources for row in source.sentences)


def _blank(found: re.Match[str]) -> str:
    return "，" * len(found[0])


def _without_headings(said: str, sources: Sequence[Source]) -> str:
    """支持远程办公模式由…负责: a heading's own words trade no strength."""
    for source in sources:
        heading = fold(simplify(topic_of(source.clause)))
        said = said.replace(heading, "，" * len(heading)) if len(heading) > 1 else said
    return said


def _denied_rightly(claims: Claims, rows: Sequence[Row]) -> Iterator[Problem]:
    """A number that is denied may not be the clause's own, unless another of its kind is put in its place."""
    own = [quantity for row in rows for quantity in quantities_in(row.text)]
    instead = quantities_in(claims.text)
    for claim in claims.denied:
        for denied in quantities_in(claim):
            replaced = any(q.is_alike(denied) and (not q.is_same(denied) or q.bound != denied.bound) for q in instead)
            if not replaced and any(denied.is_same(other) and other.unit for other in own):
                yield Problem("negation", denied.words)
