"""The slots that a follow-up leaves open, filled from the question before it: place, document, topic, what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.places import short_form
from corpus.script import fold
from rag.question import Query, Understanding
from rag.wording import ASKING

# Closed classes of words, folded: what points back or holds a talk together names no subject.
_POINTERS = re.compile(
    r"第[一二三四五六七八九十\d]+[个点条项]?|[这那该此其][个项条份家些事边块里么样段]?(?:方面|事儿?)?|[它他她]们?|同[一样]|类似|差不多|相应|对应|"
    r"别[的处人]|另外|刚才|前面|上面|里面|部门|单位|做法|说法|提法|情况|口径|头上|"
    r"[也呢吗吧了的又还再都就有没是哦嗯好换说讲做搞弄推比差列到追问成变]"
)
_PRONOUN = re.compile(r"[这那](?!么)(?![个份]?(?:意见|方案|规划|计划|办法|条例|文件))|它|此事|该项|其中")
_BODY = re.compile(
    r"(?:[这那该此]|第[一二三四五六七八九十\d]+|头一|最后[一那]?)(?P<many>[些几两])?[个家]?(?:部门|单位|机构|[委办]?局)|[这那]家"
)
_OPENING = re.compile(r"^(?:那么?(?![个条项份家些里边种样])|哦|嗯|好的?|对了|另外|还有|换[成到]?)[,，。]?")
_COMPARES = re.compile(r"^(?:那么?|如果|要是)?[和跟与同比][^,。?]{1,16}?(?:比|不同|区别|,|差)")
_CLOSING = re.compile("[?？。！!]+$")
_PARTICLE = re.compile("呢$")
_YEAR_FORM = r"(?<![到至])(?:20)?\d\d年(?!底|末)"
_YEAR, _OF_YEAR = re.compile(_YEAR_FORM), re.compile(rf"{_YEAR_FORM}的?")
_CITY = re.compile(r"(?:市里|全市|本市|市级|区里)(?:层面)?的?")
_KIND_OF_TEXT = re.compile(r"[那这]?[个份]?(?:实施意见|行动方案|行动计划|方案|意见|规划|文件)(?:里面?|中)?的?[,，]?")


def stands_alone(own: Query) -> bool:
    """Whether the question says where it looks and what it is about, or names a text that isn't here."""
    return own.scope.missing_document is not None or (names_scope(own) and names_subject(own))


def names_scope(query: Query) -> bool:
    return bool(query.scope.places or query.scope.foreign or query.scope.documents)


def names_subject(query: Query) -> bool:
    """Whether the question says more than pointing words can."""
    words = (*query.subjects, *query.strangers)
    return any(len(_POINTERS.sub("", word)) > 1 for word in words)


def asks(query: Query) -> bool:
    """Whether the question's own words say what is wanted."""
    return bool(query.kinds.wanted_values or ASKING.search(fold(query.asked)))


def points_at_bodies(own: Query) -> bool:
    """第一个部门, 这家单位: whether bodies are meant that the last answer named."""
    return not own.bodies and not names_scope(own) and not names_subject(own) and bool(_BODY.search(fold(own.asked)))


def with_bodies(own: Query, earlier: Query, named: Sequence[str], understanding: Understanding) -> str | None:
    """The question with the bodies it points at by name, of those `named` in the last answer, in the order there."""
    found = _BODY.search(fold(own.asked))
    at = own.ordinal or 1
    if found is None or abs(at) > len(named):
        return None
    meant = named if found["many"] else [named[at - (at > 0)]]
    words = f"{own.asked[: found.start()]}{'、'.join(meant)}{own.asked[found.end() :]}"
    return _placed(_scope_words(earlier, understanding), _OPENING.sub("", words))


