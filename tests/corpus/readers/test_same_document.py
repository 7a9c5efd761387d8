"""A policy gives the same clauses and bodies whatever file it comes as: each is written in every form and read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from corpus.load import load_documents
from corpus.numerals import NUMERAL, number_of
from corpus.source import Source, document_from, source_at
from corpus.trial import Trial
from corpus.types import Department, Document
from index.settings import ROOT
from tests.corpus.readers.docx_files import a_docx, a_zip, p

POLICIES = sorted((ROOT / "corpus" / "policies").glob("*.txt"))
each_policy = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.stem)
# A number at the start of a line -> Word's format, and what Word puts around it.
_NUMBERED = (
    (re.compile(f"({NUMERAL})、"), "chineseCountingThousand", "%1、"),
    (re.compile(rf"\(({NUMERAL})\)"), "chineseCountingThousand", "(%1)"),
    (re.compile(f"（({NUMERAL})）"), "chineseCountingThousand", "（%1）"),
    (re.compile(r"([0-9]{1,2})\.(?![0-9])"), "decimal", "%1."),
    (re.compile("([0-9]{1,2})、"), "decimal", "%1、"),
    (re.compile("專項([0-9]{1,2})"), "decimal", "專項%1"),
)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def typed(text: str) -> bytes:
    """A Word file whose numbers are typed."""
    return a_docx(*(p(line) for line in _lines(text)))


@dataclass
class _Numbers:
    """Lists of a Word file, one for each form of number; where one doesn't follow the last, the list begins anew."""

    last: dict[int, int]
    used: dict[int, int]  # by form: the w:num in use
    xml: str = ""
    count: int = 0

    def paragraph(self, line: str) -> str:
        words = line.strip()
        for form, (pattern, _, _) in enumerate(_NUMBERED):
            found = pattern.match(words)
            value = number_of(found[1]) if found else None
            if found and value:
                if self.last.get(form) != value - 1:
                    self._begin(form, value)
                self.last[form] = value
                return p(words[found.end() :], number=self.used[form])
        return p(line)

    def _begin(self, form: int, value: int) -> None:
        self.count += 1
        self.used[form] = self.count
        self.xml += (
            f'<w:num w:numId="{self.count}"><w:abstractNumId w:val="{form}"/><w:lvlOverride w:ilvl="0"><w:startOverride '
            f'w:val="{value}"/></w:lvlOverride></w:num>'
        )


def automatic(text: str) -> bytes:
    """A Word file whose numbers Word works out."""
    numbers = _Numbers({}, {})
    body = [numbers.paragraph(line) for line in _lines(text)]
    assert numbers.count > 1
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{form}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{words}"/></w:lvl></w:abstractNum>'
        for form, (_, kind, words) in enumerate(_NUMBERED)
    )
    return a_docx(*body, numbering=lists + numbers.xml)


def page(text: str) -> bytes:
    """A web page, a paragraph a line."""
    return f"<html><body>{''.join(f'<p>{escape(line)}</p>' for line in _lines(text))}</body></html>".encode()


# A further form is a row: its ending, and what writes a text in it.
WRITERS: tuple[tuple[str, str, Callable[[str], bytes]], ...] = (
    ("UTF-16", ".txt", lambda text: text.encode("utf-16")),
    ("GB18030", ".txt", lambda text: text.encode("gb18030")),
    ("Markdown", ".md", lambda text: text.encode()),
    ("page", ".html", page),
    ("Word, typed", ".docx", typed),
    ("Word, automatic", ".docx", automatic),
)


def clauses_of(document: Document) -> list[tuple[str, bool, str, tuple[Department, ...]]]:
    """Paths, words but for white space, and bodies."""
    return [(node.path, node.heading_only, re.sub(r"\s", "", node.text), node.departments) for node in document.nodes]


@each_policy
@pytest.mark.parametrize(("suffix", "write"), [row[1:] for row in WRITERS], ids=[row[0] for row in WRITERS])
def test_a_policy_is_the_same_in_every_form(policy: Path, suffix: str, write: Callable[[str], bytes]) -> None:
    source = source_at(policy)
    original = document_from(source)
    other = document_from(Source(f"{policy.stem}{suffix}", write(original.text), source.beside))

    assert clauses_of(other) == clauses_of(original)
    assert [clause.clause_id for clause in other.clauses] == [clause.clause_id for clause in original.clauses]
    assert other.metadata == original.metadata
    assert other.notices == () == original.notices


@each_policy
def test_what_a_policy_prints_about_itself_is_the_same_in_a_word_file(policy: Path) -> None:
    source = source_at(policy)
    original = document_from(Source(source.name, source.data))
    other = document_from(Source(f"{policy.stem}.docx", automatic(original.text)))

    assert other.metadata == original.metadata


def test_the_forms_are_read_in_the_process_with_bounds_as_well(tmp_path: Path) -> None:
    texts = {policy: policy.read_text(encoding="utf-8") for policy in POLICIES}
    (tmp_path / "政策.zip").write_bytes(a_zip({f"{policy.stem}.docx": typed(text) for policy, text in texts.items()}))
    documents, left_out = load_documents(tmp_path / "政策.zip")

    assert left_out == ()
    with Trial() as trial:
        for policy, document in zip(POLICIES, documents, strict=True):
            assert document == trial.read(Source(f"{policy.stem}.docx", typed(texts[policy])))
            assert [one.path for one in document.nodes] == [
                one.path for one in trial.read(Source(policy.name, policy.read_bytes())).nodes
            ]
