"""Questions about a document itself: who issued it, when, its number, addressees, period, basis and structure."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.script import fold, simplify
from corpus.types import Document
from rag.document_facts import READERS, Fact, implements, title_line
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import short_title
from rag.question import Query, residue_of
from rag.types import Draft, Evidence
from rag.wording import EMPTY

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
            rf"{_ISSUED}(?:的)?(?:机关|单位|部门|日期|时间|主体|人|于|在)|{_ISSUED}(?:的)?(?:吧|吗|么|对吧|对吗|还是)|发文机关|落款|成文日期|{_ISSUED}[^,。?]{{0,4}}(?:是谁|是哪|谁)"
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
            r"实施期|(?:管|执行|适用|实施)到(?:哪|什么|几)|到(?:哪一?年|什么时候)(?:为止|截止|结束|到期)|起止|适用(?:于)?(?:哪|什么)(?:几)?(?:年|时间)|期限|(?:管|覆盖)(?:的)?(?:是)?(?:哪|几)[几些]?年"
        ),
    ),
    (
        "annexes",
        re.compile(
            r"(?<!好)(?:[一二三四五六七八九十0-9]|几|多少|哪[几些]|什么)个附件|附件(?:有|是|分别|都|清单|包括)(?:哪|几|什么)"
        ),
    ),
    (
        "parts",
        re.compile(r"(?:分为?|有|包括|包含)(?:成)?(?:哪)?(?:几|多少|哪些)个?(?:大)?(?:部分|板块|章)|结构(?:是|怎么)"),
    ),
)
_RESIDUE = re.compile(
    rf"{_ISSUED}|沪?府发|文号|发文字号|字号|机关|单位|部门|时间|日期|时候|哪天|年|月|日|号|主送|抄送|印发对象|有效期?|失效|过期|实施期?|期限|执行|附件|分为?|部分|结构|根据|依据|落实|贯彻|引用|公文|写|自己|本身|一|个|实施|名称|标题|全称|叫|今|当时|何|几|版|级|市|区|上级|精神|要求|文|件|发|至|到|为止|适用|起止|仍|继续|已经|不|没"
)
_RESIDUE_LIMIT = 8
_OBJECT = re.compile(rf"{_ISSUED}(?:了|过)?(?!的)([一-鿿]{{2,8}})")  # what is issued: 什么时候发布免罚清单
_ADDRESS = re.compile(r"第\(?[一二三四五六七八九十百0-9]+\)?(?:条|项|点|款|部分)|专项[0-9]|\([一二三四五六七八九十]\)")
_KINDS = ("意见", "方案", "规划", "办法", "条例", "计划")
_COLLECTION = re.compile("收录|库|里|一共|总共|共|文件|政策|规划|方案|份")
_CATALOGUE = re.compile(
    "(?:收录|有|库里)[^,。?]{0,6}(?:哪些|哪几|几|多少)[份个]?(?:文件|政策|规划|方案)(?!.*(?:提|写|讲|说))|(?:哪些|哪几份|几份|多少份)(?:文件|政策)(?:[?]|$)"
)


def answer(query: Query, library: Library) -> Draft | None:
    """The fact asked for, from the document's own front; None when the question is about what the document says."""
    folded = fold(query.asked)
    if _CATALOGUE.search(folded) and not any(_COLLECTION.sub("", word) for word in query.topics):
        return _catalogue(query, library)
    asked = [] if _ADDRESS.search(folded) else [(m.start(), name) for name, p in _FACTS if (m := p.search(folded))]
    facts = [name for _, name in sorted(asked)]
    if not facts or not _is_about_document(query) or _issues_something_else(query):
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
            text, found = _fact(name, document, query)
            for item in found:
                evidence.append(item)
            marks = "".join(f"[{n}]" for n in range(len(evidence) - len(found) + 1, len(evidence) + 1))
            pieces.append(f"{text}{marks}。")
    if not evidence:
        return None
    return Draft("answered", "".join(pieces), tuple(evidence), lists_departments=False)


def _is_about_document(query: Query) -> bool:
    """Whether nothing is named beside the document and what is asked of it; an aside names what no text has."""
    rows = re.split("[,，。;；!！]", query.bare)
    asking = "，".join(row for row in rows if any(pattern.search(row) for _, pattern in _FACTS))
    strangers = [word for word in query.strangers if word in asking]
    named = [word for word in (*query.subjects, *strangers) if len(_RESIDUE.sub("", word)) > 1]
    return not named and len(_RESIDUE.sub("", residue_of(asking))) <= _RESIDUE_LIMIT


def _issues_something_else(query: Query) -> bool:
    """Whether what is issued is no document of these, but something that they speak of."""
    found = _OBJECT.search(query.bare)
    return found is not None and len(_RESIDUE.sub("", EMPTY.sub("", found[1]))) > 1


def _catalogue(query: Query, library: Library) -> Draft:
    """Every document where the question looks, each by its title line."""
    rows = [d for d in library.corpus.documents if query.scope.bonus(d.nodes[0], d.metadata.jurisdiction) is not None]
    rows = [document for document in rows if library.admits(document.nodes[0])]
    titles = "；".join(f"《{short_title(document)}》[{n}]" for n, document in enumerate(rows, start=1))
    text = MESSAGES["catalogue"].format(total=len(rows)) + titles + "。"
    evidence = tuple(title_line(document) for document in rows)
    facts = {"kind": "documents", "total": len(rows), "complete": True}
    return Draft("answered", text, evidence, facts=facts, lists_departments=False)


def _fact(name: str, document: Document, query: Query) -> Fact:
    """An annex has a basis of its own; the rest is printed once for the whole document."""
    if name == "implements" and query.scope.parts:
        own = [part for part in query.scope.parts if any(n.path.startswith(f"{part}/") for n in document.nodes)]
        return implements(document, own[0]) if own else READERS[name](document)
    return READERS[name](document)


def _documents(query: Query, library: Library) -> list[Document]:
    """The documents in question: those named, else those of the places named."""
    rows = []
    wanted = replace(query.scope, parts=(), strict_parts=False)
    for document in library.corpus.documents:
        front = document.nodes[0]
        if query.scope.parts and not any(n.path.split("/")[0] in query.scope.parts for n in document.nodes):
            continue
        if library.admits(front) and wanted.bonus(front, document.metadata.jurisdiction) is not None:
            rows.append(document)
    if query.scope.documents:
        rows = [document for document in rows if document.id in query.scope.documents]
    elif query.scope.places:
        rows = [document for document in rows if document.metadata.jurisdiction in query.scope.places]
    folded = fold(query.asked)
    typed = [d for d in rows if any(k in folded and k in fold(re.sub("《.*?》", "", d.metadata.title)) for k in _KINDS)]
    named = [d for d in typed or rows if any(word in folded for word in _distinctive(d, rows))]
    return named or typed or rows


def _distinctive(document: Document, others: list[Document]) -> tuple[str, ...]:
    """Quoted words and topics of the title that the other candidates' titles don't have."""
    own = fold(simplify(document.metadata.title))
    rest = [fold(simplify(other.metadata.title)) for other in others if other is not document]
    words = re.findall(r"“([^”]+)”", own) + re.findall("[一-鿿]{3,5}(?=发展|行动)", own)
    words += [word[:3] for word in re.findall(r"“([^”]+)”", own)]
    return tuple(word for word in words if not any(word in title for title in rest))
