"""A question with the slots that a plan gives, in place of the reader's; what no plan says stays as it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.bodies import BodyMention
from corpus.script import fold
from rag.question import Query
from rag.reading.addresses import addresses_of, printed_path
from rag.reading.kinds import Kinds
from rag.reading.planned import Planned
from rag.request import Request


def as_planned(read: Query, planned: Planned, request: Request, topic: Query | None) -> Query:
    """`request` is the planned look-up with its names as the corpus has them, `topic` its topic as a question is read.

    Annexes, a document only leant to, the conversation and what isn't here stay as read where the plan has none.
    """
    leant_to = () if read.scope.strict_documents else read.scope.documents
    scope = replace(
        read.scope,
        places=request.scope.places,
        documents=request.scope.documents or leant_to,
        strict_documents=request.scope.strict_documents,
        parts=request.scope.parts or read.scope.parts,
        strict_parts=request.scope.strict_parts or read.scope.strict_parts,
    )
    is_readable = bool(addresses_of(planned.address) or printed_path(planned.address))
    query = replace(
        read,
        scope=scope,
        kinds=_certain(read.kinds, planned),
        bodies=tuple(_placed(mention, read.asked) for mention in request.bodies),
        unknown_bodies=request.strangers,
        address=planned.address if is_readable or not planned.address else None,
    )
    if topic is None:
        return query
    return replace(
        query,
        text=f"{read.text} {request.text}",
        bare=f"{read.bare}，{topic.bare}",
        topics=tuple(dict.fromkeys((*request.topics, *read.topics))),
        subjects=tuple(dict.fromkeys((*request.subjects, *read.subjects))),
    )


def _certain(kinds: Kinds, planned: Planned) -> Kinds:
    return replace(
        kinds,
        ops=_surely(kinds.ops, (planned.op,)),
        wants=_surely(kinds.wants, planned.wants),
        values=_surely(kinds.values, (planned.value,)),
    )


def _surely(odds: Mapping[str, float], chosen: Sequence[str]) -> dict[str, float]:
    """These first, in their order."""
    return {**dict.fromkeys(chosen, 1.0), **{name: 0.0 for name in odds if name not in chosen}}


def _placed(mention: BodyMention, asked: str) -> BodyMention:
    """The mention where the question has its words, if it has."""
    start = fold(asked).find(fold(mention.words))
    return replace(mention, start=start, end=start + len(mention.words)) if start >= 0 else mention
