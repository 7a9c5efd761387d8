"""A model writes, the clauses decide: each sentence is checked as it is finished, repaired once, or dropped."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.script import fold, simplify
from rag.grounding.check import SentenceCheck
from rag.grounding.types import Problem, Source
from rag.llm.prompts import DECLINE, DROP, answer_messages, repair_messages
from rag.llm.sentences import Said, SentenceReader, cited_numbers
from rag.llm.types import LanguageModel, Limits, Message, ModelError, TokenStream
from rag.phrases import topic_of
from rag.routes.guard import is_order
from rag.types import Turn, Validity

LOG = logging.getLogger("policyqa.model")
_REPAIRED = 4  # sentences that a model is asked to mend


@dataclass(frozen=True)
class Step:
    """Something that happened while writing.

    `words`: more of the sentence under way (`text`). `kept`: the sentence stands, resting on `numbers` of the offered
    clauses. `dropped`: it doesn't, for `problems`.
    """

    kind: Literal["words", "kept", "dropped"]
    text: str
    numbers: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Outcome:
    """How the writing ended."""

    kept: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    declined: bool = False
    dropped: int = 0
    unknown_marks: int = 0
    failure: ModelError | None = None


class Writer:
    """Asks one model. Safe to share between threads; `write` holds the state of one answer."""

    def __init__(self, model: LanguageModel, check: SentenceCheck, limits: Limits) -> None:
        self.model = model
        self._check = check
        self.limits = limits

    def write(
        self,
        question: str,
        history: Sequence[Turn],
        sources: Sequence[Source],
        validities: Sequence[Validity],
        streams: list[TokenStream],
    ) -> Generator[Step, None, Outcome]:
        """The steps, then the outcome. Each request is put into `streams`, so that it can be ended from outside."""
        asked = answer_messages(question, history, sources, validities)
        outcome = Outcome()
        faulty: list[tuple[Said, tuple[Problem, ...]]] = []
        written = ""
        for said in self._sentences(asked, streams, outcome, sources, question):
            if isinstance(said, str):
                yield Step("words", said)
                continue
            written += said.text
            if DECLINE in said.text and not said.numbers:
                outcome.declined = True
                yield Step("dropped", said.text)
                continue
            step = self._judged(said, sources, question, outcome)
            if step.kind == "dropped":
                faulty.append((said, step.problems))
            yield step
        faulty = [(said, problems) for said, problems in faulty if said.numbers]  # the rest is no try at an answer
        if faulty and outcome.failure is None and not outcome.declined:
            yield from self._repaired(asked, written, faulty[:_REPAIRED], sources, question, streams, outcome)
        LOG.info(
            "%s: %d sentences kept, %d dropped, %d unknown marks",
            self.model.name, len(outcome.kept), outcome.dropped, outcome.unknown_marks,
        )  # fmt: skip
        return outcome

    def _sentences(
        self,
        messages: Sequence[Message],
        streams: list[TokenStream],
        outcome: Outcome,
        sources: Sequence[Source],
        question: str,
    ) -> Generator[Said | str, None, None]:
        """Sentences as they are finished, and before each those words of it that the offered clauses have."""
        reader = SentenceReader()
        stream = self.model.stream(messages, self.limits)
        streams.append(stream)
        shown = 0
        try:
            for piece in stream:
                for said in reader.feed(piece):
                    yield said
                    shown = 0
                more = reader.shown[shown:]
                if more and self._check.may_be_shown(reader.shown, sources, question):
                    shown += len(more)
                    yield more
            yield from reader.rest()
        except ModelError as failure:
            outcome.failure = failure
            yield from reader.finished()
        finally:
            stream.close()

    def _judged(self, said: Said, sources: Sequence[Source], question: str, outcome: Outcome) -> Step:
        known, unknown = cited_numbers(said.numbers, len(sources))
        outcome.unknown_marks += len(unknown)
        known = known or self._check.carriers(said.text, sources, question)
        cited = [sources[n - 1] for n in known]
        problems = self._check.problems(said.text, cited, question)
        if is_order(said.text):
            problems = (*problems, Problem("order", said.text[:20]))
        if problems:
            outcome.dropped += 1
            return Step("dropped", said.text, known, problems)
        if any(said.text == text for text, _ in outcome.kept) or _is_heading(said.text, cited):
            return Step("dropped", said.text, known)
        outcome.kept.append((said.text, known))
        return Step("kept", said.text, known)

    def _repaired(
        self,
        asked: Sequence[Message],
        written: str,
        faulty: Sequence[tuple[Said, tuple[Problem, ...]]],
        sources: Sequence[Source],
        question: str,
        streams: list[TokenStream],
        outcome: Outcome,
    ) -> Generator[Step, None, None]:
        """One more request for the faulty sentences; what is still faulty is gone."""
        request = repair_messages(asked, written, [(said.text, problems) for said, problems in faulty])
        for said in self._sentences(request, streams, outcome, sources, question):
            if isinstance(said, str) or DROP in said.text or DECLINE in said.text:
                continue
            step = self._judged(said, sources, question, outcome)
            if step.kind == "kept" and all(step.text != text for text, _ in outcome.kept[:-1]):
                yield Step("words", step.text)
                yield step


def _is_heading(text: str, cited: Sequence[Source]) -> bool:
    """Whether a sentence is nothing but a clause's heading."""
    plain = fold(simplify(text)).strip("。：: ")
    return any(plain in (fold(simplify(s.clause.heading)).strip("。 "), fold(topic_of(s.clause))) for s in cited)
