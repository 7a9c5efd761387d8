"""A model writes, the clauses decide: a sentence is handed on only once it has passed; what fails is repaired once."""

from __future__ import annotations

import logging
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold
from rag.grounding.check import SentenceCheck, aligned_span
from rag.grounding.types import Problem, Source
from rag.llm.calls import Calls
from rag.llm.prompts import DROP, repair_messages
from rag.llm.sentences import Said, SentenceReader, cited_numbers
from rag.llm.types import LanguageModel, Message, ModelError
from rag.named_by_model import Named, named_in
from rag.outcome import Outcome
from rag.routes.guard import is_order

LOG = logging.getLogger("policyqa.model")
_REPAIRED = 4  # sentences that a model is asked to mend
_SENTENCES = 12  # of an answer
Verdict = Literal["answered", "partial", "absent", "clarify", "not_in_corpus", "out_of_scope", "again"]
_TAGS: dict[str, Verdict] = {
    "答": "answered",
    "部分": "partial",
    "没有": "absent",
    "反问": "clarify",
    "未收录": "not_in_corpus",
    "无关": "out_of_scope",
    "再查": "again",
}
_TAG = re.compile(r"\s*[【\[]\s*([一-鿿]{1,3})\s*[】\]]\s*")
_TAG_LENGTH = 12  # characters in which a tag has come, or none comes
_LIST = re.compile(r"[〔\[【（(]\s*清单\s*(\d)\s*[〕\]】）)]")
_BODIES = re.compile(r"〔\s*部门[^〔〕]*〕?")
_COUNT = re.compile(rf"(?<![\d.])([0-9]{{1,3}}|{NUMERAL})\s*(?=[个项条家份种类处件款章节])")
_CHINESE = re.compile("[一-鿿]")
_HARMLESS = frozenset({"negation", "obligation", "citation"})  # in a sentence that only says what isn't there


@dataclass(frozen=True)
class Kept:
    """A sentence that stands, resting on `numbers` of the outcome's rows; on none where it says what isn't there."""

    text: str
    numbers: tuple[int, ...]
    marked: str = ""  # the text with its marks where they stand, as the rows are numbered


@dataclass
class Written:
    """How the writing ended. `lost` is the first sentence where that was not to be kept, with the rows it cited."""

    verdict: Verdict = "answered"
    kept: list[Kept] = field(default_factory=list)
    named: tuple[Named, ...] = ()  # bodies that it says a row names
    lists: tuple[int, ...] = ()  # look-ups, from 1, whose whole list belongs to the answer
    lost: Kept | None = None
    dropped: int = 0
    repaired: int = 0
    text: str = ""
    failure: ModelError | None = None


@dataclass
class _Slot:
    said: Said
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...]


class Writer:
    """Asks one model. Safe to share between threads; `write` holds the state of one answer."""

    def __init__(self, model: LanguageModel, check: SentenceCheck) -> None:
        self.model = model
        self._check = check

    def write(
        self, asked: Sequence[Message], question: str, outcome: Outcome, calls: Calls
    ) -> Generator[Kept, None, Written]:
        """The sentences that stand, in order, each as soon as it and all before it are sure; then how it ended."""
        written = Written()
        pieces = self._pieces(asked, calls, written)
        begun = _tagged(pieces, written)
        if written.verdict in ("again", "not_in_corpus", "out_of_scope"):
            written.text = begun + "".join(pieces)
            return written
        waiting: list[_Slot] = []
        for said in _sentences(begun, pieces, written):
            slot = self._judged(said, outcome, question, written)
            if slot.problems or waiting:
                waiting.append(slot)
            elif not _is_known(slot, written):
                yield from _keep(slot, written)
        written.named = named_in(written.text)
        written.lists = tuple(dict.fromkeys(int(n) for n in _LIST.findall(written.text)))
        faulty = [slot for slot in waiting if slot.problems and (slot.said.numbers or not written.kept)]
        if faulty and written.failure is None and calls.left > 0:
            self._repair(asked, faulty[:_REPAIRED], outcome, question, written, calls)
        yield from _settled(waiting, written)
        LOG.info(
            "%s: %s, %d sentences kept, %d dropped, %d repaired",
            self.model.name, written.verdict, len(written.kept), written.dropped, written.repaired,
        )  # fmt: skip
        return written

    def _pieces(self, asked: Sequence[Message], calls: Calls, written: Written) -> Iterator[str]:
        try:
            yield from calls.pieces(self.model, asked)
        except ModelError as failure:
            written.failure = failure

    def _judged(self, said: Said, outcome: Outcome, question: str, written: Written) -> _Slot:
        sources = outcome.sources
        known, _ = cited_numbers(said.numbers, len(sources))
        text = _uncounted(said.text, outcome.totals)
        if is_order(said.text) or "{" in said.text or not _CHINESE.search(said.text):
            return _Slot(said, known, (Problem("order", said.text[:20]),))
        if not said.numbers and written.verdict in ("absent", "partial", "clarify"):
            found = self._check.by_rules(text, sources, question) if sources else ()
            return _Slot(said, (), tuple(problem for problem in found if problem.kind not in _HARMLESS))
        known = known or self._check.carriers(text, sources, question)
        cited = [sources[n - 1] for n in known]
        if any(map(is_order, (row for source in cited for row in _carrying(text, source)))):
            return _Slot(said, known, (Problem("order", said.text[:20]),))
        return _Slot(said, known, self._check.problems(text, cited, question))

    def _repair(
        self,
        asked: Sequence[Message],
        faulty: Sequence[_Slot],
        outcome: Outcome,
        question: str,
        written: Written,
        calls: Calls,
    ) -> None:
        """One more request for the faulty sentences; each line of the reply takes its sentence's place if it passes."""
        rows = [(_marked(slot), slot.problems) for slot in faulty]
        try:
            reply = calls.text(self.model, repair_messages(asked, written.text, rows), len(written.text) * 2 + 400)
        except ModelError as failure:
            LOG.info("%s: no repair: %s", self.model.name, failure)
            return
        ignored = Written(verdict=written.verdict)
        lines = list(_sentences("", iter([_TAG.sub("", reply, count=1)]), ignored))
        for slot, said in zip(faulty, lines, strict=False):
            if DROP in said.text:
                continue
            again = self._judged(said, outcome, question, written)
            if not again.problems:
                slot.said, slot.numbers, slot.problems = again.said, again.numbers, ()
                written.repaired += 1


