"""One sentence against the clauses it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.bodies import BodyTable
from corpus.script import fold, simplify
from index.words import Words
from rag.grounding import strength
from rag.grounding.quantities import dates_in, names_with_digits, quantities_in
from rag.grounding.types import Problem, Source
from rag.phrases import topic_of
from rag.titles import is_same_title
from rag.wording import EMPTY

_ALIGNED = 0.12  # share of a sentence's character pairs from which on a sentence of the clause carries part of it
_SAME_STRETCH = 0.5  # share of a stretch's pairs from which on it is said over again
_SAID_AGAIN = 0.8  # share of a sentence's pairs from which on it repeats one sentence of the clause
_LONG = 8  # pairs of a sentence that is long enough to be told apart
_ADDRESS = re.compile(r"附件\d+|专项\d+|(?<!\d)\d{1,2}[.、]|第\d+条")
_COVERED = 0.55  # share of the content words that clause or question must have
_FEW_WORDS = 3
_TITLE = re.compile("《([^《》]{2,60})》")
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,8}[\[(](?:19|20)\d\d[\])]\s*\d+号")
OFFICE = re.compile(
    r"[市区县省](?!里|内|级|域)(?:(?![由和与及是的在对将把为])[一-鿿]){1,10}?"
    r"(?:委员会|办公室|委|(?<!布)(?<!结)局|办|厅|署|(?<![头内全总干外东西中])部|分局|中心)(?![公理法事分署])"
)
_OF_TITLE = re.compile("方案|意见|规划|计划|办法|条例|文件|印发|发布|出台")
_CHINESE = re.compile("[一-鿿]{2}")
_STRETCH = re.compile("[,，;；:：。]")


class SentenceCheck:
    """Finds what a sentence says beyond its clauses. Safe to share between threads."""

    def __init__(self, bodies: BodyTable, words: Words) -> None:
        self._bodies = bodies
        self._words = words

    def problems(self, sentence: str, sources: Sequence[Source], question: str = "") -> tuple[Problem, ...]:
        """What the cited clauses don't carry; empty for a sentence that may stand. No source is a problem itself."""
        if not sources:
            return (Problem("citation", sentence[:20]),)
        said = fold(simplify(sentence))
        rows = [row for source in sources for row in _aligned(said, source)]
        carried = "\n".join(rows)
        about = " ".join(source.about for source in sources)
        found = [
            *_dates(said, carried, about),
            *_numbers(_without_headings(said, sources), rows, about),
            *self._departments(sentence, said, sources),
            *_titles(said, sources),
            *_strength(_without_headings(said, sources), rows),
            *self._coverage(said, sources, question),
        ]
        return tuple(dict.fromkeys(found))

    def carriers(self, sentence: str, sources: Sequence[Source], question: str = "") -> tuple[int, ...]:
        """The one clause, counted from 1, that carries a sentence without a citation; nothing when none or several do."""
        said = fold(simplify(sentence))
        rows = [
            n
            for n, source in enumerate(sources, start=1)
            if max((_share(said, row) for row in source.sentences), default=0.0) >= _SAME_STRETCH
            and not self.problems(sentence, [source], question)
        ]
        return tuple(rows) if len(rows) == 1 else ()

    def may_be_shown(self, begun: str, sources: Sequence[Source], question: str = "") -> bool:
        """Whether the beginning of a sentence, before its citation is known, says nothing that no clause has."""
        said = fold(simplify(begun))
        carried, about = (" ".join(getattr(source, name) for source in sources) for name in ("text", "about"))
        unknown = [q for q in quantities_in(said) if not any(q.is_same(o) for o in quantities_in(carried + about))]
        return _CHINESE.search(said) is not None and not unknown and not self._coverage(said, sources, question)

    def _departments(self, sentence: str, said: str, sources: Sequence[Source]) -> list[Problem]:
        known = frozenset().union(*(source.names for source in sources))
        here = " ".join(source.text + " " + source.about for source in sources)
        rows = []
        for mention in self._bodies.mentions(sentence, ()):
            named = any(fold(body.name) in known for body in mention.bodies)
            if not named and fold(simplify(mention.words)) not in here:
                rows.append(Problem("department", mention.words))
        for found in OFFICE.finditer(said):
            if not any(found[0] in text for text in (here, *known)):
                rows.append(Problem("department", found[0]))
        return rows

    def _coverage(self, said: str, sources: Sequence[Source], question: str) -> list[Problem]:
        here = " ".join(source.text + " " + source.about for source in sources) + fold(simplify(question))
        content = [w for w in self._words.words(said) if len(EMPTY.sub("", w)) > 1]
        missing = [word for word in content if word not in here]
        if len(content) >= _FEW_WORDS and 1 - len(missing) / len(content) < _COVERED:
            return [Problem("coverage", "、".join(missing[:4]))]
        if content and len(content) < _FEW_WORDS and len(missing) == len(content):
            return [Problem("coverage", "、".join(missing))]
        return []


