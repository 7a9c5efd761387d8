"""A policy that is set in type and laid on pages is the document that its plain text is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.source import Source, document_from
from corpus.types import Document, Node
from index.settings import ROOT
from tests.corpus.readers.typeset import Form, Sheet, Words, as_ofd, as_pdf, table, typeset

POLICIES = sorted((ROOT / "corpus" / "policies").glob("*.txt"))
STYLE = """@page { size: A4; margin: 37mm 26mm 35mm 28mm } body { font: 16pt/28pt sans-serif }
p { margin: 0; text-indent: 2em; text-align: justify }"""


def around(page: int, _pages: int) -> list[Words]:
    """A running header, and the page's number where an odd page and an even one have it."""
    number = Words(f"— {page + 1} —", 440 if page % 2 == 0 else 90, 800, 14)
    return [Words("云湖市人民政府公报　2021年第3期", 79, 60, 10.5), number]


def counted(page: int, pages: int) -> list[Words]:
    return [Words(f"第{page + 1}页 共{pages}页", 260, 800, 9)]


FORMS = {
    "as offices print": Form(furniture=around),
    "in two columns": Form(size=12, leading=20, columns=2, furniture=around),
    "without indents": Form(indent=0, between=10, furniture=counted),
    "with headings at the edge": Form(is_headed_flush=True, furniture=counted),
}


def by_browser(paragraphs: Sequence[str], folder: Path) -> bytes:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium isn't installed (Debian: apt-get install chromium)")
    page, printed = folder / "page.html", folder / "page.pdf"
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}", encoding="utf-8")
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", "--no-pdf-header-footer",
         f"--print-to-pdf={printed}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return printed.read_bytes()


def set_as(form: str, written: Callable[[Sequence[Sheet]], bytes]) -> Callable[[Sequence[str], Path], bytes]:
    return lambda paragraphs, _folder: written(typeset(paragraphs, FORMS[form]))


# Another way to print a document is a row: its ending, and what makes a file of paragraphs.
WRITERS: dict[str, tuple[str, Callable[[Sequence[str], Path], bytes]]] = {
    "PDF by a browser": (".pdf", by_browser),
    **{f"PDF {form}": (".pdf", set_as(form, as_pdf)) for form in FORMS},
    "PDF turned": (".pdf", set_as("as offices print", lambda sheets: as_pdf(sheets, turn=1))),
    **{f"OFD {form}": (".ofd", set_as(form, as_ofd)) for form in FORMS},
}


def close_up(text: str) -> str:
    """Paper doesn't hold white space."""
    return "".join(text.split())


def what_counts(node: Node) -> tuple[object, ...]:
    return node.path, close_up(node.text), node.heading_only, node.departments, node.parent


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_on_pages_is_the_policy_in_text(path: Path, writer: str, tmp_path: Path) -> None:
    suffix, made = WRITERS[writer]
    text = document_from(Source(path.name, path.read_bytes()))
    paragraphs = [line.strip() for line in text.text.splitlines() if line.strip()]

    paged = document_from(Source(path.stem + suffix, made(paragraphs, tmp_path)))

    assert [what_counts(node) for node in paged.nodes] == [what_counts(node) for node in text.nodes]
    assert close_up(paged.text) == close_up(text.text)
    assert (paged.metadata.title, paged.metadata.issuer) == (text.metadata.title, text.metadata.issuer)
    assert (paged.metadata.document_number, paged.metadata.issued_on) == (
        text.metadata.document_number, text.metadata.issued_on,
    )  # fmt: skip
    check_pages(paged)


def check_pages(document: Document) -> None:
    """Every page holds some of the text, and they follow one another."""
    assert document.pages[0] == 0
    assert len(document.pages) > 4
    assert all(before < after for before, after in pairwise(document.pages))
    assert document.pages[-1] < len(document.text)


@pytest.mark.parametrize(("suffix", "written"), [(".pdf", as_pdf), (".ofd", as_ofd)])
def test_a_table_is_a_line_a_row_that_goes_on_over_the_page(
    suffix: str, written: Callable[[Sequence[Sheet]], bytes]
) -> None:
    head = ["序号", "任务", "责任单位"]
    rows = [
        ["1", "建设夜市的公共厕所，统一编号并向社会公布", "市城管局"],
        ["2", "开通夜间公交线路", "市交通局、市公安局"],
        ["3", "公布投诉电话", "市市场监管局"],
    ]
    title = Words("云湖市夜市建设任务分工表", 200, 90)
    first, second = table([head, *rows[:2]], [50, 200, 150]), table([head, rows[2]], [50, 200, 150])
    data = written([Sheet((title, *first.words), first.bars), second])

    document = document_from(Source(f"云湖{suffix}", data))

    printed = ["\t".join(row) for row in [head, *rows]]
    assert document.text.split("\n") == [title.text, *printed]
    assert document.page_at(document.text.index("3\t公布")) == 2
