"""Who adopted, approved, changed, published or repealed a text, and when: the lines below its title, or a decree's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dates import DAY, day_of
from corpus.script import fold, simplify
from corpus.types import Document, Node
from rag.messages import MESSAGES
from rag.reading.kinds import FactName
from rag.statements.lines import Span, front_of, lines_of, sentences_in, trimmed
from rag.statements.types import Statement

_ACT = re.compile("通过|批准|修订|修正|公布|发布|颁布|施行|实施|废止")
_PIECE = re.compile(rf"[(（]?\s*(?:自|由|根据|经)?\s*{DAY}.*?(?=[\s\u3000,，;；]*(?:自|由|根据|经)?\s*{DAY}|$)")
_LINE = re.compile(rf"[(（]?\s*{DAY}.{{2,400}}(?:通过|批准|修[订正]|公布|发布|颁布|施行|实施|废止)[)）]?")
_BY = re.compile(
    rf"{DAY}\s*(?P<organ>[一-鿿]{{2,40}}?)(?:主席团)?(?:第[一二三四五六七八九十百0-9]+届)?(?:第?[一二三四五六七八九十百0-9]+次|令)"
)
_BY_SESSION = re.compile(r"(?:第[一二三四五六七八九十百0-9]+届[一-鿿]{4,20}委员会)")
_ADOPTED = re.compile(rf"》?(?:已|业)?经?(?:于)?{DAY}[^。]{{2,60}}?(?:通过|同意)")
_OF_ACT: dict[str, tuple[FactName, ...]] = {
    "施行": ("validity",),
    "实施": ("validity",),
    "废止": ("validity", "repeals"),
}
_WIDTH = 2_000  # characters of a line that is looked at


def act_lines(document: Document) -> Iterator[Statement]:
    """Each act with its day, one a line or several in brackets; a decree's sentence is one."""
    front = front_of(document)
    places = [front] + [node for node in document.clauses[1:2] if node.path.endswith("前言")]
    for node in places:
        for start, end in lines_of(node):
            folded = fold(node.text[start : min(end, start + _WIDTH)])
            if _LINE.fullmatch(folded):
                for piece in _PIECE.finditer(folded):
                    if span := trimmed(node.text, start + piece.start(), start + piece.end()):
                        yield from _act(node, span)
    for start, end in sentences_in(front):
        folded = fold(front.text[start:end])
        if _ADOPTED.search(folded) and "通过" in folded and not _LINE.fullmatch(folded):
            marks = tuple(mark for mark in ("通过", "施行") if mark in folded)
            facts: tuple[FactName, ...] = ("issued_on", "validity") if "施行" in marks else ("issued_on",)
            says = MESSAGES["printed"].format(value=simplify(front.text[start:end]).rstrip("。"))
            found = _BY.search(folded)
            bodies = (front.text[start + found.start("organ") : start + found.end("organ")],) if found else ()
            yield Statement(facts, "act", front, start, end, says, marks, bodies)


def _act(node: Node, span: Span) -> Iterator[Statement]:
    text = node.text[slice(*span)]
    folded = fold(text)
    acts = tuple(dict.fromkeys(_ACT.findall(re.sub("《[^》]*》", "", folded))))
    if not acts:
        return
    last = acts[-1]
    day = day_of(text)
    organ = _BY.search(folded)
    bodies = (simplify(text[organ.start("organ") : _end_of(organ, folded)]),) if organ else ()
    is_end = last == "废止"
    yield Statement(
        _OF_ACT.get(last, ("issued_on", "issuer")), "repealed" if is_end else "act", node, *span,
        MESSAGES["printed"].format(value=simplify(text).strip("()（） ")), acts[-1:] if is_end else acts, bodies,
        year=day.year if day else None, ends=is_end,
    )  # fmt: skip


def _end_of(organ: re.Match[str], folded: str) -> int:
    """With the session that a congress's committee is of: 临山市第十七届人民代表大会常务委员会."""
    session = _BY_SESSION.match(folded, organ.end("organ"))
    return session.end() if session else organ.end("organ")
