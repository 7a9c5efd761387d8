"""An archive of policies opened within bounds."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping

import pytest

from corpus.bounds import MAX_BYTES
from corpus.errors import UnreadableTextError
from corpus.readers.zip import Unpacked, unpack
from corpus.types import LeftOut
from tests.corpus.readers.docx_files import a_zip

WORDS = "一、甲。".encode()


def opened(files: Mapping[str, str | bytes] | bytes) -> Unpacked:
    data = files if isinstance(files, bytes) else a_zip(files)
    return unpack("政策.zip", data, lambda name: LeftOut(name, "no text.") if name.endswith(".exe") else None)


def reasons(unpacked: Unpacked) -> dict[str, str]:
    return {one.name: one.reason for one in unpacked.left_out}


def renamed(files: Mapping[str, bytes], encoding: str) -> bytes:
    """Packed the way programs do that don't say how a name is written."""
    places = {name: chr(ord("g") + n) * len(name.encode(encoding)) for n, name in enumerate(files)}
    data = a_zip({places[name]: words for name, words in files.items()})
    for name, place in places.items():
        data = data.replace(place.encode(), name.encode(encoding))
    return data


def test_files_come_by_name_with_their_bytes() -> None:
    found = opened({"乙.txt": WORDS, "甲.docx": b"PK", "丙.exe": b"MZ"})
    assert [(one.name, one.data) for one in found.files] == [("乙.txt", WORDS), ("甲.docx", b"PK")]
    assert reasons(found) == {"丙.exe": "no text."}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_name_is_read_in_the_encoding_it_was_written_in(encoding: str) -> None:
    found = opened(renamed({"夜市管理办法.txt": WORDS}, encoding))
    assert [one.name for one in found.files] == ["夜市管理办法.txt"]


@pytest.mark.parametrize("slash", ["/", "\\"])
def test_one_folder_around_everything_is_left_aside(slash: str) -> None:
    found = opened(renamed({f"政策{slash}甲.txt": WORDS, f"政策{slash}乙.txt": WORDS}, "gb18030"))
    assert [one.shown for one in found.files] == ["政策/乙.txt", "政策/甲.txt"]


def test_a_file_in_a_further_folder_is_named() -> None:
    found = opened({"政策/甲.txt": WORDS, "政策/旧/乙.txt": WORDS, "政策/旧/": b""})
    assert [one.name for one in found.files] == ["甲.txt"]
    assert "it lies in a folder of the archive" in reasons(found)["政策/旧/乙.txt"]


def test_a_systems_own_files_count_for_nothing() -> None:
    found = opened({"政策/甲.txt": WORDS, "__MACOSX/政策/._甲.txt": b"\0", "政策/.DS_Store": b"\0"})
    assert [one.name for one in found.files] == ["甲.txt"]
    assert [one.is_expected for one in found.left_out] == [True, True]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../甲.txt", "leads out of the archive"),
        ("甲/../../乙.txt", "leads out of the archive"),
        ("/etc/甲.txt", "leads out of the archive"),
        ("C:\\甲.txt", "leads out of the archive"),
        ("里面.zip", "an archive in an archive isn't opened"),
        ("甲\u202e.txt", "characters that don't show"),
        ("甲\n.txt", "characters that don't show"),
    ],
)
def test_a_name_that_isnt_taken_is_given_with_the_reason(name: str, reason: str) -> None:
    found = opened({"乙.txt": WORDS, name: WORDS})
    assert [one.name for one in found.files] == ["乙.txt"]
    ((shown, said),) = reasons(found).items()
    assert reason in said
    assert shown.isprintable()


def test_a_link_and_a_locked_file_are_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", WORDS)
    data = bytearray(out.getvalue())
    second = data.index(b"PK\x03\x04", 4)
    data[second + 6] |= 1
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[directory + 8] |= 1

    assert reasons(opened(bytes(data))) == {
        "link.txt": "it is a link. Pack the file itself.",
        "locked.txt": "it is locked with a password. Pack it without one.",
    }


def test_a_damaged_file_is_named_and_the_others_are_read() -> None:
    data = bytearray(a_zip({"甲.txt": b"a" * 1_000, "乙.txt": WORDS}))
    at = data.index("甲.txt".encode()) + len("甲.txt".encode())
    data[at : at + 4] = b"\xff\xff\xff\xff"
    found = opened(bytes(data))
    assert [one.name for one in found.files] == ["乙.txt"]
    assert "it is damaged" in reasons(found)["甲.txt"]


def test_a_file_that_is_longer_than_one_may_be_is_named() -> None:
    found = opened({"甲.txt": b"\0" * (MAX_BYTES + 1), "乙.txt": WORDS})
    assert "more than the 16,777,216 bytes" in reasons(found)["甲.txt"]


def lying(data: bytes) -> bytes:
    """The archive with every size in its directory said to be 1."""
    found, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        found[at + 24 : at + 28] = (1).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(found)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_zip({}), "holds no files"),
        (b"PK\x03\x04 and then nothing", "no readable archive"),
        (a_zip({"甲.txt": WORDS})[:60], "no readable archive"),
        (a_zip({f"{number}.txt": b"" for number in range(2_001)}), "2,001 files in it, more than 2,000"),
        (a_zip({f"{number}.txt": b"\0" * 2**24 for number in range(5)}), "more than 67,108,864 bytes when unpacked"),
    ],
    ids=["empty", "a beginning alone", "cut off", "many files", "a bomb"],
)
def test_an_archive_that_cant_be_used_is_refused_with_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTextError, match=rf"^政策\.zip: .*{reason}"):
        opened(data)


def test_a_bomb_that_lies_about_its_size_is_not_believed() -> None:
    found = opened(lying(a_zip({f"{number}.txt": b"\0" * 2**24 for number in range(5)})))
    assert sum(len(one.data) for one in found.files) <= 5
