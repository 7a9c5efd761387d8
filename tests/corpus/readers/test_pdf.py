"""PDF: what has a text layer is read, and what hasn't is refused with what to do."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from corpus.errors import UnreadableTextError
from corpus.readers import reading_of
from corpus.source import Source, document_from
from corpus.trial import Trial
from index.settings import ROOT
from tests.corpus.readers.typeset import Form, Sheet, Words, as_pdf, table, typeset

LINES = ["云湖市夜市管理办法", "第一条　夜市的摊位由市场管理部门统一编号。", "第二条　编号向社会公布。"]
SHEETS = typeset(LINES)


def text_of(data: bytes) -> str:
    return reading_of("a.pdf", data).text


def written(*objects: str | bytes, root: str = "1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, byte by byte."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (content.encode() if isinstance(content, str) else content) + b"\nendobj\n"
    table_at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + f"trailer\n<</Size {len(objects) + 1}/Root {root}>>\nstartxref\n{table_at}\n%%EOF\n".encode())


def stream(content: bytes, more: str = "") -> bytes:
    return f"<<{more}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def one_page(content: bytes, resources: str, *objects: str | bytes, more: str = "") -> bytes:
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>"
    catalog, pages = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return written(catalog, pages, page, stream(content, more), *objects)


def test_the_lines_of_a_page_are_its_text() -> None:
    assert text_of(as_pdf(SHEETS)).split("\n") == LINES


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_that_lies_on_its_side_is_read(turn: int) -> None:
    assert text_of(as_pdf(SHEETS, turn)).split("\n") == LINES


def test_a_clause_over_the_page_is_one_and_its_pages_are_known() -> None:
    clause = "第一条　" + "夜市的摊位由市场管理部门统一编号并向社会公布，" * 9
    form = Form(foot=110 + 28 * 3, furniture=lambda page, _: [Words(f"— {page + 1} —", 280, 800, 14)])
    reading = reading_of("a.pdf", as_pdf(typeset([clause], form)))
    assert reading.text == clause
    assert reading.pages == (0, 106)  # 25 characters behind the indent, then three lines of 27


def test_a_ruled_table_is_a_line_a_row() -> None:
    rows = [["任务", "责任单位"], ["建设夜市的公共厕所", "市城管局"]]
    assert text_of(as_pdf([table(rows, [120, 100])])).split("\n") == ["\t".join(row) for row in rows]


def test_a_page_that_is_a_picture_is_named_beside_the_text() -> None:
    document = document_from(Source("a.pdf", as_pdf([SHEETS[0], Sheet((), picture=True), SHEETS[0]])))
    assert [(notice.line, notice.message) for notice in document.notices if "picture" in notice.message] == [
        (4, "page 2 is a picture without text: nothing of it was read")
    ]


# one stretch of "Tj"s in a font whose codes nothing explains
_NAMELESS = "/Font<</F 5 0 R>>"
_IDENTITY = "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Song/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
_DESCENDANT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Song/Flags 4>>>>"
)
_PICTURE = stream(bytes(16), "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8")
REFUSED = {
    "no PDF": (b"PK\x03\x04", "no PDF, or a broken one"),
    "nothing": (b"", "no PDF, or a broken one"),
    "half of one": (as_pdf(SHEETS)[:300], "no PDF, or a broken one"),
    "encrypted": (as_pdf(SHEETS, lock=StandardEncryption("secret")), "it is encrypted"),
    "a scan": (one_page(b"q 595 0 0 842 0 0 cm /I Do Q", "/XObject<</I 5 0 R>>", _PICTURE), "1 pages with 0 characters of text, 1 of them pictures: a scan"),
    "a page without anything": (one_page(b"", ""), "a scan"),
    "fonts without names": (
        one_page(b"BT /F 12 Tf 72 700 Td <" + b"00410142" * 20 + b"> Tj ET", _NAMELESS, _IDENTITY, _DESCENDANT),
        "its fonts don't say which characters they draw",
    ),
    "more pages than a document has": (
        written("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{'3 0 R ' * 2001}]/Count 2001>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        "2,001 pages",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(UnreadableTextError, match=rf"^a\.pdf: .*{reason}"):
        reading_of("a.pdf", data)


def test_a_password_that_only_guards_changes_keeps_nobody_from_reading() -> None:
    assert text_of(as_pdf(SHEETS, lock=StandardEncryption("", "owner", canCopy=0))).split("\n") == LINES


def nested(depth: int) -> bytes:
    return one_page(b"", "", b"[" * depth + b"]" * depth)


def many_objects(count: int) -> bytes:
    return one_page(b"", "", *[b"<</A[1 2 3]>>"] * count)


def bomb(size: int) -> bytes:
    return one_page(zlib.compress(bytes(size), 9), "", more="/Filter/FlateDecode")


def many_rules(count: int) -> bytes:
    return one_page(b"0 0 m 9 9 l S\n" * count, "")


def form_in_form(depth: int) -> bytes:
    """Each draws the next one ten times."""
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {} 0 R>>>>"
    forms = [stream(b"/F Do " * 10, form.format(6 + n)) for n in range(depth)]
    return one_page(b"/F Do", "/XObject<</F 5 0 R>>", *forms, stream(b"", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nested arrays": lambda: nested(1_000_000),
    "hundreds of thousands of objects": lambda: many_objects(300_000),
    "a stream that unpacks to a gigabyte": lambda: bomb(2**30),
    "hundreds of thousands of lines": lambda: many_rules(300_000),
    "forms in forms": lambda: form_in_form(12),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_bounds(name: str) -> None:
    data = HOSTILE[name]()
    assert len(data) < 16 * 2**20
    with Trial() as trial, pytest.raises(UnreadableTextError, match=r"^a\.pdf: "):
        trial.read(Source("a.pdf", data))


def test_the_process_that_reads_on_trial_reads_it_too() -> None:
    with Trial() as trial:
        document = trial.read(Source("夜市.pdf", as_pdf(SHEETS)))
    assert (document.text.split("\n"), document.pages) == (LINES, (0,))


def test_nobody_who_reads_only_text_loads_the_library() -> None:
    program = "import sys; from corpus.readers import reading_of; reading_of('a.txt', b'a'); print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


WHOLE = as_pdf(typeset(LINES * 5, Form(foot=200)))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8), ends=st.booleans()
)
def test_a_damaged_file_is_read_or_refused(cut: float, flips: list[tuple[float, int]], ends: bool) -> None:
    data = bytearray(WHOLE)
    for where, value in flips:
        data[int(where * (len(data) - 1))] = value
    with suppress(UnreadableTextError):
        reading_of("a.pdf", bytes(data[: int(cut * len(data))] if ends else data))
