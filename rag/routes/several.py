"""Questions that need several clauses: places or years side by side, and two things asked at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.script import fold
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import renumbered, topic_of
from rag.question import Query, Understanding
from rag.routes import lookup
from rag.types import Draft, Evidence
from rag.wording import INTERROGATIVE

_CUT = re.compile(r"[?？;；。!！]|,(?=.*(?:多少|哪|什么|谁|怎么|如何|几|吗|是否))|(?:另外|还有|以及|同时|顺便)")
_BOTH = re.compile(r"分别|各[归由自是有提讲写要建]|都是谁|两[个项件条]|都由|都归")
_A_AND_B = re.compile(
    r"(?P<before>.*[,，:：]|[^,，和与跟]{2,8}?(?:对|的|里|关于|在|说))?(?P<a>[^,，、]{3,24}?)(?:和|与|跟|以及|、)(?P<b>[^,，]{3,24}?)"
    r"(?P<tail>[,，]?(?:这?两[个项件条]|的?(?:责任|牵头|主管|负责)?(?:部门|单位)?(?:分别|各|都)|分别|各[自有由归是提讲写要建]|都).*)$"
)
_MIN_NAME = 3
_MIN_PART = 4
_LENIENT = 0.2  # side by side, the other side has shown that the topic is one of the texts'


@dataclass(frozen=True)
class _Found:
    draft: Draft
    label: str


def side_by_side(query: Query, library: Library, understanding: Understanding) -> Draft | None:
    """One answer a place or a document, where the question names several."""
    if not query.alternatives:
        return None
    rows = []
    own = _own_words(query, understanding)
    for scope in query.alternatives:
        label = "、".join(scope.places) or "、".join(scope.documents)
        part = query.narrowed(scope)
        words = own.get(scope.places)
        if words:
            asked = understanding.query(words)
            part = replace(part, text=words, asks=asked.asks, values=asked.values)
        rows.append(_Found(lookup.answer(part, library, _LENIENT), label))
    return _joined(rows, query)


def _own_words(query: Query, understanding: Understanding) -> dict[tuple[str, ...], str]:
    """What is asked of each place, where every place has a question of its own."""
    pieces = [piece for piece in re.split("[?？;；。!！]", query.asked) if piece.strip()]
    named = [(understanding.query(piece).scope.places, piece) for piece in pieces]
    single: dict[tuple[str, ...], str] = {
        places: piece for places, piece in named if len(places) == 1 and _has_topic(piece)
    }
    return single if len(single) == len(query.alternatives) else {}


def two_asked(query: Query, library: Library, understanding: Understanding) -> Draft | None:
    """Two questions in one, each answered by its own clause; None when one clause answers both."""
    parts = _parts(query)
    if len(parts) < 2:
        return None
    rows, seen = [], set()
    for words in parts:
        part = understanding.query(words)
        scope = part.scope if part.scope.places or part.scope.documents else query.scope
        asks = part.asks or query.asks
        part = replace(part.narrowed(scope), asks=asks)
        draft = lookup.answer(part, library)
        if draft.status != "answered":
            return None
        clause = draft.evidence[0].clause.clause_id
        if clause not in seen:
            rows.append(_Found(draft, ""))
            seen.add(clause)
    return _joined(rows, query) if len(rows) > 1 else None


def _parts(query: Query) -> list[str]:
    """The questions in a question, each with a topic of its own; at most three."""
    folded = fold(query.asked)
    pieces, position = [], 0
    for found in _CUT.finditer(folded):
        pieces.append(query.asked[position : found.start()])
        position = found.end()
    pieces = [piece.strip() for piece in [*pieces, query.asked[position:]] if piece.strip()]
    asking = [piece for piece in pieces if INTERROGATIVE.search(fold(piece)) and _has_topic(piece)]
    if len(asking) >= 2 and len(pieces) <= 4:
        return asking[:3]
    if _BOTH.search(folded):
        return _conjoined(query.asked)
    return []


def _has_topic(piece: str) -> bool:
    """Whether a piece says what it is about, beyond asking who or how much."""
    plain = re.sub(
        r"是?(?:由|归)?(?:哪|谁|什么|多少|怎么|几|如何|啥)[个些家单位部门机关]*|牵头|负责|责任|单位|部门|管|相应|请|说|讲|它|这|那|是|的|吗|呢|有|没|和|还|一起|做|承担|由|了|比|上一年|涨|增长|归|数量|规定|写|要|算|内容|具体|哪里|哪家|多|大",
        "", fold(piece),
    )  # fmt: skip
    return len(re.sub("[^一-鿿a-z0-9]", "", plain)) >= _MIN_PART


def _conjoined(text: str) -> list[str]:
    """`A和B，各由谁负责` -> `A，各由谁负责`, `B，各由谁负责`; what stands before A goes with both."""
    found = _A_AND_B.match(text)
    if not found:
        return []
    before, tail = found["before"] or "", found["tail"]
    pieces = [found["a"], found["b"]]
    return [f"{before}{piece}{tail}" for piece in pieces] if all(len(piece) >= _MIN_NAME for piece in pieces) else []


def _joined(rows: Sequence[_Found], query: Query) -> Draft:
    """The drafts under one another, their citations numbered on; what one place doesn't say is said."""
    evidence: list[Evidence] = []
    pieces, nearest = [], []
    for row in rows:
        draft = row.draft
        if draft.status != "answered":
            pieces.append(_missing_side(row))
            nearest += list(draft.nearest[:1])
            continue
        pieces.append(renumbered(draft.text, len(evidence)))
        evidence += draft.evidence
    answered = [row for row in rows if row.draft.status == "answered"]
    if not answered:
        return rows[0].draft
    status = "answered" if len(answered) == len(rows) and not query.scope.foreign else "partial"
    return Draft(
        status,  # type: ignore[arg-type]
        "\n".join(pieces),
        tuple(evidence),
        nearest=tuple(nearest),
        confidence=min(row.draft.confidence for row in answered),
    )


def _missing_side(row: _Found) -> str:
    """What one side lacks: the topic, or only who is responsible for it."""
    if row.draft.silent_on_bodies and row.draft.nearest:
        topic = topic_of(row.draft.nearest[0])
        return MESSAGES["without_bodies"].format(place=row.label, topic=topic)
    return MESSAGES["only_one_says"].format(place=row.label)
