from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import UnreadableTextError
from corpus.files import read_file


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(path.parent)  # a socket's address is short
        listening.bind(path.name)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "is a pipe, not a file of text"),
        (os.mkdir, "is a folder, not a file of text"),
        (a_socket, "is a socket, not a file of text"),
        (lambda path: path.symlink_to("/dev/zero"), "is a device, not a file of text"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to("nowhere"), "no such file"),
        (lambda path: path.write_bytes(b"12345"), "longer than the 4 bytes"),
    ],
    ids=["a pipe", "a folder", "a socket", "a device", "a link to itself", "a link to nothing", "a long file"],
)
def test_what_is_no_short_file_is_named_and_never_waited_for(
    make: Callable[[Path], object], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "odd.txt")

    with pytest.raises(UnreadableTextError, match=rf"odd\.txt: {reason}"):
        read_file(tmp_path / "odd.txt", 4)


def test_a_name_that_no_system_takes_is_named() -> None:
    with pytest.raises(UnreadableTextError, match="Check the file"):
        read_file(Path("a\0b.txt"))


def test_a_file_as_long_as_may_be_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"1234")

    assert read_file(tmp_path / "long.txt", 4) == b"1234"
