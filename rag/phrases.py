"""How a clause, its departments and its numbers are named in the direct answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.places import short_form
from corpus.script import simplify
from corpus.types import Department, Document, Node
from rag.messages import MESSAGES, ROLES

_LABEL = re.compile(
    r"^(?:[0-9]{1,2}(?:[.．][0-9]{1,2}(?![0-9]))+[.、．]?\s*|[㈠-㈩⑴-⒛]\s*|第[^章节条]{1,8}[章节条]\s*|[(（][^)）]{1,4}[)）]\s*|[0-9]{1,3}[.、．]\s*|[一二三四五六七八九十]{1,3}、\s*|[①-⑳]\s*)"
)
_TITLE_TAIL = re.compile(r"\s*[(（]\d{4}\s*[-—–]\s*\d{4}\s*年?[)）]$")
_MARK = re.compile(r"\[(\d{1,3})\]")  # [1], and no year of a document number such as [2020]


def short_title(document: Document) -> str:
    """The title without its years, simplified: what people call the document."""
    return _TITLE_TAIL.sub("", simplify(document.metadata.title))


def topic_of(clause: Node) -> str:
    """What a clause is called: its heading without the number."""
    heading = _LABEL.sub("", clause.heading).strip("。：:、. ")
    return heading or clause.heading


def unlabelled(words: str) -> str:
    """Words of a clause without the number they begin with: 第三条, （二）, 7.2."""
    return _LABEL.sub("", words, count=1).lstrip()


def place_and_topic(clause: Node, document: Document) -> str:
    """`虹口区在线金融服务`, or the topic alone where the heading names the place."""
    place = document.metadata.jurisdiction or ""
    topic = topic_of(clause)
    if not place or short_form(place) in topic:
        return topic
    quoted = topic if re.fullmatch("[一-鿿A-Za-z0-9“”+]{2,24}", topic) and not _is_bare(topic) else f"“{topic}”"
    return f"{place}{quoted}"


def _is_bare(topic: str) -> bool:
    return bool(re.fullmatch("标题|前言|结尾|落款|附件清单|段[0-9]+", topic))


def listed(clause: Node) -> tuple[Department, ...]:
    """The bodies that an answer lists: those of the brackets; those of the running text only without a bracket."""
    bracketed = tuple(d for d in clause.departments if d.source != "text")
    return bracketed or clause.departments


def names_of(departments: Iterable[Department]) -> str:
    rows = list(departments)
    names = "、".join(dict.fromkeys(d.name for d in rows))
    closing = "等相关部门" if any(d.open_ended and not d.name.startswith("各") for d in rows) else ""
    return names + closing


def full_name(name: str, place: str | None) -> str:
    """虹口区科委 for the 区科委 of 虹口区; a name that carries no district's level stays as it is."""
    return place + name[1:] if place and place.endswith("区") and name.startswith("区") else name


def responsibility(topic: str, departments: tuple[Department, ...], cited: str = "") -> str:
    """`虹口区在线金融服务由区金融工作局、区科委负责`, or the roles one by one where the text tells them apart."""
    by_role = {role: [d for d in departments if d.role == role] for role in ROLES}
    present = [role for role, rows in by_role.items() if rows]
    if present == ["responsible"]:
        return MESSAGES["responsible"].format(topic=topic, names=names_of(by_role["responsible"])) + cited
    roles = "；".join(
        MESSAGES["role_names"].format(role=ROLES[role] + "单位", names=names_of(by_role[role])) for role in present
    )
    return MESSAGES["topic_roles"].format(topic=topic, roles=roles) + cited


def renumbered(text: str, offset: int) -> str:
    """The text with its citation marks counted on from `offset`."""
    return _MARK.sub(lambda m: f"[{int(m[1]) + offset}]", text)
