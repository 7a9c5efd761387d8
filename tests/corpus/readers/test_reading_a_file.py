from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from corpus.errors import UnreadableTextError
from corpus.readers import read_text
from corpus.readers.encoding import decode
from corpus.readers.html import text_of_html

TEXT = "虹口区“互联网+”办法〔2020〕\r\n一、①甲\u3000𠮷\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["UTF-8", "GB18030", "UTF-8 with its mark", "UTF-16 LE", "UTF-16 BE"],
)
def test_a_text_is_the_same_whatever_its_encoding(data: bytes) -> None:
    assert decode(data, "三.txt") == TEXT


def test_no_bytes_are_an_empty_text() -> None:
    assert decode(b"", "三.txt") == ""


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("甲\n乙\n".encode() + b"\xff", "三.txt, line 3: byte 0xff at offset 8"),  # 3 + 1 + 3 + 1
        (codecs.BOM_UTF8 + "甲\n".encode() + b"\xff", "三.txt, line 2: byte 0xff at offset 7"),  # 3 + 3 + 1
        ("甲".encode() + b"\x80\x81", "三.txt, line 1: byte 0x80 at offset 3"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "三.txt, line 1: byte 0x89 at offset 0"),
        (codecs.BOM_UTF16_LE + "甲".encode("utf-16-le") + b"\x00", "三.txt, line 1: byte 0x00 at offset 4"),  # 2 + 2
    ],
    ids=["UTF-8", "UTF-8 with its mark", "a stray continuation", "a picture", "half a UTF-16 unit"],
)
def test_the_first_byte_that_no_encoding_explains_is_named(data: bytes, place: str) -> None:
    with pytest.raises(UnreadableTextError) as error:
        decode(data, "三.txt")

    assert str(error.value).startswith(place)
    assert "Save the file as UTF-8" in str(error.value)


def test_utf_16_without_its_mark_is_no_text() -> None:
    with pytest.raises(UnreadableTextError, match=r"三\.txt"):
        decode("虹口区办法\n".encode("utf-16-le"), "三.txt")


def test_line_ends_and_white_space_of_a_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "三.txt"
    path.write_bytes("\u3000甲\r\n\n乙\u00a0\r".encode())

    assert read_text(path) == "\u3000甲\r\n\n乙\u00a0\r"


@pytest.mark.parametrize("name", ["三.txt", "三.TXT", "三.md"])
def test_text_and_markdown_are_read_as_they_stand(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("# 办法\n一、甲。\n", encoding="utf-8")

    assert read_text(path) == "# 办法\n一、甲。\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "三.txt"

    with pytest.raises(UnreadableTextError) as error:
        read_text(path)

    assert str(error.value) == f"{path}: no such file. Check the path."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "三.txt"
    path.mkdir()

    with pytest.raises(UnreadableTextError, match=r"三\.txt: .*Check the file"):
        read_text(path)


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", codecs.BOM_UTF8, "\u3000\u00a0\n".encode(), "\u200b\n\ufeff".encode()]
)
def test_a_file_without_words_holds_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "三.txt"
    path.write_bytes(data)

    with pytest.raises(UnreadableTextError, match=r"三\.txt: the file holds no text"):
        read_text(path)


@pytest.mark.parametrize("name", ["三.ppt", "三.json", "三"])
def test_a_kind_of_file_that_is_not_read_yet_is_named_with_those_that_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("一、甲。", encoding="utf-8")
    with pytest.raises(UnreadableTextError, match=r"can't be read yet; use \.txt, \.md, \.html, \.htm, \.pdf, \.ofd"):
        read_text(tmp_path / name)


def test_a_page_is_a_line_for_each_block() -> None:
    page = """<!doctype html><html><head><style>p { color: red }</style><script>var a = "一、假";</script></head>
    <body><h1>虹口区办法</h1><p>一、甲&nbsp;乙&amp;丙</p>
    <p>（一）第一行<br>第二行</p><!-- 注 --><ul><li>三</li><li>四</li></ul></body></html>"""

    assert text_of_html(page) == "虹口区办法\n一、甲\u00a0乙&丙\n（一）第一行\n第二行\n三\n四"


def test_the_cells_of_a_row_stay_on_its_line() -> None:
    assert (
        text_of_html("<table><tr><td>企业</td><td>10</td></tr><tr><td>园区</td><td>2</td></tr></table>")
        == "企业\t10\n园区\t2"
    )


def test_the_words_of_a_paragraph_stay_on_its_line() -> None:
    assert text_of_html("<p>一、<b>甲</b><span>乙</span></p>") == "一、甲乙"


@pytest.mark.parametrize("page", ["<p>甲", "甲", "<div><p>甲</div>", "</script>甲", "<noscript>乙</noscript>甲"])
def test_a_page_with_tags_missing_is_read(page: str) -> None:
    assert text_of_html(page) == "甲"


@pytest.mark.parametrize("suffix", [".html", ".htm", ".HTML"])
def test_a_page_on_disk_is_read_in_its_encoding(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"三{suffix}"
    path.write_bytes("<h1>办法</h1><p>一、甲。</p>".encode("gb18030"))

    assert read_text(path) == "办法\n一、甲。"


def test_a_page_without_words_holds_no_text(tmp_path: Path) -> None:
    path = tmp_path / "三.html"
    path.write_text("<html><script>1</script><p>&nbsp;</p></html>", encoding="utf-8")

    with pytest.raises(UnreadableTextError, match="holds no text"):
        read_text(path)
