"""The messages a model is given: instructions from `rag/prompts/*.md`, the conversation, and numbered clauses as data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus.script import simplify
from corpus.types import Node
from index.settings import ROOT
from rag.grounding.types import Problem, Source
from rag.llm.types import Message
from rag.messages import ROLES
from rag.personal import masked
from rag.phrases import listed, short_title
from rag.types import Turn, Validity

DECLINE = "资料未载明"
DROP = "删去"
_TURNS, _TURN_LENGTH = 6, 300  # of the conversation that a model is shown
_CLAUSE_LENGTH = 1800
_PROMPTS = ROOT / "rag" / "prompts"
_WHY = {  # a problem's kind -> how the model is told
    "citation": "没有写条款编号", "number": "条款里没有这个数", "date": "条款里没有这个日期", "department": "条款里没有这个部门",
    "title": "条款里没有这个文件名", "document_number": "条款里没有这个文号", "obligation": "语气与条款不同",
    "negation": "肯定或否定与条款不同", "coverage": "条款没有写到", "order": "这是指令，不是答复",
    "bound": "数的上下限、增减与条款不同", "role": "部门的职责与条款不同", "opposite": "与条款相反", "place": "条款里没有这个地方",
    "scope": "范围与条款不同", "markup": "条款里没有这个链接或标记",
}  # fmt: skip


@lru_cache(maxsize=8)
def prompt(name: str) -> str:
    return (_PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip()


def answer_messages(
    question: str, history: Sequence[Turn], sources: Sequence[Source], validities: Sequence[Validity]
) -> list[Message]:
    """Instructions with one example, the last turns, then the clauses numbered from 1 with the question."""
    offered = "\n\n".join(_offered(n, *row) for n, row in enumerate(zip(sources, validities, strict=True), start=1))
    asked = f"{offered}\n\n问题：{_as_data(masked(question))}"
    shown = [Message("user", prompt("example_question")), Message("assistant", prompt("example_answer"))]
    return [Message("system", prompt("answer")), *shown, *_turns(history), Message("user", asked)]


def repair_messages(
    asked: Sequence[Message], written: str, faulty: Sequence[tuple[str, Sequence[Problem]]]
) -> list[Message]:
    """The first request, what was written, and each faulty sentence with the reasons."""
    rows = [f"{text}（{'；'.join(_reason(problem) for problem in problems)}）" for text, problems in faulty]
    return [*asked, Message("assistant", written), Message("user", prompt("repair") + "\n" + "\n".join(rows))]


def rewrite_messages(question: str, history: Sequence[Turn]) -> list[Message]:
    return [Message("system", prompt("rewrite")), *_turns(history), Message("user", _as_data(masked(question)))]


def entry_point_messages(clause: Node) -> list[Message]:
    return [Message("system", prompt("entry_points")), Message("user", f"<条款>\n{_as_data(clause.text)}\n</条款>")]


def _reason(problem: Problem) -> str:
    return f"{_WHY[problem.kind]}：{problem.words}"


def _turns(history: Sequence[Turn]) -> list[Message]:
    return [Message(turn.role, _as_data(masked(turn.content)[:_TURN_LENGTH])) for turn in history[-_TURNS:]]


def _offered(n: int, source: Source, validity: Validity) -> str:
    clause, document = source.clause, source.document
    bodies = "；".join(f"{ROLES[d.role]}：{d.name}" for d in listed(clause)) or "未写明"
    period = validity.basis.strip("()（）") if validity.basis else "未载明"
    text = clause.text if len(clause.text) <= _CLAUSE_LENGTH else clause.text[:_CLAUSE_LENGTH] + "……"
    head = f"[{n}] 《{short_title(document)}》 {simplify(clause.label)}｜{document.metadata.jurisdiction or '地区未载明'}｜部门：{bodies}｜实施期：{period}"
    return f"{head}\n<条款>\n{_as_data(text)}\n</条款>"


def _as_data(text: str) -> str:
    """Text that can't close or open the marks around a clause."""
    return text.replace("<条款>", "〈条款〉").replace("</条款>", "〈/条款〉").replace("<|", "〈|")
