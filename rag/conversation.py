"""A follow-up made to stand alone: what it leaves out is taken from the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.script import fold
from rag.question import Query, Understanding
from rag.types import Turn

_LEANS = re.compile(
    r"^(?:那|那么|还有|另外|换成|换|再|哦|嗯|好的)|它|他们|她们|这(?:个|件|项|条|些|份)|那(?:个|件|项|条|些|份)|上面|刚才|前面|其|该|也|同样|类似|呢[?？。!！]*$|展开|详细|继续|第[一二三四五六七八九十0-9]+(?:个|点|条|项)|还有别的|换成"
)
_SWITCH = re.compile(
    r"^(?:那么?|再|哦,?)?(?:换成|换到|换|改成|如果是|要是|假如是)(?P<what>.+?)(?:那边|这边|的话)?(?:呢|的?情况|[?？。]|$)"
)
_ELLIPSIS = re.compile(r"^(?:那么?)?(?P<what>[^,，。?？]{1,12})呢[?？。]*$")
_PRONOUNS = re.compile(
    r"它们?|这(?:个|件事|项|条|些|份)?|那(?:个|件事|项|条|些|份)?|其|该项?|他们|类似的?|同样的?|也|上面|刚才|前面|说的|换成|呢|展开|详细|说说|讲讲|继续|再|还|别的|有|吗|第[一二三四五六七八九十0-9]+(?:个|点|条|项)|哦|嗯|好的"
)
_TOPIC_LIMIT = 2


def standalone(question: str, history: Sequence[Turn], understanding: Understanding) -> str | None:
    """The question with its place and topic filled in from `history`; None when it stands alone already."""
    asked = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    if not asked:
        return None
    query = understanding.query(question)
    before = _resolved(asked, understanding)
    own_topic = _PRONOUNS.sub("", query.residue)
    leans = bool(_LEANS.search(fold(question))) or not (query.scope.places or query.scope.documents)
    if not leans:
        return None
    place = "" if _names_place(query) else _place_words(before)
    if len(own_topic) > _TOPIC_LIMIT:
        return f"{place}{_without_switch(question)}" if place else None
    if _names_place(query) and not query.bodies:
        return _with_place(before, query, question)
    if query.bodies:
        return f"{place}{question}" if place else None
    topic = before.asked
    if _has_own_ask(query):
        topic = _statement(topic)
    return f"{topic} {question}".strip()


def _resolved(asked: Sequence[str], understanding: Understanding) -> Query:
    """The last question that has a topic, with the place of an earlier one where it names none."""
    queries = [understanding.query(text) for text in asked]
    latest = next((q for q in reversed(queries) if len(_PRONOUNS.sub("", q.residue)) > _TOPIC_LIMIT), queries[-1])
    if _names_place(latest):
        return latest
    placed = next((q for q in reversed(queries) if _names_place(q)), None)
    return understanding.query(f"{_place_words(placed)}{latest.asked}") if placed else latest


def _names_place(query: Query) -> bool:
    return bool(query.scope.places or query.scope.foreign or query.scope.documents)


def _place_words(query: Query | None) -> str:
    if query is None:
        return ""
    year = re.search(r"20\d\d年(?!底|末)", query.asked)
    years = year[0] if year and query.scope.documents else ""
    return f"{years}{'、'.join(query.scope.places)}" if query.scope.places else years


def _without_switch(question: str) -> str:
    found = _SWITCH.match(question)
    rest = question[found.end() :] if found else ""
    return f"{found['what']}{rest}" if found else re.sub(r"^(?:那么?|哦|嗯|好的|另外|还有)[,，]?", "", question)


def _with_place(before: Query, query: Query, question: str) -> str:
    """The earlier question asked of the new place, with what the new one adds."""
    topic = before.asked
    for place in (*before.scope.places, *before.scope.foreign):
        short = place[:-1] if len(place) > 2 else place
        topic = re.sub(rf"{short}[市区县]?(?:里|的)?", "", topic)
    topic = re.sub(r"^(?:市里|全市|本市)(?:的)?", "", topic)
    places = "、".join((*query.scope.places, *query.scope.foreign))
    extra = question if _has_own_ask(query) else ""
    return f"{places}{topic} {extra}".strip()


def _has_own_ask(query: Query) -> bool:
    return bool(query.asks or query.values)


def _statement(question: str) -> str:
    """The earlier question without its question words, so that the new one's are what is asked."""
    plain = re.sub(r"[?？]+$", "", question)
    return re.sub(
        r"(?:是)?(?:由|归)?(?:谁|哪些?(?:部门|单位|机关)|哪(?:个|几个)(?:部门|单位)?)(?:负责|牵头|管|抓)?(?:的)?$|(?:是)?(?:做|干|讲|说)?什么的?$|怎么(?:推动|推进|支持|样|规定)?的?$|有没有.{0,2}$",
        "",
        plain,
    )
