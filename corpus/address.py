"""Addresses inside an article: 第十五条/第二款/(一) is paragraph two, item one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.headings import label_at
from corpus.lines import Line, lines_of
from corpus.numerals import number_of
from corpus.script import fold
from corpus.types import Document, Node

_LONGEST, _INSIDE = 400, 3  # characters of a path, and steps inside an article: 款, 项, 目
_DECIMAL = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}")
_PARAGRAPH = re.compile(r"第(.+)款")


@dataclass(frozen=True)
class Address:
    """A node, and where the addressed words stand in its text. `sub_path` is None for the whole node."""

    node: Node
    sub_path: str | None
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.node.text[self.start : self.end]


def normal_path(path: str) -> str:
    """A typed path as the tree has it: half-width brackets, simplified, no stray punctuation."""
    steps = (_normal_step(step) for step in fold(path).strip("/").split("/"))
    return "/".join(steps)


def _normal_step(step: str) -> str:
    """第 2 条 -> 第二条, ㈠ -> (一), as labels read."""
    bare = re.sub(r"[、.:]+$", "", step.strip())
    label = label_at(bare) or label_at(f"{bare}、")
    return label.address if label and label.end >= len(bare) else bare


def find(document: Document, path: str) -> Address | None:
    """The node at `path`, or the 款 and 项 inside it that the rest of the path names; None if there is none."""
    if len(path) > _LONGEST:
        return None
    steps = normal_path(path).split("/")
    for count in range(len(steps), 0, -1):
        node = _node_at(document, "/".join(steps[:count]))
        if node is not None:
            return _inside(node, steps[count:])
    return None


def _node_at(document: Document, path: str) -> Node | None:
    """The node, with either zero in its number (第一百零一条, 第一百〇一条); a decimal alone stands for its whole path."""
    for known in (path, path.replace("〇", "零"), path.replace("零", "〇")):
        if (node := document.node(known)) is not None:
            return node
    if not _DECIMAL.fullmatch(path):
        return None
    rows = [node for node in document.nodes if node.path.rsplit("/", 1)[-1] == path]
    return rows[0] if len(rows) == 1 else None


def _inside(node: Node, steps: list[str]) -> Address | None:
    start, end = 0, len(node.text)
    if len(steps) > _INSIDE:
        return None
    if not steps:
        return Address(node, None, start, end)
    for step in steps:
        span = _paragraph(node.text, step) if _PARAGRAPH.fullmatch(step) else _item(node.text[:end], start, step)
        if span is None:
            return None
        start, end = span
    return Address(node, "/".join(steps), start, end)


def _paragraph(text: str, step: str) -> tuple[int, int] | None:
    """第N款: the N-th paragraph that is no item, with the items under it."""
    found = _PARAGRAPH.fullmatch(step)
    number = number_of(found[1]) if found else None
    lines = lines_of(text)
    lines = lines[1:] if _is_title(lines) else lines
    starts = [line.start for i, line in enumerate(lines) if i == 0 or label_at(line.text) is None]
    if number is None or not 1 <= number <= len(starts):
        return None
    start = starts[number - 1]
    end = starts[number] if number < len(starts) else len(text)
    return start, start + len(text[start:end].rstrip())


def _is_title(lines: Sequence[Line]) -> bool:
    """三、资金来源 on a line of its own, above paragraphs."""
    first = lines[0].text.strip() if lines else ""
    is_bare = bool(first) and label_at(first) is not None and not re.search("[。；：，;:,]", first)
    return is_bare and any(line.text.strip() and label_at(line.text) is None for line in lines[1:])


def _item(text: str, start: int, step: str) -> tuple[int, int] | None:
    """(一) or 1: the line with that label, to the next item or the next 款."""
    inside = [line for line in lines_of(text) if line.start >= start]
    for index, line in enumerate(inside):
        label = label_at(line.text)
        if label is None or label.address != step:
            continue
        following = (label_at(later.text) for later in inside[index + 1 :])
        stops = [
            later.start
            for later, other in zip(inside[index + 1 :], following, strict=True)
            if other is None or other.rank.level <= label.rank.level
        ]
        end = stops[0] if stops else len(text)
        return line.start, line.start + len(text[line.start : end].rstrip())
    return None
