"""What is to be looked up: a question as slots. Operations see these, and never the question's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.bodies import BodyMention
from rag.amounts import Amount
from rag.reading.addresses import PrintedPath, Steps
from rag.reading.claims import NO_CLAIMS, Claims
from rag.reading.kinds import AskedRole, FactName, Op, Tally, Value, Want
from rag.scope import Scope

PLAUSIBLE = 0.1  # probability of an operation from which on it is tried


@dataclass(frozen=True)
class Request:
    """One look-up.

    `scope` says where (places, documents, annexes), `bodies` who is named, `topic` what it is about, folded and without
    any of those names; `text` is what is searched. `wants` and `facts` are what the answer must give, likeliest first.
    """

    op: Op
    probability: float
    scope: Scope
    bodies: tuple[BodyMention, ...]
    topic: str
    topics: tuple[str, ...]  # the words of `topic`
    text: str
    subjects: tuple[
        str, ...
    ] = ()  # those of `topics` that tell clauses of these texts apart, without what is told beside
    strangers: tuple[str, ...] = ()  # names of bodies that no text prints
    wants: tuple[Want, ...] = ()
    value: Value = "none"
    role: AskedRole = "any"
    tally: Tally = "none"
    facts: tuple[FactName, ...] = ()
    addresses: tuple[Steps, ...] = ()  # each outermost first (第十二条, 第二款); several where they stand side by side
    path: PrintedPath | None = None
    measure: str = ""  # what comes after 几: 级, 种
    units: tuple[str, ...] = ()  # what is counted, as texts number it: 几章, 多少条
    ordinal: int | None = None  # which of several items; -1 for the last
    years: tuple[int, ...] = ()  # that the question names
    stated: tuple[Amount, ...] = ()  # of the case that is asked about: 八十岁, 一家三口
    claims: Claims = NO_CLAIMS  # what the question takes for granted
    asks_where: bool = False  # where in the texts it is written
    asks_who: bool = True  # surely, so that nothing but bodies answers
    is_sent: bool = False  # asked whom to go, write or hand something to
    level: str = ""  # 市 or 区, where the body of one level is asked for
    count: int | None = None  # how many items or bodies the question speaks of: 哪三条


@dataclass(frozen=True)
class Plan:
    """The look-ups to try, likeliest first; the first whose table has an answer gives it."""

    requests: tuple[Request, ...]

    @property
    def probabilities(self) -> Mapping[str, float]:
        return {request.op: request.probability for request in self.requests}
