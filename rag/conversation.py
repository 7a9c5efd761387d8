"""A follow-up made to stand alone: what it leaves out is taken from the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.places import short_form
from corpus.script import fold
from corpus.shortened import shortened
from rag.deadline import Deadline
from rag.history import TURN
from rag.question import Query, Understanding, cleaned
from rag.reading.kinds import open_kinds
from rag.reading.masked import masked
from rag.types import Turn

# Words that point back instead of naming a topic (folded).
_POINTERS = re.compile(
    r"同一(?:件事|个|项|条)|变成了?|换了|这样|允许|提法|差不多|落[到在]|头上|身上|追问|它们?|他们|她们|这(?:个|件事?|项|条|些|份|事|块|方面)?|那(?:个|件事?|项|条|些|份|么|边|里)?|其|该项?|此事?|上面|刚才|前面|说的|"
    r"类似的?|同样的?|对应的?|相应的?|做法|情况|也|换成|换到|换|呢|展开|详细|细一?点|具体|说说|讲讲|说|讲|继续|再|还|别的|别处|有|没有|吗|哦|嗯|好的|对了|另外|"
    r"第[一二三四五六七八九十0-9]+(?:个|点|条|项)|比|差|区别|不同|一样|怎么(?:做|弄|搞|样|办|推|说)|又|然后|到|做|搞|弄|推"
)
_POINTS_AT_TASK = re.compile(r"这(?:件事|个|项|条|事|块)|那(?:件事|个|项|条)|它|此事|该项|其中")
# 这个意见, 它的文号: the document itself is asked about, and how the earlier question named it.
_POINTS_AT_DOCUMENT = re.compile(
    r"(?:这|那|该)[个份]?(?:意见|方案|规划|计划|办法|条例|文件).{0,8}(?:发|出台|制定|文号|有效|过期|到期|实施期|附件|部分)|文号|发文字号|它[^,，。?？]{0,4}(?:管|适用|执行|有效|实施)到|到哪一?年"
)
_DOCUMENT = re.compile(r"^[^,，。?？]*?(?:意见|方案|规划|计划|办法|条例)")
_COMPARES = re.compile(r"^(?:那|那么|如果|要是)?(?:和|跟|与|同|比起?)[^,。?]{1,16}?(?:比|相比|对比|不同|区别|,|差)")
_ORDINAL_FIRST = re.compile(
    r"^(?:那么?|请|把|再)?(?:你)?(?:说的)?(?:第[一二三四五六七八九十0-9]+|最后(?:那|的)?(?:一)?|倒数第[一二三四五六七八九十])(?:个|点|条|项)"
)
_OTHERS = re.compile(
    r"(?:除了?(?:这|此|它)[^,。?]{0,4}|(?:他们|这家|该部门|这个部门|它)[^,。?]{0,4}(?:还|另外|别的))[^。?]{0,12}(?:负责|牵头|管|承担|参与|任务|做)"
)
_NEIGHBOUR = re.compile(
    r"^(?:那么?|请|再|紧接着(?:的)?)?(?:看|说|讲)?(?:它的?)?(下|后|上|前)(?:面)?(?:的)?(?:那)?一(?:条|项|点|个|款)"
)
_OPENERS = re.compile(
    r"^(?:[^,，:：?？]{0,8}(?:追?问|说)[:：]|那么?|哦|嗯|好的|对了|另外|还有|再问一下|再请问|换成|换到|换)[,，]?"
)
_QUESTION_TAIL = re.compile(
    r"(?:是|又)?(?:由|归)?(?:谁|哪些?(?:部门|单位|机关)|哪(?:个|几个)(?:部门|单位)?)(?:负责|牵头|管|抓)?(?:的)?$|"
    r"(?:是)?(?:做|干|讲|说)?了?(?:些)?什么的?$|(?:打算|准备|要)?(?:是)?怎么(?:推动|推进|支持|样|规定|搞|做|发展|写)?(?:的)?$|有没有.{0,2}$|[,，]?在哪.{0,4}$"
)
_ELLIPSIS = re.compile("呢(?:[,，?？]?(?:也|都|再)?(?:列|说|讲|看|查|给)[^,，。?？]{0,4})?[?？。!！]*$")
_LEANING = re.compile(
    r"^(?:那|换|再|还有|和|跟|与|同|比)|呢[?？。!！]*$|类似|差不多|同样|也|又|一样|这(?:个|件|项|条|事)|它|[那这]边呢?[,，]|怎么(?:做|弄|搞|办)[?？]?$|有(?:吗|没有)[?？]?$"
)
_BARE_WHY = re.compile("(?:为什么|为啥|怎么会|真的吗|是吗|然后呢)[?？。!！]*")
_SHORT = 12  # characters of a question that is no whole one
_TOPIC_LIMIT = 3  # characters of residue that are no topic yet


def standalone(question: str, before: str | None, understanding: Understanding) -> str | None:
    """The question with its place and topic filled in from the one `before`; None when it stands alone already."""
    merged = _merged(before, question, understanding) if before else None
    return cleaned(merged) if merged else None


def last_question(
    history: Sequence[Turn], understanding: Understanding, deadline: Deadline | None = None
) -> str | None:
    """What the asker last asked, made to stand alone by what was asked before it; None without a history.

    Raises UnfinishedError past the deadline.
    """
    asked = [cleaned(turn.content) for turn in history if turn.role == "user"]
    asked = [
        question
        for question in asked
        if question and not open_kinds().kinds(masked(question)).is_talk and not _BARE_WHY.fullmatch(question)
    ]
    if not asked:
        return None
    before = asked[0]
    for question in asked[1:]:
        if deadline is not None:
            deadline.check()
        before = _put_together(before, question, understanding)
    return before


def _put_together(before: str, question: str, understanding: Understanding) -> str:
    """The question made to stand alone, no longer than a turn that is read: it goes on into the next one."""
    return shortened(_merged(before, question, understanding) or question, TURN)


def points_at_item(question: str) -> bool:
    """第二点展开说说: the question begins with one of the items just listed."""
    return bool(_ORDINAL_FIRST.match(fold(question)))


def asks_for_others(question: str) -> bool:
    """除了这个还负责什么, 他们牵头的还有哪些: the rest of what a body just named has to do."""
    return bool(_OTHERS.search(fold(question)))


def neighbour_step(question: str) -> int:
    """下一条呢, 上一项: 1 for the clause after the one just given, -1 for the one before, 0 for neither."""
    found = _NEIGHBOUR.match(fold(question))
    return 0 if found is None else 1 if found[1] in "下后" else -1


def _merged(before_text: str, question: str, understanding: Understanding) -> str | None:
    query, before = understanding.query(question), understanding.query(before_text)
    has_topic = _has_topic(query)
    if query.bodies and before.bodies and not has_topic and _ELLIPSIS.search(fold(question)):
        return _of_another_body(before, query, understanding)
    if _names_scope(query):
        if has_topic or not (_leans(question) or "departments" in query.asks):
            return None
        if _COMPARES.match(fold(question)):
            return f"{_scope_words(before, understanding)}、{_scope_words(query, understanding)}{_topic(before)} {question}"
        return _at_new_scope(before, query, understanding)
    if has_topic or (query.bodies and not _POINTS_AT_TASK.search(fold(question))):
        place = _scope_words(before, understanding)
        place += "" if query.scope.hints or not place else understanding.annex_named(before)
        return _placed(place, _with_ask(_OPENERS.sub("", question), _same_ask(before, query))) if place else None
    if _POINTS_AT_DOCUMENT.search(fold(question)) and (named := _DOCUMENT.match(before.asked)):
        return f"{named[0]} {_OPENERS.sub('', question)}"
    topic = before.asked if not (query.asks or query.values) else _statement(before.asked)
    return f"{topic} {_OPENERS.sub('', question)}".strip()


def _has_topic(query: Query) -> bool:
    """Whether the question names a subject of its own, or says more than pointing words can."""
    named = [word for word in (*query.subjects, *query.strangers) if len(_POINTERS.sub("", word)) > 1]
    return bool(named) or len(_POINTERS.sub("", query.residue)) > _TOPIC_LIMIT


def _of_another_body(before: Query, query: Query, understanding: Understanding) -> str:
    """The earlier question with the new body in the old one's stead, in the place asked about now or before."""
    asked = before.asked.replace(before.bodies[0].words, query.bodies[0].words, 1)
    place = _scope_words(query if _names_scope(query) else before, understanding)
    for old in before.scope.places:
        asked = re.sub(rf"{re.escape(short_form(old))}[市区县]?(?=[市区县])", "", asked)
    return _placed(place, asked)


