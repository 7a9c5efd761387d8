"""A clause as hotline staff need it: read out in half a minute, cited in writing, handed on, put into a work order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from corpus.script import fold, simplify
from corpus.sentences import sentences_of
from corpus.today import today
from corpus.types import Department, Document, Node
from rag.messages import MESSAGES, ROLES, on_page
from rag.phrases import listed, names_of, topic_of
from rag.validity import validity_of

BREATH = 150  # characters that are read aloud in about thirty seconds
_ORDER = ("lead", "responsible", "cooperating", "participating", "approving", "supervising")
_SPOKEN_ROLES = {
    "lead": "牵头的是",
    "responsible": "责任部门是",
    "cooperating": "配合的是",
    "participating": "参与的是",
    "approving": "审批的是",
    "supervising": "监督的是",
}
_ALOUD = ((re.compile(r"[“”‘’《》]"), ""), (re.compile(r"[—–-]+(?=\d)"), "至"), (re.compile(r"\s+"), ""))
_ENDED = {
    "period_ended": "这份文件自定的实施期已过，是否继续有效，原文没有写明。",
    "repealed": "这份文件已废止或失效，仅供查考。",
}
_NO_END = re.compile("[^。！？!?；;]$")


def spoken(
    clause: Node, document: Document, quote: str | None = None, as_of: date | None = None, asked: str = ""
) -> str:
    """Whole sentences of the clause that fit into half a minute, from the one of `quote` that comes nearest to what was
    `asked`; then who is responsible, and that the document's period is over where it is.

    Says nothing that the text doesn't: the sentences are its own, without signs that can't be heard.
    """
    opening = f"您好，关于{_aloud(topic_of(clause))}，{document.metadata.jurisdiction or ''}的文件里写道："
    bodies = f"{_bodies(clause)}{_period(document, as_of)}以上以原文为准。"
    said = "".join(_sentences(clause, quote, asked, BREATH - len(opening) - len(bodies)))
    return f"{opening}{said}{bodies}" if said else f"{opening}这一条只有标题。{bodies}"


def _period(document: Document, as_of: date | None) -> str:
    """That the document's own period is over; nothing while it isn't."""
    return _ENDED.get(validity_of(document.metadata, as_of or today()).status, "")


def _sentences(clause: Node, quote: str | None, asked: str, room: int) -> list[str]:
    """Sentences in their order, as many as fit; at least one, however long."""
    rows = [s for s in sentences_of(clause.text) if not (s.is_bracket or s.is_heading)]
    relied_on = [i for i, row in enumerate(rows) if quote and (row.text in quote or quote in row.text)]
    first = max(relied_on, key=lambda i: _shared(rows[i].text, asked), default=0)
    chosen: list[str] = []
    for row in rows[first:]:
        words = _aloud(simplify(row.text))
        if chosen and sum(map(len, chosen)) + len(words) > room:
            break
        chosen.append(_NO_END.sub(lambda end: f"{end[0]}。", words.rstrip(":：,，、;；")))
    return chosen


def _shared(text: str, asked: str) -> int:
    """Pairs of characters that the sentence has in common with the question."""
    own, others = ({a + b for a, b in pairwise(fold(words))} for words in (text, asked))
    return len(own & others)


def _bodies(clause: Node) -> str:
    pieces = [f"{_SPOKEN_ROLES[role]}{names_of(rows)}" for role, rows in _by_role(listed(clause))]
    return f"{'，'.join(pieces)}。" if pieces else "这一条没有写明责任部门。"


def cited_as(clause: Node, document: Document, quote: str | None = None) -> str:
    """As one cites it in writing: title, 文号 or its absence, issuer, date, where it stands, the words as printed."""
    metadata = document.metadata
    day = metadata.issued_on
    about = [metadata.document_number, metadata.issuer, f"{day.year}年{day.month}月{day.day}日" if day else None]
    printed = "，".join(filter(None, about)) or "文号、印发机关、日期原文未载明"
    page = on_page(document.page_at(clause.start + max(0, clause.text.find(quote or ""))))
    return f"《{simplify(metadata.title)}》（{printed}）{clause.label}{page}：“{quote or clause.text}”"


def handed_to(clause: Node) -> str:
    """Role and bodies, a line a role."""
    rows = [f"{ROLES[role]}：{names_of(bodies)}" for role, bodies in _by_role(listed(clause))]
    return "\n".join(rows) or "原文没有写明责任部门"


def work_order(
    clause: Node, document: Document, quote: str | None = None, question: str = "", as_of: date | None = None
) -> str:
    """All of it as the text of a work order."""
    rows = [
        f"【诉求】{question}" if question else "",
        f"【口播】{spoken(clause, document, quote, as_of, question)}",
        f"【依据】{cited_as(clause, document, quote)}",
        f"【转办】{handed_to(clause).replace(chr(10), '；')}",
        f"【提示】{period}" if (period := _period(document, as_of)) else "",
        f"【条款】{clause.clause_id}",
        f"（{MESSAGES['original_decides']}）",
    ]
    return "\n".join(row for row in rows if row)


def _by_role(departments: Iterable[Department]) -> list[tuple[str, list[Department]]]:
    rows = list(departments)
    return [(role, found) for role in _ORDER if (found := [row for row in rows if row.role == role])]


def _aloud(text: str) -> str:
    for sign, heard in _ALOUD:
        text = sign.sub(heard, text)
    return text