def _carrying(text: str, source: Source) -> tuple[str, ...]:
    """The clause's sentences that the sentence rests on; a title in angle brackets is no order."""
    first, last = aligned_span(text, source)
    return tuple(row.replace("<", "《").replace(">", "》") for row in source.sentences[first : last + 1])


def _settled(waiting: Iterable[_Slot], written: Written) -> Iterator[Kept]:
    """What stands of the sentences held back. Without the first sentence, which answers, none of the others stands."""
    for slot in waiting:
        if slot.problems:
            written.dropped += bool(slot.said.numbers)  # what cites nothing is no part of an answer
            if not written.kept and written.lost is None:
                written.lost = Kept(slot.said.text, slot.numbers)
        elif written.lost is None and not _is_known(slot, written):
            yield from _keep(slot, written)


def _keep(slot: _Slot, written: Written) -> Iterator[Kept]:
    """A sentence of an answer is handed on; what belongs to a refusal or a question back waits for the whole."""
    written.kept.append(Kept(slot.said.text, slot.numbers, slot.said.marked))
    if written.verdict in ("answered", "partial"):
        yield written.kept[-1]


def _tagged(pieces: Iterator[str], written: Written) -> str:
    """Reads up to the end of the tag, if one is there; returns what was read beyond it."""
    begun = ""
    for piece in pieces:
        begun += piece
        if _TAG.match(begun) or len(begun.lstrip()) > _TAG_LENGTH:
            break
    found = _TAG.match(begun)
    if found is None or found[1] not in _TAGS:
        return begun
    written.verdict = _TAGS[found[1]]
    return begun[found.end() :]


def _sentences(begun: str, pieces: Iterator[str], written: Written) -> Iterator[Said]:
    reader = SentenceReader()
    count = 0
    for piece in _after(begun, pieces):
        written.text += piece
        for said in reader.feed(piece):
            if plain := _plain(said):
                yield plain
                count += 1
        if count >= _SENTENCES:
            return
    rest = reader.rest() if written.failure is None else reader.finished()
    yield from (plain for said in rest if (plain := _plain(said)))


def _after(begun: str, pieces: Iterator[str]) -> Iterator[str]:
    if begun:
        yield begun
    yield from pieces


def _plain(said: Said) -> Said | None:
    """Without the signs for lists and bodies; None where nothing else was said."""
    text = _unsigned(said.text)
    return Said(text, said.numbers, _unsigned(said.marked)) if text.strip("。；;，, ") else None


def _unsigned(text: str) -> str:
    return _BODIES.sub("", _LIST.sub("", text)).strip()


def _is_known(slot: _Slot, written: Written) -> bool:
    return any(slot.said.text == kept.text for kept in written.kept)


def _marked(slot: _Slot) -> str:
    return slot.said.text + "".join(f"[{n}]" for n in slot.said.numbers)


def _uncounted(text: str, totals: frozenset[int]) -> str:
    """Without the counts that the look-ups themselves have made: no clause prints them."""
    folded = fold(text)

    def gone(found: re.Match[str]) -> str:
        return "" if number_of(found[1]) in totals else found[0]

    return _COUNT.sub(gone, folded) if len(folded) == len(text) else text