def _placed(place: str, words: str) -> str:
    """虹口区 + 区体育局 -> 虹口区体育局."""
    return f"{place}{words[1:]}" if words and place.endswith(words[0]) else f"{place}{words}"


def _same_ask(before: Query, query: Query) -> str:
    """由谁负责, when only the next topic is named: 那在线医疗呢."""
    if query.asks or query.values or not _ELLIPSIS.search(fold(query.asked)):
        return ""
    found = _QUESTION_TAIL.search(re.sub(r"[?？。！!]+$", "", before.asked))
    return found[0] if found else ""


def _with_ask(words: str, ask: str) -> str:
    """在线医疗呢？ + 由谁负责 -> 在线医疗由谁负责？"""
    return f"{_ELLIPSIS.sub('', words)}{ask}？" if ask else words


def _leans(question: str) -> bool:
    """那嘉定呢, 换成市里, 长宁有类似的吗: it has only part of a question."""
    return bool(_LEANING.search(fold(question))) or len(question) <= _SHORT


def _names_scope(query: Query) -> bool:
    return bool(query.scope.places or query.scope.foreign or query.scope.documents)


def _at_new_scope(before: Query, query: Query, understanding: Understanding) -> str:
    """The earlier question asked of the new place or document, with what the new one asks, if it asks anything."""
    extra = query.asked if query.asks - {"yes_no"} or query.values else ""
    topic = _topic(before) if not extra else _statement(_topic(before))
    return f"{_scope_words(query, understanding)}{topic} {_OPENERS.sub('', extra)}".strip()


