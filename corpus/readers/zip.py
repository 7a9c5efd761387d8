"""The files in an archive of policies, within bounds: nothing is written anywhere, and none is opened that isn't asked for."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpus.bounds import MAX_BYTES, MAX_PARTS, MAX_UNPACKED
from corpus.errors import UnreadableTextError
from corpus.types import LeftOut

_IN_UTF8, _LOCKED = 0x800, 0x1  # bits of an entry's flags
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    LookupError,
)  # fmt: skip
_MADE_BY_SYSTEMS = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Packed:
    """A file in an archive. `name` has no folder; `shown` is its whole name."""

    name: str
    shown: str
    data: bytes


@dataclass(frozen=True)
class Unpacked:
    files: tuple[Packed, ...]
    left_out: tuple[LeftOut, ...]


def unpack(name: str, data: bytes, refusal: Callable[[str], LeftOut | None]) -> Unpacked:
    """The files that `refusal` has nothing against, in the order of their names; it gets a name without its folder.

    One folder that holds all the others is left aside. Raises UnreadableTextError where it is no whole archive, or
    holds more than an archive may.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(name, archive, refusal)
    except _BROKEN as error:
        raise UnreadableTextError(f"{name}: no readable archive ({_said(error)}). Pack it again as .zip.") from None


def _unpacked(name: str, archive: zipfile.ZipFile, refusal: Callable[[str], LeftOut | None]) -> Unpacked:
    entries = [(name_of(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
    entries.sort(key=lambda one: one[0])
    if len(entries) > MAX_PARTS:
        raise UnreadableTextError(f"{name}: {len(entries):,} files in it, more than {MAX_PARTS:,}. Split it.")
    if sum(entry.file_size for _, entry in entries) > MAX_UNPACKED:
        raise _too_much(name)
    common = _common_folder([shown for shown, _ in entries])
    files: list[Packed] = []
    left_out: list[LeftOut] = []
    left = MAX_UNPACKED
    for shown, entry in entries:
        inner = PurePosixPath(shown).name
        if wrong := _wrong_with(shown, entry, common):
            left_out.append(LeftOut(_plain(shown), wrong, is_expected=_is_a_systems(shown)))
            continue
        if refused := refusal(inner):
            left_out.append(replace(refused, name=shown))
            continue
        try:
            with archive.open(entry) as file:
                words = file.read(min(left, MAX_BYTES) + 1)  # what the archive says of its size may be wrong
        except _BROKEN as error:
            left_out.append(LeftOut(shown, f"it is damaged ({_said(error)}). Pack it again."))
            continue
        left -= len(words)
        if left < 0:
            raise _too_much(name)
        if len(words) > MAX_BYTES:
            left_out.append(LeftOut(shown, f"it has more than the {MAX_BYTES:,} bytes that such a file may have."))
        else:
            files.append(Packed(inner, shown, words))
    if not entries:
        raise UnreadableTextError(f"{name}: holds no files. Put policies in it.")
    return Unpacked(tuple(files), tuple(left_out))


def _too_much(name: str) -> UnreadableTextError:
    return UnreadableTextError(f"{name}: more than {MAX_UNPACKED:,} bytes when unpacked. Split it.")


def name_of(entry: zipfile.ZipInfo) -> str:
    """As whoever packed it wrote it: in UTF-8, which not every program says, or in GB18030; `/` between folders."""
    name = entry.orig_filename
    if not entry.flag_bits & _IN_UTF8:
        raw = name.encode("cp437", "replace")  # how `zipfile` reads what isn't said to be UTF-8
        name = next((words for words in _decoded(raw)), name)
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "gb18030"):
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            continue


def _wrong_with(shown: str, entry: zipfile.ZipInfo, common: str) -> str | None:
    """Why this file isn't opened, whatever kind it is of; None where nothing is wrong."""
    steps = shown.split("/")
    if shown.startswith("/") or ".." in steps or steps[0].endswith(":"):
        return "its name leads out of the archive. Pack it under another name."
    if not shown.isprintable():
        return "its name has characters that don't show. Pack it under another name."
    if _is_a_systems(shown):
        return "a system's own file."
    if "/" in shown.removeprefix(common):
        return "it lies in a folder of the archive. Pack the files without folders, or in one."
    if entry.flag_bits & _LOCKED:
        return "it is locked with a password. Pack it without one."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link. Pack the file itself."
    if shown.lower().endswith(".zip"):
        return "an archive in an archive isn't opened. Put its files beside the others."
    return None


def _common_folder(names: list[str]) -> str:
    """`政策/` where everything lies in this one folder, as when a folder is packed; else empty."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names if not _is_a_systems(name)}
    top = next(iter(tops)) if len(tops) == 1 else ""
    return f"{top}/" if top else ""


def _is_a_systems(name: str) -> bool:
    return any(step in _MADE_BY_SYSTEMS or step.startswith("._") or step == ".DS_Store" for step in name.split("/"))


def _plain(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:200]


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
