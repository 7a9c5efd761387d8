"""Questions that need several clauses: places or years side by side, and two things asked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.script import fold, simplify
from corpus.types import Department, Document
from rag.lookup import Library
from rag.messages import MESSAGES, VALUES
from rag.operations import address
from rag.phrases import listed, renumbered, topic_of
from rag.question import Query, Understanding
from rag.reading.plan import request_of
from rag.routes import listing, lookup
from rag.scope import Scope
from rag.types import Draft, Evidence
from rag.wording import INTERROGATIVE

_CUT = re.compile(r"[?？;；。!！]|(?:另外|还有|以及|同时|顺便)|[(（][1-9][)）]|(?:^|(?<=[,:：，]))[一二三]是(?!否)")
_COUNTED = re.compile(r"一是.+二是|\(1\).+\(2\)")
_BOTH = re.compile(r"分别|[这那]俩|两[处样点]|各[归由自是有提讲写要建]|都是谁|两[个项件条]|都由|都归")
_A_AND_B = re.compile(
    r"(?P<before>.*[,，:：]|[^,，和与跟]{2,8}?(?:对|的|里|关于|在|说))?(?P<a>[^,，、]{3,24}?)(?:和|与|跟|以及|、|[,，]还(?:说|提|要|有|想)?)(?P<b>[^,，]{3,24}?)"
    r"(?P<tail>[,，]?(?:[这那]?(?:俩|两[个项件条处样点])|的?(?:责任|牵头|主管|负责)?(?:部门|单位)?(?:分别|各|都)|分别|各[自有由归是提讲写要建]|都).*)$"
)
_MIN_NAME = 3
_LONGEST = 110  # characters of a question that can be two
_MIN_PART = 4
_SURELY = 0.75  # confidence of a half's refusal from which on the question counts as half covered
_LENIENT = 0.2  # side by side, the other side has shown that the topic is one of the texts'


@dataclass(frozen=True)
class Found:
    """One side's draft, with what is put before it."""

    draft: Draft
    label: str
    half: str = ""  # the words of one of two questions asked at once


def side_by_side(query: Query, library: Library, understanding: Understanding) -> Draft | None:
    """One answer a place or a document, where the question names several."""
    if not query.alternatives:
        return None
    rows = []
    own = _own_words(query, understanding)
    for scope in query.alternatives:
        label = _label(query, scope, library)
        part = query.narrowed(scope)
        words = own.get(scope.places)
        if words:
            asked = understanding.query(words)
            part = replace(part, text=words, asks=asked.asks, values=asked.values)
        rows.append(Found(side(part, library), label))
    return joined(rows, query)


def one_each(query: Query, library: Library, answered: Callable[[Query, Library], Draft]) -> Draft:
    """What each of the alternatives says, each answered as if it were asked about alone."""
    sides = [(query.narrowed(scope), _label(query, scope, library)) for scope in query.alternatives]
    return joined([Found(answered(side, library), label) for side, label in sides], query)


def side(part: Query, library: Library) -> Draft:
    """One side's answer: the clause at an address, a whole list, or the clause that fits best."""
    return (
        address.answer(request_of(part, "address"), library)
        or listing.answer(part, library)
        or _valueless(part, library, lookup.answer(part, library, _LENIENT))
    )


def _valueless(part: Query, library: Library, draft: Draft) -> Draft:
    """A side whose clause is there without the number asked for: the clause, and that it gives none."""
    if draft.status == "answered" or draft.features or draft.silent_on_bodies or not draft.nearest:
        return draft
    bare = replace(part, values=(), asks=part.asks - {"number"})
    found = lookup.answer(bare, library, _LENIENT)
    lead = MESSAGES["value_absent"].format(what=VALUES[part.values[0]] if part.values else VALUES["count"])
    return replace(found, text=f"{lead}{found.text}") if found.status == "answered" else draft


def _label(query: Query, scope: Scope, library: Library) -> str:
    """What sets the sides apart: the places, or the documents of one place."""
    places = {alternative.places for alternative in query.alternatives}
    if len(places) == len(query.alternatives):
        return "、".join(scope.places)
    rows = [library.corpus.document(document_id) for document_id in scope.documents]
    return "、".join(_title(row) for row in rows if row)