def aligned_span(sentence: str, source: Source) -> tuple[int, int]:
    """Which sentences of the clause carry the sentence: first and last index, both inclusive."""
    said = fold(simplify(sentence))
    shares = [_share(said, row) for row in source.sentences]
    best = max(range(len(shares)), key=shares.__getitem__, default=0)
    chosen = [i for i, share in enumerate(shares) if share >= max(_ALIGNED * 2, shares[best] / 2)] or [best]
    return chosen[0], chosen[-1]


def _aligned(said: str, source: Source) -> list[str]:
    shares = [(_share(said, row), row) for row in source.sentences]
    best = max((share for share, _ in shares), default=0.0)
    return [row for share, row in shares if share >= _ALIGNED or share == best]


def _pairs(text: str) -> set[str]:
    plain = re.sub("[^一-鿿a-z0-9]", "", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _share(said: str, row: str) -> float:
    """The share of the pairs of `said` that `row` has."""
    pairs = _pairs(said)
    return len(pairs & _pairs(row)) / len(pairs) if pairs else 0.0


def _dates(said: str, carried: str, about: str) -> list[Problem]:
    there = [date for date, _ in dates_in(carried)]
    named = [date for date, _ in dates_in(about)]
    rows = []
    for date, words in dates_in(said):
        at = said.find(words) + len(words)
        of_document = bool(_OF_TITLE.search(said[max(0, at - len(words) - 24) : at + 24]))
        known = there + (named if of_document else [])
        if not any(other[: len(date)] == date for other in known):
            rows.append(Problem("date", words))
    return rows


def _numbers(said: str, rows: Sequence[str], about: str) -> list[Problem]:
    """Numbers that the sentences carrying them don't have: a sentence said over again must have its own numbers."""
    plain = _TITLE.sub("，", _DOCUMENT_NUMBER.sub("，", said))
    plain = _ADDRESS.sub(lambda m: "，" if m[0] in about else m[0], plain)
    best = max(rows, key=lambda row: _share(said, row), default="")
    repeated = _share(said, best) >= _SAID_AGAIN and len(_pairs(said)) >= _LONG
    there = [quantity for row in ([best] if repeated else rows) for quantity in quantities_in(row)]
    found = [
        Problem("number", quantity.words)
        for quantity in quantities_in(plain)
        if not any(quantity.is_same(other) for other in there)
    ]
    here = "\n".join(rows) + about
    return found + [Problem("number", name) for name in names_with_digits(plain) if name not in here]


def _titles(said: str, sources: Sequence[Source]) -> list[Problem]:
    printed = [title for source in sources for title in _TITLE.findall(source.text)]
    printed += [fold(simplify(source.document.metadata.title)) for source in sources]
    printed += [part for source in sources for part in source.about.split(" > ")]
    rows = [
        Problem("title", f"《{title}》")
        for title in _TITLE.findall(said)
        if not any(is_same_title(title, other) or title in other for other in printed)
    ]
    here = " ".join(source.text + " " + source.about for source in sources).replace(" ", "")
    return rows + [
        Problem("document_number", number)
        for number in _DOCUMENT_NUMBER.findall(said)
        if number.replace(" ", "") not in here and not any(number.endswith(n) for n in _DOCUMENT_NUMBER.findall(here))
    ]


def _without_headings(said: str, sources: Sequence[Source]) -> str:
    """支持远程办公模式由…负责: a heading's own words trade no strength."""
    for source in sources:
        heading = fold(simplify(topic_of(source.clause)))
        said = said.replace(heading, "") if len(heading) > 1 else said
    return said


def _strength(said: str, rows: Sequence[str]) -> list[Problem]:
    """Strength and negation, stretch by stretch: each stretch of the sentence beside the one it repeats."""
    found: list[Problem] = []
    stretches = [(row, piece) for row in rows for piece in _STRETCH.split(row) if piece.strip()]
    for piece in _STRETCH.split(said):
        if not piece.strip():
            continue
        near = [
            (row, other)
            for row, other in stretches
            if _share(other, piece) >= _SAME_STRETCH or _share(piece, other) >= _SAME_STRETCH
        ]
        if not near:
            whole = "\n".join(rows)
            found += [Problem("obligation", word) for word in strength.traded(piece, whole)]
            found += [Problem("negation", word) for word in strength.negated_otherwise(piece, whole)]
            continue
        row, other = max(near, key=lambda pair: _share(piece, pair[1]) + _share(pair[1], piece))
        before = row[: row.find(other) + len(other)]
        found += [Problem("obligation", word) for word in strength.traded(piece, _governing(before, other))]
        if _share(other, piece) >= _SAME_STRETCH and not strength.strengths_in(said):
            found += [Problem("obligation", word) for word in strength.dropped(piece, other)]
        found += [Problem("negation", word) for word in strength.negated_otherwise(piece, other)]
    return found


def _governing(before: str, stretch: str) -> str:
    """The stretch, with the nearest earlier stretch of its sentence that has a strength where it has none itself."""
    if strength.strengths_in(stretch):
        return stretch
    for piece in reversed(_STRETCH.split(before)[:-1]):
        if strength.strengths_in(piece):
            return piece + stretch
    return stretch
