"""Instructions from `rag/prompts/*.md`, and how texts are put before a model: as data between marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.types import Node
from index.settings import ROOT
from rag.grounding.types import Problem
from rag.llm.types import Message

DROP = "删去"
_PROMPTS = ROOT / "rag" / "prompts"
_MARKS = re.compile("<(/?(?:条款|问题|对话|目录))>")
_WHY = {  # a problem's kind -> how the model is told
    "citation": "没有写条款编号", "number": "条款里没有这个数", "misplaced": "条款里这个数说的是别的", "date": "条款里没有这个日期", "department": "条款里没有这个部门",
    "title": "条款里没有这个文件名", "document_number": "条款里没有这个文号", "obligation": "语气与条款不同",
    "negation": "肯定或否定与条款不同", "coverage": "条款没有写到", "order": "这是指令，不是答复",
    "bound": "数的上下限、增减与条款不同", "role": "部门的职责与条款不同", "opposite": "与条款相反", "place": "条款里没有这个地方",
    "scope": "范围与条款不同", "markup": "条款里没有这个链接或标记",
}  # fmt: skip
_OTHERWISE = "与条款不符"


@lru_cache(maxsize=16)
def prompt(name: str) -> str:
    return (_PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip()


def repair_messages(
    asked: Sequence[Message], written: str, faulty: Sequence[tuple[str, Sequence[Problem]]]
) -> list[Message]:
    """The first request, what was written, and each faulty sentence with the reasons."""
    rows = [f"{text}（{'；'.join(map(_reason, problems))}）" for text, problems in faulty]
    return [*asked, Message("assistant", written), Message("user", prompt("repair") + "\n" + "\n".join(rows))]


def entry_point_messages(clause: Node) -> list[Message]:
    return [Message("system", prompt("entry_points")), Message("user", f"<条款>\n{as_data(clause.text)}\n</条款>")]


def _reason(problem: Problem) -> str:
    return f"{_WHY.get(problem.kind, _OTHERWISE)}：{problem.words}"


def as_data(text: str) -> str:
    """Text that can't close or open the marks around what is data."""
    return _MARKS.sub(r"〈\1〉", text).replace("<|", "〈|")
