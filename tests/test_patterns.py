"""No pattern is made from what documents or people wrote: a place named ((((区 must be no regular expression."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from index.settings import ROOT

ROOMS = ("api", "corpus", "eval", "index", "rag", "records", "window", "commands")
MAKERS = {"compile", "match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split"}
OURS = {
    "NUMERAL",
    "label",
    "alternatives",
    "words",
    "body",
    "first",
    "own",
    "joint",
    "pattern",
    "bare",
    "word",
    "names",
    "tail",
}
# names that hold no data: made in the same function of constants and of re.escape


def _is_ours(node: ast.expr) -> bool:
    """A constant, a table's name in capitals, something escaped, or a piece put together of such."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name.lstrip("_").isupper() or name in OURS
        case ast.Call(func=ast.Attribute(attr="escape")):
            return True
        case ast.Call(func=ast.Attribute(value=frame, attr="format"), args=given):
            return _is_ours(frame) and all(map(_is_ours, given))
        case ast.JoinedStr(values=values):
            return all(_is_ours(v.value) if isinstance(v, ast.FormattedValue) else True for v in values)
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.Name(id="rows")]):
            return True  # the rows of a table
        case ast.BinOp(left=left, right=right):
            return _is_ours(left) and _is_ours(right)
    return False


def made_of_data(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in MAKERS
            and node.args
            and not _is_ours(node.args[0])
        ):
            found.append(f"{node.lineno}: {ast.unparse(node.args[0])[:80]}")
    return found


FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_patterns_are_made_of_constants_and_of_what_is_escaped(path: Path) -> None:
    assert made_of_data(path.read_text(encoding="utf-8")) == []


def test_a_pattern_of_data_is_seen() -> None:
    assert made_of_data("re.finditer(name2, plain)") == ["1: name2"]
    assert made_of_data('re.sub(rf"{place}[市区]", "", topic)') == ["1: f'{place}[市区]'"]
