"""A Markdown file's text. Its front matter is no part of the document: what it says about it is kept as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\+\+\+|\.\.\.)[ \t\r]*$", re.MULTILINE)
_MOST = 20_000  # characters of front matter
_PAIR = re.compile(r"([A-Za-z一-鿿][\w一-鿿 -]{0,30}?)\s*[:=：]\s*(.{1,300})")
# The key of a front matter -> what a page would print.
_LABELS = {
    "date": "发布日期", "published": "发布日期", "pubdate": "发布日期", "发布日期": "发布日期", "成文日期": "成文日期",
    "issuer": "发文机关", "publisher": "发文机关", "organization": "发文机关", "发文机关": "发文机关", "发布机关": "发布机关",
    "制定机关": "制定机关", "number": "文号", "document_number": "文号", "文号": "文号", "发文字号": "发文字号", "source": "来源", "来源": "来源",
}  # fmt: skip
_TITLES = ("title", "标题", "名称")


def text_of_markdown(text: str) -> str:
    """The text, behind the title and the facts that its front matter gives and the text doesn't print."""
    opening = _FENCE.match(text)
    closing = _END.search(text, opening.end(), opening.end() + _MOST) if opening else None
    if opening is None or closing is None:
        return text
    pairs = list(_pairs(text[opening.end() : closing.start()]))
    if not pairs:
        return text  # a rule across the page, and no front matter
    body = text[closing.end() :].lstrip("\r\n")
    title = next((value for key, value in pairs if key in _TITLES), "")
    front = [title] if title and _squeezed(title) not in _squeezed(body[:2000]) else []
    front += [f"{_LABELS[key]}：{value}" for key, value in pairs if key in _LABELS]
    return "\n".join([*front, body])


def _pairs(front: str) -> Iterator[tuple[str, str]]:
    for line in front.splitlines():
        if found := _PAIR.fullmatch(line.strip()):
            yield found[1].strip().lower(), found[2].strip().strip("\"'")


def _squeezed(words: str) -> str:
    return re.sub(r"[\s#*]", "", words)
