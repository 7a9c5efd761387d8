"""Questions about a document itself: who issued it, when, its number, addressees, period, basis and structure."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.front_lines import is_addressees
from corpus.script import fold, simplify
from corpus.types import Document, Node
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import short_title, topic_of
from rag.question import Query
from rag.types import Draft, Evidence

_ISSUED = r"(?:印发|发布|出台|发文|颁布|制定|公布|下发|下达|发的|发出|签发|成文|出的)"
# What is asked (folded) -> the fact.
_FACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("document_number", re.compile(r"文号|发文字号|字号|第几号文|编号")),
    (
        "addressees",
        re.compile(r"(?:印发|发|下发|主送|抄送)(?:给|到|至)(?:了)?(?:哪|谁|什么)|主送|收文|发文对象|印发对象"),
    ),
    (
        "issued",
        re.compile(
            rf"(?:谁|哪个?(?:机关|单位|部门|家|一级|级)?|什么(?:机关|单位|部门)|何(?:机关|单位)|哪[一儿]?[年天日月]|什么时候|何时|时间|日期|几号|几月)[^,。?]{{0,16}}{_ISSUED}|"
            rf"{_ISSUED}(?:的)?(?:机关|单位|部门|日期|时间|主体|人|于|在)|发文机关|落款|成文日期|{_ISSUED}[^,。?]{{0,4}}(?:是谁|是哪|谁)"
        ),
    ),
    (
        "implements",
        re.compile(
            r"(?:根据|依据|按照|落实|贯彻|基于|对应|承接|响应)[^,。?]{0,16}(?:什么|哪)[^,。?]{0,6}(?:文件|政策|方案|规划|纲要|要求|意见|精神|制定|来|上位)|制定依据|上位文件|(?:是)?(?:落实|根据|依据|贯彻)(?:了)?(?:上级|市里|国家)?(?:的)?(?:哪|什么)"
        ),
    ),
    (
        "still_valid",
        re.compile(
            r"有效期|(?:还|现在|目前|如今|是否|已经|是不是)[^,。?]{0,6}(?:有效|生效|管用|作数|算数|失效|过期|作废|执行|能用)|过期了?(?:吗|没)|有没有(?:过期|失效)"
        ),
    ),
    (
        "period",
        re.compile(
            r"实施期|(?:管|执行|适用|实施)到(?:哪|什么|几)|到(?:哪一?年|什么时候)(?:为止|截止|结束|到期)|起止|适用(?:于)?(?:哪|什么)(?:几)?(?:年|时间)|期限|(?:管|覆盖)(?:哪|几)[几些]?年"
        ),
    ),
    ("annexes", re.compile(r"(?:几|多少|哪[几些]|什么)个?附件|附件(?:有|是|分别|都|清单|包括)(?:哪|几|什么)")),
    (
        "parts",
        re.compile(r"(?:分为?|有|包括|包含)(?:成)?(?:哪)?(?:几|多少|哪些)个?(?:大)?(?:部分|板块|章)|结构(?:是|怎么)"),
    ),
)
_RESIDUE = re.compile(
    rf"{_ISSUED}|文号|发文字号|字号|机关|单位|部门|时间|日期|时候|哪天|年|月|日|号|主送|抄送|印发对象|有效期?|失效|过期|实施期?|期限|执行|附件|部分|结构|根据|依据|落实|贯彻|引用|公文|写|自己|本身|一|个|实施|名称|标题|全称|叫|今|当时|何|几|版|级|市|区|上级|精神|要求|文|件|发|至|到|为止|适用|起止|仍|继续|已经|不|没"
)
_RESIDUE_LIMIT = 4
_BASIS = re.compile(
    r"(?:根据|落实|依据|按照|贯彻)[^。《]{0,12}((?:《[^》]+》[、和及以与]{0,2}(?:[((][^()()]{0,24}[))])?[、和及以与]{0,2})+)"
)


def answer(query: Query, library: Library) -> Draft | None:
    """The fact asked for, from the document's own front; None when the question is about what the document says."""
    folded = fold(query.text)
    facts = [name for name, pattern in _FACTS if pattern.search(folded)]
    if not facts or len(_RESIDUE.sub("", query.residue)) > _RESIDUE_LIMIT:
        return None
    documents = _documents(query, library)
    if not documents or len(documents) > 3:
        return None
    if len(documents) > 1 and not (query.alternatives or query.scope.documents):
        nearest = tuple(d.nodes[0] for d in documents)
        message = MESSAGES["ambiguous_clause"].format(address=query.asked[:30])
        return Draft("clarify", message, nearest=nearest)
    pieces: list[str] = []
    evidence: list[Evidence] = []
    for document in documents:
        for name in facts[:2]:
            text, found = _READERS[name](document)
            for item in found:
                evidence.append(item)
            marks = "".join(f"[{n}]" for n in range(len(evidence) - len(found) + 1, len(evidence) + 1))
            pieces.append(f"{text}{marks}。")
    if not evidence:
        return None
    return Draft("answered", "".join(pieces), tuple(evidence), lists_departments=False)


