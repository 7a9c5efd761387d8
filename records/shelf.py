"""Documents put in, replaced and taken away while the service runs. A text that can't be read changes nothing."""

from __future__ import annotations

import fcntl
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from corpus.archives import is_archive
from corpus.bounds import MAX_BYTES, MAX_METADATA_BYTES
from corpus.entry_points import read_entry_points
from corpus.errors import CorpusError
from corpus.files import is_folder, is_there, read_file
from corpus.kept import Kept, key_of
from corpus.load import load_corpus
from corpus.metadata import toml_of
from corpus.readers import READERS
from corpus.source import Source
from corpus.trial import Trial
from corpus.types import Corpus
from index.build import build_index
from index.embedder import open_embedder
from index.settings import IndexSettings
from records.delivery import Delivery, looked_through
from records.errors import NotFoundError, ShelfError, UnusableError

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class Served(Protocol):
    """Whatever has opened the texts, and opens them again when they have changed."""

    def reload(self) -> object: ...


class Shelf:
    """The folder of policies and its index, changed together: read on trial, indexed, put in place, reloaded."""

    def __init__(self, settings: IndexSettings, live: Served) -> None:
        """`live` is what answers from the shelf."""
        self._settings, self._live = settings, live
        self._lock = threading.Lock()
        self._trying = threading.Lock()  # one text at a time: a second process would want as much memory again

    def put(self, document_id: str, suffix: str, text: bytes, metadata: bytes | None = None) -> bool:
        """Whether the document is new. `metadata` is the .toml beside it.

        It is read on trial first, in a process with bounded time and memory, while others may change the shelf.
        Raises UnusableError saying what is wrong with the id, the kind of file, the text or its metadata.
        """
        if not _ID.fullmatch(document_id) and not _files_of(self._settings.corpus, document_id):
            raise UnusableError("document_id: small letters, digits and hyphens, at most 61.")
        if suffix.lower() not in READERS:
            raise UnusableError(f"suffix: one of {', '.join(READERS)}.")
        name = f"{document_id}{suffix.lower()}"
        self._try(name, text, metadata)
        with self._alone(), tempfile.TemporaryDirectory() as scratch:
            new = Path(scratch)
            old = _files_of(self._settings.corpus, document_id)
            (new / name).write_bytes(text)
            if metadata is not None:
                (new / f"{document_id}.toml").write_bytes(metadata)
            elif any(file.suffix == ".toml" for file in old):
                shutil.copyfile(self._settings.corpus / f"{document_id}.toml", new / f"{document_id}.toml")
            self._take_over(new, [document_id])
            return not old

    def looked_through(self, paths: Iterable[Path]) -> Delivery:
        """What the files are to the documents that are there; nothing is changed."""
        with self._trying:
            return looked_through(paths, self._corpus(), self._settings)

    def put_all(self, delivery: Delivery) -> None:
        """Puts in what a delivery brings, all of it or nothing, and indexes once. Metadata that lies beside an older
        text stays where none came. Raises UnusableError, ShelfError.
        """
        for source, document in delivery.sources.values():
            Kept(self._settings.readings).keep(key_of(source), document)
        with self._alone(), tempfile.TemporaryDirectory() as scratch:
            for name, (source, _) in delivery.sources.items():
                (Path(scratch) / source.name).write_bytes(source.data)
                beside = Path(scratch) / f"{name}.toml"
                if source.beside is not None:
                    beside.write_bytes(source.beside)
                elif is_there(self._settings.corpus / beside.name):
                    shutil.copyfile(self._settings.corpus / beside.name, beside)
            self._take_over(Path(scratch), list(delivery.sources))

    def retire(self, document_id: str, day: date) -> None:
        """The document no longer holds from `day` on; it stays to be read and to be asked about by name.

        Raises NotFoundError, UnusableError, ShelfError.
        """
        document = self._corpus().document(document_id)
        if document is None:
            raise NotFoundError(f"no document {document_id!r}.")
        files = [file for file in _files_of(self._settings.corpus, document_id) if file.suffix.lower() in READERS]
        if not files:
            raise UnusableError(f"{document_id} lies in an archive. Take it out there, then reload.")
        metadata = replace(document.metadata, repealed=None, repealed_on=day)
        source = Source(files[0].name, read_file(files[0]), toml_of(metadata))
        self._try(source.name, source.data, source.beside)
        with self._alone(), tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / source.name).write_bytes(source.data)
            (Path(scratch) / f"{document_id}.toml").write_bytes(source.beside or b"")
            self._take_over(Path(scratch), [document_id])

    def remove(self, document_id: str) -> None:
        """Takes a document out; its files are kept in the store's `removed`. Raises NotFoundError, UnusableError."""
        with self._alone(), tempfile.TemporaryDirectory() as scratch:
            corpus = self._corpus()
            if not _files_of(self._settings.corpus, document_id):
                if corpus.document(document_id):
                    raise UnusableError(f"{document_id} lies in an archive. Take it out there, then reload.")
                raise NotFoundError(f"no document {document_id!r}.")
            if all(document.id == document_id for document in corpus.documents):
                raise UnusableError(f"{document_id} is the last document. Put in another one first.")
            self._take_over(Path(scratch), [document_id])

    def _try(self, name: str, text: bytes, metadata: bytes | None) -> None:
        """Raises UnusableError saying what is wrong with the text, its metadata, or the entry points it leaves behind."""
        settings = self._settings
        if len(text) > MAX_BYTES or len(metadata or b"") > MAX_METADATA_BYTES:
            raise UnusableError(f"a text has at most {MAX_BYTES:,} bytes, its metadata {MAX_METADATA_BYTES:,}.")
        beside = (settings.corpus / name).with_suffix(".toml")
        try:
            if metadata is None and is_there(beside):
                metadata = read_file(beside, MAX_METADATA_BYTES)
            source = Source(name, text, metadata)
            with self._trying, Trial() as trial:
                document = trial.read(source)
            read_entry_points(settings.asked_as, [document])
        except CorpusError as error:
            raise UnusableError(str(error).replace(f"{settings.corpus}/", "")) from None
        Kept(settings.readings).keep(key_of(source), document)

    def _take_over(self, new: Path, ids: Sequence[str]) -> None:
        """The texts first, then the index: a service that is stopped in between builds it anew when it starts. What
        fails puts the old texts back.
        """
        corpus = self._settings.corpus
        coming = {name: _files_of(new, name) for name in ids}
        try:
            kept = {name: self._keep(name) for name in ids}
            try:
                for name, files in coming.items():
                    _exchange(_files_of(corpus, name), files, corpus)
                self._index([name for name, files in coming.items() if files])
            except BaseException:
                for name, before in kept.items():
                    _exchange(_files_of(corpus, name), _files_of(before, name) if before else [], corpus)
                raise
        except OSError as error:
            raise ShelfError(
                f"{corpus}: can't be changed ({error.strerror or error}). Set POLICYQA_CORPUS to a folder that can."
            ) from None
        self._live.reload()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One change at a time, among threads and processes. Raises ShelfError where the store can't be written."""
        with self._lock:
            try:
                self._settings.store.mkdir(parents=True, exist_ok=True)
                lock = (self._settings.store / ".shelf.lock").open("w")
            except OSError as error:
                raise ShelfError(f"{self._settings.store}: can't be written ({error.strerror or error}).") from None
            with lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield

    def _corpus(self) -> Corpus:
        return load_corpus(self._settings.corpus, self._settings.asked_as, self._settings.readings)

    def _index(self, expected: Sequence[str]) -> None:
        """Raises UnusableError where one of the `expected` documents isn't among those that could be read."""
        corpus = self._corpus()
        if missing := [name for name in expected if corpus.document(name) is None]:
            reasons = [one.reason for one in corpus.left_out if Path(one.name).stem in missing]
            raise UnusableError(" ".join(reasons).replace(f"{self._settings.corpus}/", ""))
        embedder = open_embedder(self._settings.embedder, self._settings.models)
        build_index(corpus, embedder, self._settings.store, self._settings.embedder)

    def _keep(self, document_id: str) -> Path | None:
        """Where what is replaced or taken away stays to be had; None for a new document."""
        files = _files_of(self._settings.corpus, document_id)
        if not files:
            return None
        stamp = f"{time.strftime('%Y%m%dT%H%M%S')}-{time.time_ns() % 10**6:06}"
        kept = self._settings.store / "removed" / f"{document_id}-{stamp}"
        kept.mkdir(parents=True)
        for file in filter(Path.is_file, files):  # a pipe or a device has nothing to keep, and no end
            shutil.copy2(file, kept)
        return kept


def _files_of(folder: Path, document_id: str) -> list[Path]:
    """A document's own: an archive of its name holds others."""
    files = (file for file in folder.iterdir() if file.stem == document_id and not is_archive(file.name))
    return sorted(file for file in files if not is_folder(file))


def _exchange(old: list[Path], new: list[Path], folder: Path) -> None:
    """Puts `new` into the folder, each file whole or not at all, and takes out what is left of `old`."""
    for file in new:
        written = folder / f".{file.name}.new"
        shutil.copyfile(file, written)
        written.replace(folder / file.name)
    for file in old:
        if file.name not in {one.name for one in new}:
            file.unlink()
