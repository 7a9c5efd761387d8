"""Office files of any content: read or refused with their name, whatever stands where."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archives import archive_from
from corpus.errors import CorpusError
from corpus.readers import reading_of
from corpus.source import Source
from tests.corpus.readers.docx_files import a_docx, a_zip, numbering, p, r, style, table

_WHOLE = a_docx(
    p("办法", style="A"),
    p("甲。", number=1),
    table(["乙", "丙"]),
    numbering=numbering([("decimal", "%1.")]),
    styles=style("A"),
)
_NAMES = [
    "p", "r", "t", "br", "tab", "tbl", "tr", "tc", "tcPr", "vMerge", "gridSpan", "gridBefore", "pPr", "rPr", "pStyle",
    "rStyle", "numPr", "numId", "ilvl", "vanish", "del", "ins", "moveFrom", "sdt", "sdtPr", "sdtContent", "docPartGallery",
    "fldChar", "fldSimple", "instrText", "pict", "txbxContent", "footnoteReference", "hyperlink", "ruby", "rt", "trPr",
]  # fmt: skip
_ATTRIBUTES = st.sampled_from(
    ["", 'w:val="1"', 'w:val="0"', 'w:val="9999999999999"', 'w:val="-1"', 'w:val="restart"', 'w:fldCharType="begin"',
     'w:fldCharType="separate"', 'w:fldCharType="end"', 'w:instr=" PAGE "', 'w:id="1"', 'w:val="Table of Contents"']
)  # fmt: skip
_ELEMENTS = st.recursive(
    st.sampled_from(["甲", "一、乙。", " ", "TOC"]),
    lambda inside: st.builds(
        lambda name, attributes, content: f"<w:{name} {attributes}>{''.join(content)}</w:{name}>",
        st.sampled_from(_NAMES),
        _ATTRIBUTES,
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


def outcome(name: str, data: bytes) -> str:
    """The text, or nothing where the file is refused in one line that begins with its name."""
    said = ""
    try:
        return reading_of(name, data).text
    except CorpusError as error:
        said = str(error)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    return ""


@settings(max_examples=200, deadline=2000)
@given(body=st.lists(_ELEMENTS, max_size=6).map("".join))
def test_any_body_of_a_word_file_is_read(body: str) -> None:
    data = a_docx(p("头。"), body, p("尾。"), numbering=numbering([("decimal", "%1.")]), footnotes=[body])
    assert "头。" in outcome("三.docx", data)


@settings(max_examples=100, deadline=2000)
@given(lists=st.lists(_ELEMENTS, max_size=4).map("".join), styles=st.lists(_ELEMENTS, max_size=4).map("".join))
def test_any_lists_and_styles_of_a_word_file_are_read(lists: str, styles: str) -> None:
    whole = numbering(
        [("decimal", "%1.")], more=f'<w:num w:numId="2">{lists}</w:num><w:abstractNum>{lists}</w:abstractNum>{lists}'
    )
    data = a_docx(
        p("甲", style="A", number=2), p(r("乙")), numbering=whole, styles=style("A", styles, run=styles) + styles
    )
    assert "乙" in outcome("三.docx", data)


_DAMAGE = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=8)


def damaged(data: bytes, places: list[tuple[int, int]]) -> bytes:
    found = bytearray(data)
    for at, byte in places:
        found[at % len(found)] = byte
    return bytes(found)


@settings(max_examples=150, deadline=2000)
@given(places=_DAMAGE, cut=st.integers(0, 200))
def test_a_damaged_word_file_is_read_or_refused(places: list[tuple[int, int]], cut: int) -> None:
    outcome("三.docx", damaged(_WHOLE, places)[: len(_WHOLE) - cut])


@settings(max_examples=100, deadline=2000)
@given(part=st.sampled_from(zipfile.ZipFile(io.BytesIO(_WHOLE)).namelist()), places=_DAMAGE)
def test_a_word_file_with_a_damaged_part_is_read_or_refused(part: str, places: list[tuple[int, int]]) -> None:
    with zipfile.ZipFile(io.BytesIO(_WHOLE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    outcome("三.docx", a_zip({**parts, part: damaged(parts[part], places)}))


@settings(max_examples=150, deadline=2000)
@given(places=_DAMAGE, cut=st.integers(0, 100))
def test_a_damaged_archive_is_opened_or_refused(places: list[tuple[int, int]], cut: int) -> None:
    data = a_zip({"政策/甲.txt": "一、甲。", "政策/乙.docx": _WHOLE})
    said = "三.zip: "
    try:
        archive_from(Source("三.zip", damaged(data, places)[: len(data) - cut]))
    except CorpusError as error:
        said = str(error)
    assert said.startswith("三.zip: ")