def _documents(query: Query, library: Library) -> list[Document]:
    """The documents in question: those named, else those of the places named."""
    rows = []
    for document in library.corpus.documents:
        front = document.nodes[0]
        if library.admits(front) and query.scope.bonus(front, document.metadata.jurisdiction) is not None:
            rows.append(document)
    if query.scope.documents:
        rows = [document for document in rows if document.id in query.scope.documents]
    elif query.scope.places:
        rows = [document for document in rows if document.metadata.jurisdiction in query.scope.places]
    kinds = ("意见", "方案", "规划", "办法", "条例", "计划")
    folded = fold(query.text)
    typed = [d for d in rows if any(k in folded and k in fold(re.sub("《.*?》", "", d.metadata.title)) for k in kinds)]
    named = [d for d in typed or rows if any(word in folded for word in _distinctive(d, rows))]
    return named or typed or rows


def _distinctive(document: Document, others: list[Document]) -> tuple[str, ...]:
    """Quoted words and topics of the title that the other candidates' titles don't have."""
    own = fold(simplify(document.metadata.title))
    rest = [fold(simplify(other.metadata.title)) for other in others if other is not document]
    words = re.findall(r"“([^”]+)”", own) + re.findall("[一-鿿]{3,5}(?=发展|行动)", own)
    words += [word[:3] for word in re.findall(r"“([^”]+)”", own)]
    return tuple(word for word in words if not any(word in title for title in rest))


def _front(document: Document) -> Node:
    return next((node for node in document.clauses if node.path.endswith("标题")), document.clauses[0])


