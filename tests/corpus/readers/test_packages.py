"""The parts of a file that is an archive of them, within bounds."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from corpus.bounds import MAX_BYTES
from corpus.errors import UnreadableTextError
from corpus.readers.packages import Parts


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def test_members_are_unpacked_by_name() -> None:
    parts = Parts("a.ofd", zipped(("OFD.xml", b"<a/>"), ("Doc_0/", b""), ("Doc_0/b.xml", b"<b/>")))
    assert dict(parts) == {"OFD.xml": b"<a/>", "Doc_0/b.xml": b"<b/>"}
    assert "c.xml" not in parts


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "..\\a"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(UnreadableTextError, match=r"^a\.ofd: a name in it leads elsewhere"):
        Parts("a.ofd", zipped((name, b"")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused() -> None:
    with pytest.raises(UnreadableTextError, match="comes twice"):
        Parts("a.ofd", zipped(("a", b"1"), ("a", b"2")))


def test_a_member_that_unpacks_without_end_is_refused() -> None:
    parts = Parts("a.ofd", zipped(("a", bytes(MAX_BYTES + 1))))
    with pytest.raises(UnreadableTextError, match=r"^a\.ofd: a in it unpacks to more than"):
        parts["a"]


def test_members_together_have_a_bound() -> None:
    parts = Parts("a.ofd", zipped(*((str(n), bytes(MAX_BYTES)) for n in range(5))))
    with pytest.raises(UnreadableTextError, match="unpacks to more than"):
        sum(len(parts[name]) for name in parts)


def test_too_many_members_are_refused() -> None:
    with pytest.raises(UnreadableTextError, match="10,001 files"):
        Parts("a.ofd", zipped(*((str(n), b"") for n in range(10_001))))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip", zipped(("a", b"1"))[:-9]])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTextError, match=r"^a\.ofd: no archive, or a broken one"):
        Parts("a.ofd", data)


def test_a_member_with_a_password_is_refused() -> None:
    data = bytearray(zipped(("a", b"1")))
    where = data.index(b"PK\x01\x02") + 8
    data[where : where + 2] = struct.pack("<H", 1)
    with pytest.raises(UnreadableTextError, match="it is encrypted"):
        Parts("a.ofd", bytes(data))["a"]


def test_a_member_that_is_broken_is_named() -> None:
    data = zipped(("a", bytes(range(256)) * 9))
    with pytest.raises(UnreadableTextError, match=r"a in it is broken"):
        Parts("a.ofd", data[:40] + bytes(8) + data[48:])["a"]
