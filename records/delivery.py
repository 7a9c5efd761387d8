"""A delivery of files: what each of them is to the documents that are there, before anything is changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal

from corpus.archives import ARCHIVES, is_archive, is_policy
from corpus.entry_points import read_entry_points
from corpus.errors import CorpusError
from corpus.files import is_folder
from corpus.readers import READERS
from corpus.readers.kinds import unknown_kind
from corpus.relations import squeezed
from corpus.source import Source, source_at
from corpus.trial import Trial
from corpus.types import Corpus, Document
from index.settings import IndexSettings

Fate = Literal["added", "changed", "unchanged", "known", "skipped", "refused"]
_UNFIT = re.compile(r'[\s#/\\?%*:|"<>\x00-\x1f]+')  # characters that an id, a file and an address can't all have
_LONGEST = 120  # bytes of an id: file systems take names of 255
_HIDDEN = (".", "~$", "__MACOSX")
Watch = Callable[[int, int], None]  # files done, files there are


@dataclass(frozen=True)
class Received:
    """One file, its name with the archive's or folder's before it; `reason` says why it isn't taken, or what to look at."""

    name: str
    fate: Fate
    document_id: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """`sources` are the files to be put in, each with what was read of it, by document id."""

    received: tuple[Received, ...]
    sources: Mapping[str, tuple[Source, Document]]

    def count(self, fate: Fate) -> int:
        return sum(one.fate == fate for one in self.received)


@dataclass
class _Known:
    """What is there already, and what this delivery has brought so far."""

    files: dict[str, str] = field(default_factory=dict)  # digest of the bytes -> document id
    texts: dict[str, str] = field(default_factory=dict)  # digest of the words -> document id
    titles: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)


def looked_through(
    paths: Iterable[Path], corpus: Corpus, settings: IndexSettings, watch: Watch = lambda *_: None
) -> Delivery:
    """Every file of `paths`, folders and archives opened, each read on trial and told from what is there.

    A text that leaves an entry point behind, which leads to a clause that it no longer has, is refused.
    """
    known = _known(corpus, settings.corpus)
    received: list[Received] = []
    sources: dict[str, tuple[Source, Document]] = {}
    with Trial() as trial:
        files = list(_files(paths, trial))
        for done, (name, found) in enumerate(files, start=1):
            one, document = (
                (found, None)
                if isinstance(found, Received)
                else _told(name, found, known, sources, trial, settings.asked_as)
            )
            received.append(one)
            if document is not None and isinstance(found, Source):
                sources[document.id] = (_named(found, document.id), document)
            watch(done, len(files))
    return Delivery(tuple(received), sources)


def received_json(one: Received) -> dict[str, Any]:
    return asdict(one) | {"warnings": list(one.warnings)}


def id_of(name: str) -> str:
    """The document id that a file's name gives; empty where nothing of the name can be one."""
    stem = _UNFIT.sub("-", PurePath(name).stem).strip("-.")
    while len(stem.encode("utf-8", "replace")) > _LONGEST:
        stem = stem[:-1]
    return stem.strip("-.")


def _told(
    name: str, source: Source, known: _Known, taken: Mapping[str, object], trial: Trial, asked_as: Path
) -> tuple[Received, Document | None]:
    document_id = id_of(source.name)
    if not document_id:
        return Received(name, "refused", reason="no letter or figure in its name: rename it."), None
    if document_id in taken:
        reason = f"another file of this delivery is called {document_id} as well: rename one."
        return Received(name, "refused", document_id, reason), None
    same = known.files.get(_digest(source.data))
    if same is not None and source.beside is None:
        return Received(name, "unchanged" if same == document_id else "known", same, _as(same, document_id)), None
    try:
        document = trial.read(_named(source, document_id))
        read_entry_points(asked_as, [document])
    except CorpusError as error:
        return Received(
            name, "refused", document_id, _without(f"{document_id}{PurePath(name).suffix.lower()}", error)
        ), None
    words, title = _digest(squeezed(document.text).encode("utf-8", "replace")), squeezed(document.metadata.title)
    twin = known.texts.get(words)
    if twin not in (None, document_id):
        return Received(name, "known", str(twin), _as(str(twin), document_id)), None
    other = known.titles.get(title)
    hint = "" if other in (None, document_id) else f"{other} has the same title: is it another version of it?"
    known.files[_digest(source.data)] = known.texts[words] = document_id
    known.titles.setdefault(title, document_id)
    warnings = tuple(f"line {notice.line}: {notice.message}" for notice in document.notices)
    fate: Fate = "changed" if document_id in known.ids else "added"
    return Received(name, fate, document_id, hint, warnings), document


def _as(same: str, document_id: str) -> str:
    return "" if same == document_id else f"the same text is there as {same}."


def _known(corpus: Corpus, folder: Path) -> _Known:
    known = _Known(ids={document.id for document in corpus.documents})
    for document in corpus.documents:
        known.texts[_digest(squeezed(document.text).encode("utf-8", "replace"))] = document.id
        known.titles.setdefault(squeezed(document.metadata.title), document.id)
    for path in folder.iterdir():
        if path.stem in known.ids and is_policy(path.name) and path.is_file():
            known.files[_digest(path.read_bytes())] = path.stem
    return known


def _files(paths: Iterable[Path], trial: Trial) -> Iterator[tuple[str, Source | Received]]:
    """Each policy's file, or why what lies there isn't one."""
    for path in paths:
        if is_folder(path):
            inside = (one for one in sorted(path.rglob("*")) if not is_folder(one) and not _is_hidden(one, path))
            for one in inside:
                yield from _file(one, str(one.relative_to(path.parent)), trial)
        else:
            yield from _file(path, path.name, trial)


def _is_hidden(path: Path, above: Path) -> bool:
    return any(part.startswith(_HIDDEN) for part in path.relative_to(above).parts)


def _file(path: Path, name: str, trial: Trial) -> Iterator[tuple[str, Source | Received]]:
    if path.suffix.lower() == ".toml" or path.stem.lower() == "readme":
        return  # it tells about the others
    try:
        if is_policy(path.name):
            yield name, source_at(path)
        elif is_archive(path.name):
            found = trial.unpack(source_at(path))
            yield from ((f"{name}/{shown}", one) for shown, one in found.sources)
            rows = (row for row in found.left_out if not PurePath(row.name).name.startswith(_HIDDEN))
            for row in rows:
                fate: Fate = "skipped" if row.is_expected else "refused"
                yield f"{name}/{row.name}", Received(f"{name}/{row.name}", fate, reason=row.reason)
        else:
            unknown = unknown_kind(path.name, (*READERS, *ARCHIVES))
            yield name, Received(name, "skipped" if unknown.is_expected else "refused", reason=unknown.reason)
    except CorpusError as error:
        yield name, Received(name, "refused", reason=_without(path.name, error))


def _without(name: str, error: CorpusError) -> str:
    """The error's words without the file's name, which stands before them in a report."""
    words = str(error)
    return words[words.find(name) + len(name) :].lstrip(":, ") if name in words else words


def _named(source: Source, document_id: str) -> Source:
    return Source(f"{document_id}{PurePath(source.name).suffix.lower()}", source.data, source.beside)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
