"""OFD (GB/T 33190): what its pages draw, wherever the standard lets it stand."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableTextError
from corpus.readers import reading_of
from corpus.readers.ofd_text import steps_of
from corpus.types import Notice
from tests.corpus.readers.typeset import Form, Sheet, Words, as_ofd, ofd_page, typeset

LINES = ["云湖市夜市管理办法", "第一条　夜市的摊位由市场管理部门统一编号。", "第二条　编号向社会公布。"]
SHEETS = typeset(LINES)
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE = "Doc_0__Pages__Page_0__Content.xml"


def text_of(data: bytes) -> str:
    return reading_of("a.ofd", data).text


def page_with(objects: str) -> bytes:
    """A page that draws these objects, and a line of its own below them."""
    ending = '<ofd:TextObject Boundary="30 200 150 6" Size="6"><ofd:TextCode X="0" Y="6">本办法自公布之日起施行。</ofd:TextCode></ofd:TextObject>'
    layer = f"<ofd:Content><ofd:Layer>{objects}{ending}</ofd:Layer></ofd:Content>"
    return as_ofd([Sheet(())], **{PAGE: f"<ofd:Page {NAMESPACE}>{layer}</ofd:Page>"})


def a_text(
    words: str, boundary: str = "30 50 150 8", size: str = "6", code: str = 'X="0" Y="6"', more: str = ""
) -> str:
    return f'<ofd:TextObject Boundary="{boundary}" Size="{size}" {more}><ofd:TextCode {code}>{words}</ofd:TextCode></ofd:TextObject>'


def first_line(objects: str) -> str:
    return text_of(page_with(objects)).split("\n")[0]


def test_the_lines_of_a_page_are_its_text() -> None:
    assert text_of(as_ofd(SHEETS)).split("\n") == LINES


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ("5 5 6", (5, 5, 6)),
        ("g 3 5", (5, 5, 5)),
        ("1 g 2 5 6", (1, 5, 5, 6)),
        ("g 2 5 g 1 7", (5, 5, 7)),
        ("g 99999999999 5", (5,) * 10),
        ("g -3 5 x", ()),
        ("g", ()),
        ("g 1e999 5 nan inf", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_steps_are_written_one_by_one_or_as_so_many_of_a_kind(written: str | None, steps: tuple[float, ...]) -> None:
    assert steps_of(written, 10) == steps


@pytest.mark.parametrize("code", ['X="0" Y="6" DeltaX="g 3 6"', 'X="0" Y="6" DeltaX="6"', 'X="0" Y="6"', 'Y="6"'])
def test_characters_follow_one_another(code: str) -> None:
    assert first_line(a_text("夜市办法", code=code)) == "夜市办法"


def test_characters_that_stand_apart_are_a_title_spaced_out() -> None:
    assert first_line(a_text("夜市办法", code='X="0" Y="6" DeltaX="g 3 18"')) == "夜市办法"


def test_several_codes_go_on_where_the_first_says() -> None:
    codes = (
        '<ofd:TextCode X="0" Y="6" DeltaX="6">夜市</ofd:TextCode><ofd:TextCode X="12" DeltaX="6">办法</ofd:TextCode>'
    )
    assert first_line(f'<ofd:TextObject Boundary="30 50 90 8" Size="6">{codes}</ofd:TextObject>') == "夜市办法"


def test_a_transformation_places_and_scales() -> None:
    """Twice as large, and two lines on one height."""
    large = a_text("夜市", "30 50 90 8", "3", 'X="0" Y="3" DeltaX="3"', 'CTM="2 0 0 2 0 0"')
    assert first_line(large + a_text("办法", "42 50 90 8")) == "夜市办法"


def test_words_across_the_page_are_left_out() -> None:
    assert first_line(a_text("内部资料", more='CTM="0.7 0.7 -0.7 0.7 0 0"')) == "本办法自公布之日起施行。"


def test_layers_and_blocks_are_looked_into() -> None:
    nested = f"<ofd:PageBlock><ofd:PageBlock>{a_text('夜市')}</ofd:PageBlock></ofd:PageBlock>"
    assert first_line(nested + a_text("办法", "42 50 90 8")) == "夜市办法"


@pytest.mark.parametrize("space", ['xmlns:ofd="http://www.ofdspec.org"', 'xmlns="http://www.ofdspec.org/2016"', ""])
def test_any_namespace_will_do(space: str) -> None:
    page = ofd_page(SHEETS[0]).replace(NAMESPACE, space)
    page = page if "xmlns:ofd" in space else page.replace("ofd:", "")
    assert text_of(as_ofd(SHEETS, **{PAGE: page})).split("\n") == LINES


def test_what_a_template_draws_stands_on_each_page_that_names_it() -> None:
    """A header on a template page goes as any other; a title that one page alone takes from it stays."""
    document = (
        f'<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:TemplatePage ID="9" BaseLoc="Tpls/T/Content.xml"/></ofd:CommonData>'
        '<ofd:Pages><ofd:Page BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
    )
    parts = {
        "Doc_0__Document.xml": document,
        "Doc_0__Tpls__T__Content.xml": ofd_page(Sheet((Words("云湖市人民政府文件", 150, 80, 30),))),
        PAGE: ofd_page(SHEETS[0], '<ofd:Template TemplateID="9"/><ofd:Template TemplateID="8"/>'),
    }
    assert text_of(as_ofd(SHEETS, **parts)).split("\n") == ["云湖市人民政府文件", *LINES]


def test_all_documents_in_a_file_are_read() -> None:
    body = "<ofd:DocBody><ofd:DocRoot>{}</ofd:DocRoot></ofd:DocBody>"
    root = f"<ofd:OFD {NAMESPACE}>{body.format('Doc_0/Document.xml')}{body.format('/Doc_0/Document.xml')}</ofd:OFD>"
    reading = reading_of("a.ofd", as_ofd(SHEETS, **{"OFD.xml": root}))
    assert reading.text.split("\n") == LINES * 2
    assert len(reading.pages) == 2


def test_a_page_that_is_a_picture_is_said_to_be_unread() -> None:
    image = f'<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer><ofd:ImageObject Boundary="0 0 210 297"/></ofd:Layer></ofd:Content></ofd:Page>'
    three = [SHEETS[0], Sheet(()), SHEETS[0]]
    reading = reading_of("a.ofd", as_ofd(three, **{PAGE.replace("Page_0", "Page_1"): image}))
    assert reading.notices == (Notice(4, "page 2 is a picture without text: nothing of it was read"),)
    assert reading.text.split("\n") == LINES * 2
    with pytest.raises(UnreadableTextError, match=r"2 pages with .* 1 of them pictures"):
        reading_of("a.ofd", as_ofd([Sheet(()), Sheet(())], **{PAGE: image}))


def test_a_signature_keeps_nobody_from_reading() -> None:
    assert text_of(as_ofd(SHEETS, Doc_0__Signs__Signatures=f"<ofd:Signatures {NAMESPACE}/>")).split("\n") == LINES


ENTITIES = '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y SYSTEM "file:///etc/passwd">]>'
REFUSED = {
    "no archive": (b"%PDF-1.7", "no archive"),
    "another archive": (as_ofd(SHEETS, **{"OFD.xml": "<a/>"}), "names no document"),
    "pictures of pages": (as_ofd([Sheet(()), Sheet(())]), "2 pages with 0 characters of text, 0 of them pictures: a scan"),
    "encrypted": (as_ofd(SHEETS, **{"Encryptions.xml": "<a/>"}), "it is encrypted"),
    "entities": (as_ofd(SHEETS, **{"OFD.xml": ENTITIES + "<a>&x;</a>"}), "declares entities"),
    "broken XML": (as_ofd(SHEETS, **{PAGE: "<ofd:Page"}), r"Content\.xml in it is broken"),
    "deep XML": (as_ofd(SHEETS, **{PAGE: "<a>" * 100_000}), "is broken"),
    "a page that is missing": (as_ofd(SHEETS, **{"Doc_0__Document.xml": '<a><Pages><Page BaseLoc="p"/></Pages></a>'}), "p that .* names is missing"),
    "a way out": (as_ofd(SHEETS, **{"OFD.xml": "<a><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></a>"}), "is missing"),
    "characters that stand for nothing": (page_with(a_text("\ue123" * 30)), "say which characters"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(UnreadableTextError, match=rf"^a\.ofd: .*{reason}"):
        reading_of("a.ofd", data)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6), ends=st.booleans()
)
def test_a_damaged_file_is_read_or_refused(cut: float, flips: list[tuple[float, int]], ends: bool) -> None:
    data = bytearray(WHOLE)
    for where, value in flips:
        data[int(where * (len(data) - 1))] = value
    with suppress(UnreadableTextError):
        reading_of("a.ofd", bytes(data[: int(cut * len(data))] if ends else data))


WHOLE = as_ofd(typeset(LINES * 5, Form(foot=200)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(["Boundary", "Size", "CTM", "HScale"]), st.text("0123456789 .-eg", max_size=30)),
       st.dictionaries(st.sampled_from(["X", "Y", "DeltaX", "DeltaY"]), st.text("0123456789 .-eg", max_size=30)),
       st.text("ML CQBA0123456789.-S", max_size=60))  # fmt: skip
def test_any_numbers_in_it_are_read_or_refused(of_object: dict[str, str], of_code: dict[str, str], path: str) -> None:
    def written(attributes: dict[str, str]) -> str:
        return " ".join(f'{name}="{value}"' for name, value in attributes.items())

    drawn = f"<ofd:TextObject {written(of_object)}><ofd:TextCode {written(of_code)}>夜市办法</ofd:TextCode></ofd:TextObject>"
    line = f"<ofd:PathObject {written(of_object)}><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    assert "本" in text_of(page_with(drawn + line)) or of_object