def _title(document: Document) -> str:
    """The title, with the number that tells editions of one text apart."""
    number = document.metadata.document_number
    return f"《{simplify(document.metadata.title)}》" + (f"（{number}）" if number else "")


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
        if draft.status != "answered" and not _is_surely_silent(draft):
            return None
        if draft.status != "answered":
            rows.append(Found(draft, "", words))
            continue
        clause = draft.evidence[0].clause.clause_id
        if clause not in seen:
            rows.append(Found(draft, ""))
            seen.add(clause)
    return joined(rows, query) if len(rows) > 1 and seen else None


def _is_surely_silent(draft: Draft) -> bool:
    """Whether a half is refused for a value that its clause lacks, or far below what an answer needs."""
    return draft.reason == "not_stated" and (draft.features is None or draft.confidence >= _SURELY)


def _parts(query: Query) -> list[str]:
    """The questions in a question, each with a topic of its own; at most three."""
    folded = fold(query.asked)
    if len(folded) > _LONGEST:
        return []  # a story, of which one sentence matters
    pieces, position = [], 0
    for found in _CUT.finditer(folded):
        pieces.append(query.asked[position : found.start()])
        position = found.end()
    pieces = [piece.strip() for piece in [*pieces, query.asked[position:]] if piece.strip()]
    pieces = [part for piece in pieces for part in _at_commas(piece)]
    counted = bool(_COUNTED.search(folded))
    if counted and len(pieces) > 2:
        pieces = pieces[-2:]  # what stands before 一是 names the place, and the whole question's place is known
    asking = [piece for piece in pieces if (counted or INTERROGATIVE.search(fold(piece))) and _has_topic(piece)]
    if len(asking) >= 2 and len(pieces) <= 4:
        return asking[:3]
    if _BOTH.search(folded):
        return _conjoined(query.asked)
    return []


def _at_commas(piece: str) -> list[str]:
    """A piece cut at a comma on both sides of which something is asked about something."""
    for found in re.finditer("[,，]", piece):
        sides = piece[: found.start()], piece[found.end() :]
        if all(INTERROGATIVE.search(fold(side)) and _has_topic(side) for side in sides):
            return [sides[0], *_at_commas(sides[1])]
    return [piece]


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


def joined(rows: Sequence[Found], query: Query) -> Draft:
    """The drafts under one another, their citations numbered on; what one place doesn't say is said."""
    evidence: list[Evidence] = []
    bodies: list[tuple[Department, ...]] = []
    pieces, nearest = [], []
    for row in rows:
        draft = row.draft
        if draft.status not in ("answered", "partial"):
            pieces.append(_missing_side(row))
            nearest += list(draft.nearest if draft.status == "clarify" else draft.nearest[:1])
            continue
        text = renumbered(draft.text, len(evidence))
        pieces.append(text if not row.label or text.startswith((row.label, "《")) else f"{row.label}：{text}")
        evidence += draft.evidence
        bodies += draft.bodies or [listed(row.clause) for row in draft.evidence]
    answered = [row for row in rows if row.draft.status in ("answered", "partial")]
    if not answered:
        return rows[0].draft
    status = (
        "answered" if all(row.draft.status == "answered" for row in rows) and not query.scope.foreign else "partial"
    )
    return Draft(
        status,  # type: ignore[arg-type]
        "\n".join(pieces),
        tuple(evidence),
        nearest=tuple(nearest),
        bodies=tuple(bodies),
        confidence=min(row.draft.confidence for row in answered),
        from_search=all(row.draft.facts is None for row in answered),
    )


def _missing_side(row: Found) -> str:
    """What one side lacks: the topic, or only who is responsible for it; of two questions, which one."""
    if row.draft.status == "clarify":
        return f"{row.label}：{row.draft.text}"
    if row.half:
        return MESSAGES["half_missing"].format(half=row.half.strip(" ,，。?？"))
    if row.draft.silent_on_bodies and row.draft.nearest:
        topic = topic_of(row.draft.nearest[0])
        return MESSAGES["without_bodies"].format(place=row.label, topic=topic)
    return MESSAGES["only_one_says"].format(place=row.label)
