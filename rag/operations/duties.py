"""What the texts give a body to do, clause by clause, with the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.bodies import Body, BodyMention, BodyTable, Task, is_of_level, level_of
from corpus.departments import bracket_span
from corpus.script import fold
from corpus.sentences import Sentence, sentences_of
from corpus.types import Node, Role
from rag.phrases import listed

_FRONT = ("标题", "落款", "附件清单")
_ALONE, _BESIDE, _ADDRESSED = 0, 1, 2  # the body does it, first named or alone; does it beside others; is written to
_WHOSE = "(?:[各该本]|所在|所属|辖[区内]的?|[一-鿿]{2,6}[省市区县]|[一-鿿]{2,6}[省市区县]人民政府)?"
_DOES = re.compile(rf"(?:^|[,;。:()\s]|条|(?<!自)由|报|经|[并且]){_WHOSE}$")
_AMONG = re.compile(rf"(?:[、和及与或]|以及|会同|协同|联合){_WHOSE}$")
_ONLY_PEOPLE = re.compile("(?:[、和及与或][^,。;:]{0,90}?)?(?:的|有关|主要|分管|相关)*(?:负责人|工作人员|人员|领导)")
_OF_BODY = re.compile("的|门")
_CONTINUED = ";；"
_LONGEST = 260  # characters of what one sentence goes on to say
_SHORTEST = 3  # characters of a name that is looked for in the texts
_OF_EACH = re.compile("^各(?=.{3})")


@dataclass(frozen=True)
class Duty:
    """A clause that gives a body a task: `spans` are the sentences that say so, in order, empty for the whole clause.

    `is_printed` where a bracket or a table names the body; `rank` is lower the more it is the body's own doing.
    """

    clause: Node
    spans: tuple[tuple[int, int], ...]
    role: Role
    is_printed: bool
    rank: int

    @property
    def is_own(self) -> bool:
        """Whether the body does it, and isn't only written to."""
        return self.rank < _ADDRESSED


class Duties:
    """Reads the clauses for one body that a question names."""

    def __init__(self, mention: BodyMention, bodies: BodyTable, clauses: Iterable[Node], places: Sequence[str]) -> None:
        self._clauses = tuple(clauses)
        self._bodies = tuple(body for body in mention.bodies if not places or body.jurisdiction in places)
        own = {clause.clause_id for clause in self._clauses}
        self._level = level_of(mention.words)
        self._tasks: dict[str, Task] = {}
        for body in self._bodies:
            for task in bodies.tasks(body):
                fits = self._is_of_level(task.department.full or task.department.name)
                if fits and task.clause.clause_id in own and task.department in listed(task.clause):
                    self._tasks.setdefault(task.clause.clause_id, task)
        names = _names(mention, self._bodies, bodies, self._tasks.values())
        self._names = tuple(name for name in names if self._is_of_level(name)) or names
        self._longer = tuple(
            name
            for body in bodies.bodies
            for name in (fold(body.name),)
            if name not in self._names
            and any(own in name and not name.rstrip(")").endswith(own) for own in self._names)
        )
        self._subjects = frozenset(fold(d.printed) for clause in self._clauses for d in clause.departments)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Those of the mention that the clauses give a task."""
        return tuple(body for body in self._bodies if self._of(body))

    def rows(self) -> tuple[Duty, ...]:
        """In reading order. Where brackets or tables say who does what, nothing is read out of sentences."""
        return tuple(self._rows())

    def _is_of_level(self, name: str) -> bool:
        """市民政局 asked for means no 区民政局, and no 民政部门 of which the text doesn't say whose it is."""
        return is_of_level(name, self._level)

    def _of(self, body: Body) -> bool:
        return any(
            (t.department.name, t.department.jurisdiction) == (body.name, body.jurisdiction)
            for t in self._tasks.values()
        )

    def _rows(self) -> Iterator[Duty]:
        by_print = {t.clause.document_id for t in self._tasks.values() if t.department.source in ("bracket", "table")}
        for clause in self._clauses:
            task = self._tasks.get(clause.clause_id)
            if task and task.department.source != "text":
                span = bracket_span(clause.text)
                yield Duty(clause, (span,) if span else (), task.department.role, True, _ALONE)
            elif task or (clause.document_id not in by_print and not clause.path.endswith(_FRONT)):
                yield from self._in_words(clause, task)

    def _in_words(self, clause: Node, task: Task | None) -> Iterator[Duty]:
        sentences = sentences_of(clause.text)
        found = [(i, rank) for i, sentence in enumerate(sentences) if (rank := self._rank(sentence)) is not None]
        if task and not found:
            found = [(i, _BESIDE) for i, s in enumerate(sentences) if fold(task.department.printed) in fold(s.text)][:1]
        if not found and not task:
            return
        best = min((rank for _, rank in found), default=_BESIDE)
        chosen = [i for i, rank in found if rank <= max(best, _BESIDE)]
        spans = tuple(_merged(self._reach(sentences, i) for i in chosen))
        rank = min(best, _BESIDE) if task else max(best, _BESIDE)
        yield Duty(clause, spans, task.department.role if task else "responsible", False, rank)

    def _rank(self, sentence: Sentence) -> int | None:
        """How the sentence has the body: as a doer, beside others, or at the other end; None where it doesn't."""
        words = fold(sentence.text)
        ranks = [self._rank_at(words, found.start(), name) for name in self._names for found in _places(name, words)]
        return min((rank for rank in ranks if rank is not None), default=None)

    def _rank_at(self, words: str, start: int, name: str) -> int | None:
        end = start + len(name)
        if _OF_BODY.match(words, end) or _ONLY_PEOPLE.match(words, end):
            return None
        if any(words.startswith(other, start - other.index(name)) for other in self._longer if name in other):
            return None
        before = words[:start]
        return _ALONE if _DOES.search(before) else _BESIDE if _AMONG.search(before) else _ADDRESSED

    def _reach(self, sentences: Sequence[Sentence], first: int) -> tuple[int, int]:
        """The sentence with what it goes on to say after semicolons, up to where another body's part begins."""
        last = first
        while (
            last + 1 < len(sentences)
            and sentences[last].text.rstrip()[-1:] in _CONTINUED
            and sentences[last + 1].end - sentences[first].start <= _LONGEST
            and not self._begins_with_body(fold(sentences[last + 1].text))
        ):
            last += 1
        return sentences[first].start, sentences[last].end

    def _begins_with_body(self, words: str) -> bool:
        return any(words.startswith(name) for name in self._subjects)


def _names(mention: BodyMention, own: Sequence[Body], bodies: BodyTable, tasks: Iterable[Task]) -> tuple[str, ...]:
    """What to look for in the texts, longest first."""
    names = [mention.words, *(task.department.printed for task in tasks)]
    names += [name for body in own for name in bodies.names_of(body)]
    plain = (_OF_EACH.sub("", fold(name)) for name in names)
    return tuple(sorted({name for name in plain if len(name) >= _SHORTEST}, key=len, reverse=True))


def _places(name: str, words: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(name), words)


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch made one."""
    open_span: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if open_span and start <= open_span[1] + 1:
            open_span = open_span[0], max(open_span[1], end)
        else:
            if open_span:
                yield open_span
            open_span = start, end
    if open_span:
        yield open_span
