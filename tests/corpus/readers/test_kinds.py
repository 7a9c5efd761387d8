"""A file is what its first bytes say, and a name that says something else is told so."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableTextError
from corpus.readers import reading_of
from tests.corpus.readers.docx_files import a_docx, a_zip, p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = a_docx(p("甲"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("三.docx", OLE + b"\0" * 500, "is an old Word or WPS file, whatever it is called. Open it in Word or WPS and save it as .docx."),
        ("三.xlsx", OLE + "Workbook".encode("utf-16-le"), "is an old Excel file, whatever it is called. Open it in Excel"),
        ("三.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password, whatever it is called. Open it"),
        ("三.docx", b"{\\rtf1 ", "is an RTF file"),
        ("三.txt", b"{\\rtf1 ", "is an RTF file"),
        ("三.txt", WORD, "is a Word file, whatever it is called. Name it .docx."),
        ("三.xlsx", WORD, "is a Word file, whatever it is called. Name it .docx."),
        ("三.docx", a_zip({"xl/workbook.xml": ""}), "is an Excel file, whatever it is called. Name it .xlsx."),
        ("三.docx", a_zip({"OFD.xml": ""}), "is an OFD file"),
        ("三.docx", a_zip({"content.xml": ""}), "is an OpenDocument file"),
        ("三.html", a_zip({"甲.txt": ""}), "is an archive"),
        ("三.docx", b"%PDF-1.7", "is a PDF file, whatever it is called. Name it .pdf."),
        ("三.docx", b"\r\n<!DOCTYPE html><html>", "is a web page. Name it .html."),
        ("三.docx", "一、甲。".encode(), "is no .docx file. Open it in Word or WPS and save it as .docx."),
        ("三.docx", b"", "the file is empty. Get it again"),
        ("三.xlsx", b"", "the file is empty. Get it again"),
        ("三.doc", OLE, "files .doc can't be read. Open it in Word or WPS and save it as .docx."),
        ("三.WPS", OLE, "files .WPS can't be read. Open it in Word or WPS and save it as .docx."),
        ("三.rtf", b"{\\rtf1 ", "files .rtf can't be read. Open it in Word or WPS and save it as .docx."),
        ("三.xls", OLE, "files .xls can't be read. Open it in Excel or WPS and save it as .xlsx."),
        ("三.rar", b"Rar!", "files .rar can't be read. Unpack it"),
        ("三.ppt", OLE, "files .ppt can't be read yet; use .txt, .md"),
    ],
)  # fmt: skip
def test_a_file_that_isnt_what_it_is_called_says_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableTextError) as error:
        reading_of(name, data)
    assert str(error.value).startswith(f"{name}: {said}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("name", "data"), [("三.DOCX", WORD), ("三.txt", "PK 一、甲。".encode()), ("三.md", b"% PDF")])
def test_a_file_that_is_what_it_is_called_is_read(name: str, data: bytes) -> None:
    assert reading_of(name, data).text
