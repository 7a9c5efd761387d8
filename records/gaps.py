"""Where the texts or the answers fall short: refused and thumbed-down questions, those that ask alike put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sqlalchemy import or_, select

from corpus.script import fold
from index.embedder import Vectors
from rag.answer import PolicyQa
from records.database import Database
from records.tables import AnswerRow, Feedback, Json, Question

MOST = 2000  # questions, the latest
_ALIKE, _ALIKE_BY_WORDS = 0.92, 0.45  # likeness within a cluster, on average: of meaning, and of pairs of characters
_SHOWN = 5  # questions of a cluster


@dataclass(frozen=True)
class _Row:
    text: str
    asked_at: datetime
    outcome: str
    places: tuple[str, ...]
    bodies: tuple[str, ...]


def gap_report(database: Database, qa: PolicyQa, days: int = 30) -> list[Json]:
    """Clusters of the last `days`, the largest first: the question at its middle, counts by outcome, place and body."""
    rows = _rows(database, qa, days)
    if not rows:
        return []
    vectors = qa.question_vectors([row.text for row in rows])
    labels = _clusters(vectors, _ALIKE) if vectors is not None else _clusters(_pairs(rows), _ALIKE_BY_WORDS)
    groups: dict[int, list[int]] = {}
    for i, label in enumerate(labels):
        groups.setdefault(label, []).append(i)
    found = [_cluster([rows[i] for i in members]) for members in groups.values()]
    return sorted(found, key=lambda cluster: (-cluster["count"], cluster["question"]))


def _rows(database: Database, qa: PolicyQa, days: int) -> list[_Row]:
    query = (
        select(Question, AnswerRow, Feedback)
        .join(AnswerRow, AnswerRow.question_id == Question.id)
        .outerjoin(Feedback, Feedback.question_id == Question.id)
        .where(Question.asked_at >= datetime.now(UTC) - timedelta(days=days))
        .where(or_(AnswerRow.status == "refused", Feedback.vote == -1))
        .order_by(Question.asked_at.desc())
        .limit(MOST)
    )
    with database.sessions() as session:
        found = session.execute(query).all()
    rows = []
    for question, answer, feedback in found:
        text = answer.body.get("rewritten_question") or question.text
        read = qa.query(text)
        outcome = f"👎 {feedback.reason or '未写原因'}" if feedback and feedback.vote < 0 else f"拒答 {answer.reason}"
        places = (*read.scope.places, *read.scope.foreign) or (question.filters.get("jurisdiction") or "未写明",)
        bodies = tuple(dict.fromkeys(mention.words for mention in read.bodies)) or tuple(answer.departments)
        rows.append(_Row(text, question.asked_at, outcome, tuple(places), bodies))
    return rows


def _clusters(vectors: Vectors, alike: float) -> Sequence[int]:
    """A label a row, by average linkage on cosines."""
    if len(vectors) == 1:
        return [1]
    tree = linkage(vectors, method="average", metric="cosine")
    return [int(label) for label in fcluster(tree, 1 - alike, "distance")]


def _pairs(rows: Sequence[_Row]) -> Vectors:
    """Questions as unit vectors of their pairs of characters, where there is no embedding model."""
    known: dict[str, int] = {}
    counted = [Counter("".join(pair) for pair in pairwise(f"^{fold(row.text)}$")) for row in rows]
    for counts in counted:
        for pair in counts:
            known.setdefault(pair, len(known))
    vectors = np.zeros((len(rows), len(known)), np.float32)
    for vector, counts in zip(vectors, counted, strict=True):
        for pair, count in counts.items():
            vector[known[pair]] = count
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _cluster(rows: Sequence[_Row]) -> Json:
    times = sorted(row.asked_at for row in rows)
    counted = Counter(row.text for row in rows)
    return {
        "question": counted.most_common(1)[0][0],
        "count": len(rows),
        "outcomes": dict(Counter(row.outcome for row in rows)),
        "places": dict(Counter(place for row in rows for place in row.places)),
        "departments": dict(Counter(body for row in rows for body in row.bodies)),
        "first_at": times[0].isoformat(),
        "last_at": times[-1].isoformat(),
        "questions": list(counted)[:_SHOWN],
    }
