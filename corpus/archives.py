"""An archive of policies -> the sources in it. Like a document it is opened in a process of its own (`corpus.trial`)."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import PurePath

from corpus.bounds import MAX_METADATA_BYTES
from corpus.readers import READERS
from corpus.readers.kinds import check_kind, unknown_kind
from corpus.readers.zip import Packed, unpack
from corpus.source import Source
from corpus.types import LeftOut

ARCHIVES = (".zip",)
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Archive:
    """`sources` come with their whole names in the archive, and so does what is left out."""

    sources: tuple[tuple[str, Source], ...]
    left_out: tuple[LeftOut, ...]


def is_archive(name: str) -> bool:
    return PurePath(name).suffix.lower() in ARCHIVES


def is_policy(name: str) -> bool:
    """Whether a file that is called so is read as a policy."""
    path = PurePath(name)
    return path.suffix.lower() in READERS and path.stem.lower() != "readme"


def archive_from(source: Source) -> Archive:
    """Opened in this process: for a file that nobody vouches for use `corpus.trial`.

    Raises UnreadableTextError, its words beginning with the file's name.
    """
    check_kind(source.name, source.data)
    unpacked = unpack(source.name, source.data, _refusal)
    texts = [one for one in unpacked.files if is_policy(one.name)]
    beside = {_without_suffix(one): one for one in unpacked.files if not is_policy(one.name)}
    sources, left_out = [], list(unpacked.left_out)
    for text in texts:
        metadata = beside.get(_without_suffix(text))
        if metadata and len(metadata.data) > MAX_METADATA_BYTES:
            reason = f"its metadata has more than {MAX_METADATA_BYTES:,} bytes. Shorten or remove it."
            left_out.append(LeftOut(text.shown, reason))
        else:
            sources.append((text.shown, Source(text.name, text.data, metadata.data if metadata else None)))
    for alone in beside.keys() - {_without_suffix(text) for text in texts}:
        reason = "its text is missing. Put it beside the metadata, or remove them."
        left_out.append(LeftOut(beside[alone].shown, reason))
    return Archive(tuple(sources), tuple(sorted(left_out, key=lambda one: one.name)))


def _refusal(name: str) -> LeftOut | None:
    path = PurePath(name)
    if is_policy(name) or path.suffix == ".toml":
        return None
    if path.stem.lower() == "readme":
        return LeftOut(name, "it tells about the others.", is_expected=True)
    return unknown_kind(name, READERS)


def _without_suffix(file: Packed) -> str:
    return str(PurePath(file.shown).with_suffix(""))


def packed(archive: Archive) -> bytes:
    """The archive for the wire; `archive_of` gives it back."""
    head = {
        "sources": [
            [shown, one.name, len(one.data), -1 if one.beside is None else len(one.beside)]
            for shown, one in archive.sources
        ],
        "left_out": [[one.name, one.reason, one.is_expected] for one in archive.left_out],
    }
    words = json.dumps(head).encode("ascii")
    pieces = [piece for _, one in archive.sources for piece in (one.data, one.beside or b"")]
    return b"".join((_LENGTH.pack(len(words)), words, *pieces))


def archive_of(data: bytes) -> Archive:
    (length,) = _LENGTH.unpack_from(data)
    at = _LENGTH.size + length
    head = json.loads(data[_LENGTH.size : at])
    sources = []
    for shown, name, size, beside in head["sources"]:
        end = at + size
        metadata = None if beside < 0 else data[end : end + beside]
        sources.append((shown, Source(name, data[at:end], metadata)))
        at = end + max(beside, 0)
    return Archive(tuple(sources), tuple(LeftOut(*row) for row in head["left_out"]))
