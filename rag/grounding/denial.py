"""What a sentence denies, the yes or no that it begins with, and what it says that the texts don't say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UP_TO = "[^,，;；。!?！？]"
_DENIED = re.compile(
    rf"(?:并?不是|并非|而非|而不是|不等于|不止是?|没有说是?|没说是?|没有规定是?)(?P<claim>{_UP_TO}{{1,40}}?)(?=[,，;；。!?！？]|而是|$)"
)
_WRONG = re.compile(
    rf"(?P<claim>{_UP_TO}{{2,40}}?)(?:的?(?:说法|理解|讲法|提法))?(?:是)?(?:不对|不准确|有误|不正确|不属实|不实|错误的?|是错的)"
)
_NOT_ENOUGH = re.compile(
    rf"(?<=[,，;；])(?P<claim>{_UP_TO}{{1,12}}?)(?:就|都|也|还|是)?(?:不够|不行|不算|不作数)(?=[,，;；。]|$)"
)
_LEAD = re.compile(
    r"^(?:原则上|一般(?:来说)?|目前|暂时|当然|那)?(?P<no>不是的?|不能|不可以|不行|不对|不用|不需要|无需|不必|不会|不属于|不包括|没有|否|并非如此|并不是|不)(?=[,，。:：;；!])"
    r"|^(?P<refused>(?:不是?|没有?|不用|不需要|不能|不可以|不会|无需|不必|不得|未)[^,，。:：;；!]{1,8})(?=[,，。:：;；!])"
    r"|^(?P<yes>是的?|对的?|可以的?|能|能够|有的?|会|需要|要|行|属于|包括|应当|应该|正确|没错|没问题)(?=[,，。:：;；!])"
)
_SILENT = re.compile(
    "(?:条款|原文|文件|文中|该条|本条|规定|政策|办法|通知|方案|材料)?(?:里|中)?(?:并)?(?:未|没有?)(?:明确|具体)?(?:提及|提到|规定|载明|写明|说明|列出|涉及|明确|给出|写)"
    f"{_UP_TO}*"
)


@dataclass(frozen=True)
class Claims:
    """`text` is the sentence with what it denies blanked out, of the same length; `lead` is its yes or no."""

    text: str
    denied: tuple[str, ...]
    lead: str
    silent: tuple[str, ...]


def claims_of(said: str, question: str = "") -> Claims:
    """Reads a folded sentence; a first stretch that refuses what was asked is a no."""
    lead = _LEAD.match(said)
    if lead and lead["refused"] and not _is_asked(lead["refused"], question):
        lead = None
    text = _blank(said, *lead.span()) if lead else said
    denied: list[str] = []
    for pattern in (_DENIED, _WRONG, _NOT_ENOUGH):
        for found in list(pattern.finditer(text)):
            denied.append(found["claim"])
            text = _blank(text, *found.span())
    silent = []
    for found in list(_SILENT.finditer(text)):
        silent.append(found[0])
        text = _blank(text, *found.span())
    return Claims(text, tuple(denied), ("yes" if lead["yes"] else "no") if lead else "", tuple(silent))


def _is_asked(words: str, question: str) -> bool:
    """Whether the words behind a no are the question's."""
    plain = re.sub("^(?:不是|没有|不用|不需要|不能|不可以|不会|无需|不必|不得|不|没|未)", "", words)
    return bool(plain) and sum(character in question for character in plain) >= len(plain) * 0.5


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "，" * (end - start) + text[end:]
