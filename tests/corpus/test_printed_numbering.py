"""Every printed form of numbering: the tree of a text, whatever the forms its labels come in."""

from __future__ import annotations

import pytest

from corpus.source import Source, document_from
from corpus.types import Document
from tests.corpus.printed_numbering import PRINTED


def read(name: str) -> Document:
    suffix, text, _ = PRINTED[name]
    return document_from(Source(f"any{suffix}", text.encode()))


@pytest.mark.parametrize("name", PRINTED)
def test_the_nodes_of_a_text_are_what_its_numbering_says(name: str) -> None:
    printed = [("." if node.heading_only else "") + node.path for node in read(name).nodes]

    assert printed == PRINTED[name][2].split()


@pytest.mark.parametrize("name", PRINTED)
def test_its_nodes_give_the_text_back(name: str) -> None:
    document = read(name)

    assert "".join(document.text[node.start : node.span_end] for node in document.nodes) == document.text
    assert all(node.text == document.text[node.start : node.end] for node in document.nodes)