def _line_with(node: Node, words: str | None) -> Evidence:
    """The printed line of the front that holds `words`; the title line where there are none."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", node.text) if m[0].strip()]
    chosen = next((span for span in lines if words and fold(words) in fold(node.text[slice(*span)])), lines[-1])
    words_here = node.text[slice(*chosen)]
    lead = len(words_here) - len(words_here.lstrip())
    return Evidence(node, chosen[0] + lead, chosen[0] + len(words_here.rstrip()))


def _number(document: Document) -> tuple[str, list[Evidence]]:
    value = document.metadata.document_number
    title = short_title(document)
    key = "document_number" if value else "not_printed"
    return MESSAGES[key].format(title=title, value=value, what="文号"), [_line_with(_front(document), value)]


def _issued(document: Document) -> tuple[str, list[Evidence]]:
    metadata, title = document.metadata, short_title(document)
    front = _front(document)
    day = metadata.issued_on
    printed = f"{day.year}年{day.month}月{day.day}日" if day else None
    known = [words for words in (metadata.issuer, printed) if words]
    if metadata.issuer and printed:
        text = MESSAGES["issuer_and_date"].format(title=title, issuer=metadata.issuer, date=printed)
    elif known:
        missing = "印发日期" if metadata.issuer else "印发机关"
        text = MESSAGES["issuer" if metadata.issuer else "issued_on"].format(title=title, value=known[0])
        text += f"，文本未载明{missing}"
    else:
        text = MESSAGES["not_printed"].format(title=title, what="印发机关和日期")
    return text, [_sign_off(front, printed) if printed else _line_with(front, metadata.issuer)]


def _sign_off(front: Node, printed: str) -> Evidence:
    """The date's line with the issuer's above it."""
    date_line = _line_with(front, printed)
    above = front.text[: date_line.start].rstrip()
    start = above.rfind("\n") + 1
    lead = len(front.text[start:]) - len(front.text[start:].lstrip())
    is_issuer = 0 < len(above) - start <= 40
    return Evidence(front, start + lead if is_issuer else date_line.start, date_line.end)


def _addressees(document: Document) -> tuple[str, list[Evidence]]:
    front, title = _front(document), short_title(document)
    lines = [line.strip() for line in front.text.splitlines()]
    found = next((line for line in lines if is_addressees(line)), None)
    if found is None:
        return MESSAGES["not_printed"].format(title=title, what="印发对象"), [_line_with(front, None)]
    value = simplify(found).rstrip(":：")
    return MESSAGES["addressees"].format(title=title, value=value), [_line_with(front, found)]


def _implements(document: Document) -> tuple[str, list[Evidence]]:
    title = short_title(document)
    for node in document.clauses[:4]:
        if not node.path.endswith(("前言", "标题")):
            continue
        for sentence in re.finditer(r"[^。\n]+[。\n:：]?", node.text):
            found = _BASIS.search(simplify(sentence[0]))
            if found and node.path.endswith("前言"):
                value = found[1].rstrip("、和及以与")
                quote = Evidence(node, sentence.start(), sentence.start() + len(sentence[0].rstrip()))
                return MESSAGES["implements"].format(title=title, value=value), [quote]
    return MESSAGES["not_printed"].format(title=title, what="制定依据"), [_line_with(_front(document), None)]


def _period(document: Document) -> tuple[str, list[Evidence]]:
    title, period = short_title(document), document.metadata.period
    if period is None:
        return MESSAGES["not_printed"].format(title=title, what="实施期"), [_line_with(_front(document), None)]
    holder = next((n for n in document.clauses if fold(period.basis) in fold(n.text)), _front(document))
    start = fold(holder.text).find(fold(period.basis))
    text = MESSAGES["period"].format(title=title, value=period.basis.strip("()（）"))
    return text, [Evidence(holder, max(start, 0), max(start, 0) + len(period.basis))]


def _still_valid(document: Document) -> tuple[str, list[Evidence]]:
    text, found = _period(document)
    return f"{text}，{MESSAGES['period_now']}", found


def _annexes(document: Document) -> tuple[str, list[Evidence]]:
    title = short_title(document)
    marks = [n for n in document.nodes if n.path.endswith("/标题") and not n.path.startswith("正文")]
    listed = next((n for n in document.clauses if n.path.endswith("附件清单")), None)
    if not marks:
        return MESSAGES["not_printed"].format(title=title, what="附件"), [_line_with(_front(document), None)]
    names = "；".join(n.label.split(" > ")[0] for n in marks)
    quoted = listed or marks[0]
    return (
        MESSAGES["annexes"].format(title=title, count=len(marks), value=names),
        [Evidence(quoted, 0, len(quoted.text))],
    )


def _parts(document: Document) -> tuple[str, list[Evidence]]:
    title = short_title(document)
    annexed = any(n.path.startswith("正文/") for n in document.nodes)
    top = [
        n
        for n in document.nodes
        if n.parent is None
        and n.path.count("/") == annexed
        and (not annexed or n.path.startswith("正文/"))
        and re.match("[一二三四五六七八九十第]", n.path.split("/")[-1])
    ]
    names = "；".join(f"{topic_of(n)}" for n in top)
    text = MESSAGES["parts"].format(title=title, part="正文" if annexed else "", count=len(top), value=names)
    return text, [_line_with(_front(document), None)]


_READERS: dict[str, Callable[[Document], tuple[str, list[Evidence]]]] = {
    "document_number": _number,
    "addressees": _addressees,
    "issued": _issued,
    "implements": _implements,
    "still_valid": _still_valid,
    "period": _period,
    "annexes": _annexes,
    "parts": _parts,
}
