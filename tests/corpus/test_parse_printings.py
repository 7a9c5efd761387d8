"""A policy printed another way keeps its paths and its departments."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from opencc import OpenCC

from corpus.parse import parse
from corpus.script import fold
from corpus.types import Corpus, Document

IDS = ("changning-145", "hongkou-2020", "jiading-2021", "shanghai-2016", "shanghai-2020")
_BREAKS = re.compile(r"\s*\n\s*")

PRINTINGS: dict[str, Callable[[str], str]] = {
    "traditional": OpenCC("s2t").convert,
    "full-width punctuation": lambda text: text.translate(str.maketrans("(),:;", "（），：；")),
    "half-width punctuation": lambda text: text.translate(str.maketrans("（），：；．", "(),:;.")),
    "full-width numbers": lambda text: text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
    "Windows line ends": lambda text: _BREAKS.sub("\r\n", text),
    "blank lines between": lambda text: _BREAKS.sub("\n\n", text),
    "indented paragraphs": lambda text: _BREAKS.sub("\n\u3000\u3000", text),
}


def outline(document: Document) -> list[tuple[str, bool, list[tuple[str, str, str]]]]:
    return [
        (node.path, node.heading_only, [(fold(d.name), d.role, d.kind) for d in node.departments])
        for node in document.nodes
    ]


def of(policies: Corpus, document_id: str) -> Document:
    document = policies.document(document_id)
    assert document is not None
    return document


@pytest.mark.parametrize("printing", PRINTINGS)
@pytest.mark.parametrize("document_id", IDS)
def test_script_width_and_line_ends_change_no_path(policies: Corpus, document_id: str, printing: str) -> None:
    document = of(policies, document_id)

    printed = parse(document_id, PRINTINGS[printing](document.text), document.metadata)

    assert outline(printed) == outline(document)


@pytest.mark.parametrize("document_id", ["changning-145", "hongkou-2020", "shanghai-2016", "shanghai-2020"])
def test_a_policy_on_one_line_keeps_its_numbered_paths(policies: Corpus, document_id: str) -> None:
    document = of(policies, document_id)

    flat = parse(document_id, _BREAKS.sub(" ", document.text), document.metadata)

    unnumbered = {"标题", "前言", "结尾"}
    assert [row for row in outline(flat) if row[0] not in unnumbered] == [
        row for row in outline(document) if row[0] not in unnumbered
    ]