def standalone(own: Query, earlier: Query, understanding: Understanding, title: str = "") -> str | None:
    """The question in words that need no conversation; None when it has nothing to take over.

    `title` is that of the document spoken of, for questions about the document itself.
    """
    if stands_alone(own):
        return None
    if own.bodies and earlier.bodies and not names_subject(own) and not asks(own):
        return _of_another_body(own, earlier, understanding)
    if names_scope(own):
        return _elsewhere(own, earlier, understanding)
    if names_subject(own) or (own.bodies and not _PRONOUN.search(fold(own.asked))):
        return _of_another_subject(own, earlier, understanding)
    if title and asks(own) and next(iter(own.kinds.ops)) == "fact":
        return f"《{title}》{_plain(own)}"
    return put_together(own, earlier)


def put_together(own: Query, earlier: Query) -> str:
    """What the earlier question is about, and the new question after it; all of it where the new one asks nothing."""
    return f"{statement(earlier) if asks(own) else earlier.asked} {_plain(own)}".strip()


def statement(query: Query) -> str:
    """The question up to the last word that says what it is about: 虹口区在线教育, of 虹口区在线教育由谁负责."""
    folded = fold(query.asked)
    ends = [folded.rfind(word) + len(word) for word in query.topics if word in folded]
    ends += [body.end for body in query.bodies]
    return query.asked[: max(ends)] if ends else _CLOSING.sub("", query.asked)


def _of_another_body(own: Query, earlier: Query, understanding: Understanding) -> str:
    """The earlier question with the new body in the old one's stead, in the place asked about now or before."""
    asked = earlier.asked.replace(earlier.bodies[0].words, own.bodies[0].words, 1)
    for old in earlier.scope.places:
        asked = re.sub(rf"{re.escape(short_form(old))}[市区县]?(?=[市区县])", "", asked)
    return _placed(_scope_words(own if names_scope(own) else earlier, understanding), asked)


def _elsewhere(own: Query, earlier: Query, understanding: Understanding) -> str:
    """The earlier topic at the new place or in the new document, with what the new question asks, if it asks."""
    where = _scope_words(own, understanding)
    if _COMPARES.match(fold(own.asked)):
        return f"{_scope_words(earlier, understanding)}、{where}{_without_scope(earlier, earlier.asked)} {own.asked}"
    asks_itself = own.residue or (own.kinds.wanted - {"yes_no"} and asks(own))
    topic = _without_scope(earlier, statement(earlier) if asks_itself else earlier.asked)
    return f"{where}{topic} {_plain(own) if asks_itself else ''}".strip()


def _of_another_subject(own: Query, earlier: Query, understanding: Understanding) -> str | None:
    """The new subject where the earlier question looked; asked as it was, where the new one asks nothing."""
    place = _scope_words(earlier, understanding)
    if place and not own.scope.hints:
        place += understanding.annex_named(earlier)
    words = _plain(own)
    if not asks(own) and "bodies" in earlier.kinds.wanted and _PARTICLE.search(_CLOSING.sub("", own.asked)):
        tail = _CLOSING.sub("", earlier.asked[len(statement(earlier)) :])
        words = f"{_PARTICLE.sub('', _CLOSING.sub('', words))}{tail}？"
    return _placed(place, words) if place else None


def _plain(query: Query) -> str:
    return _OPENING.sub("", query.asked)


def _placed(place: str, words: str) -> str:
    """虹口区 + 区体育局 -> 虹口区体育局."""
    return f"{place}{words[1:]}" if words and place.endswith(words[0]) else f"{place}{words}"


def _scope_words(query: Query, understanding: Understanding) -> str:
    """The places, years and the title that the question names, as words."""
    year = _YEAR.search(query.asked)
    years = year[0] if year and query.scope.documents else ""
    titled = len(query.scope.documents) == 1 and not years
    quoted = f"《{understanding.title_of(query.scope.documents[0])}》" if titled else ""
    return f"{years}{'、'.join((*query.scope.places, *query.scope.foreign))}{quoted}"


def _without_scope(query: Query, words: str) -> str:
    """The question's words without its places, years and kinds of text."""
    words = re.sub("《[^》]*》", "", words)
    for place in (*query.scope.places, *query.scope.foreign):
        words = re.sub(rf"{re.escape(short_form(place))}[市区县]?里?的?", "", words)
    if query.scope.documents:
        words = _OF_YEAR.sub("", words)
    return _KIND_OF_TEXT.sub("", _CITY.sub("", words))
