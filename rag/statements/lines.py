"""Lines and sentences of a clause with their offsets, and the offices that a line names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.front_lines import is_organ
from corpus.script import fold, simplify
from corpus.types import Document, Node
from rag.titles import is_annex

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。\n]+。?")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_STAFF = re.compile("(?:科|处|室|股|队|站)$")
_OF_A_SITE = re.compile("(?:官方)?(?:官网|网站|门户网站|微信公众号|公众号)$")
Span = tuple[int, int]


def lines_of(node: Node) -> Iterator[Span]:
    """Every line that prints something, without the blanks around it."""
    return (span for found in _LINE.finditer(node.text) if (span := trimmed(node.text, *found.span())))


def sentences_in(node: Node) -> Iterator[Span]:
    """Every sentence, without the blanks around it; half sentences stay together."""
    return (span for found in _SENTENCE.finditer(node.text) if (span := trimmed(node.text, *found.span())))


def trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def front_of(document: Document) -> Node:
    """The clause that holds the document's title."""
    return next((n for n in document.clauses if n.path.endswith("标题") and not is_annex(n)), document.clauses[0])


def own_clauses(document: Document) -> tuple[Node, ...]:
    """The clauses of the document itself, annexes left out; all where there is nothing else."""
    rows = tuple(node for node in document.clauses if not is_annex(node))
    return rows or document.clauses


def offices_in(words: str) -> tuple[str, ...]:
    """The offices that a row or a sign-off names, one beside another; a newspaper or an account is none."""
    plain = _ASIDE.sub("", simplify(words))
    names = (_OF_A_SITE.sub("", name) for name in re.split(r"[\s、，,;；]+", plain))
    return tuple(dict.fromkeys(name for name in names if name and (is_organ(name) or _STAFF.search(name))))


def squeezed(words: str) -> str:
    """Folded, blanks out."""
    return re.sub(r"\s", "", fold(words))