def _scope_words(query: Query, understanding: Understanding) -> str:
    """The places and years that the question names, as words."""
    year = re.search(r"(?<!到)(?<!至)(?:20)?\d\d年(?!底|末)", query.asked)
    years = f"{year[0]}" if year and query.scope.documents else ""
    titled = len(query.scope.documents) == 1 and not years
    quoted = f"《{understanding.title_of(query.scope.documents[0])}》" if titled else ""
    places = "、".join((*query.scope.places, *query.scope.foreign))
    return f"{years}{places}{quoted}"


def _topic(query: Query) -> str:
    """The question without its places, years and kinds of document."""
    topic = re.sub("《[^》]*》", "", query.asked)
    for place in (*query.scope.places, *query.scope.foreign):
        topic = re.sub(rf"{re.escape(short_form(place))}[市区县]?(?:里)?(?:的)?", "", topic)
    if query.scope.documents:
        topic = re.sub(r"(?:20)?\d\d年(?:的)?", "", topic)
    topic = re.sub(r"(?:市里|全市|本市|市级|区里)(?:层面)?(?:的)?", "", topic)
    return re.sub(
        r"(?:那|这)?[个份]?(?:实施意见|行动方案|行动计划|方案|意见|规划|文件)(?:里面?|中)?(?:的)?[,，]?", "", topic
    )


def _statement(question: str) -> str:
    """The earlier question without its question words, so that the new one's are what is asked."""
    return _QUESTION_TAIL.sub("", re.sub(r"[?？。！!]+$", "", question))
