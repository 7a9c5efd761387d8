"""Documents put in, replaced and taken away while the service runs. A text that can't be read changes nothing."""

from __future__ import annotations

import fcntl
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import CorpusError
from corpus.load import load_corpus
from corpus.readers import READERS
from index.build import build_index
from index.embedder import open_embedder
from index.settings import IndexSettings
from rag.live import LiveQa
from records.errors import NotFoundError, ShelfError, UnusableError

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class Shelf:
    """The folder of policies and its index, changed together: read on trial, indexed, put in place, reloaded."""

    def __init__(self, settings: IndexSettings, live: LiveQa) -> None:
        self._settings, self._live = settings, live
        self._lock = threading.Lock()

    def put(self, document_id: str, suffix: str, text: bytes, metadata: bytes | None = None) -> bool:
        """Whether the document is new. `metadata` is the .toml beside it.

        Raises UnusableError saying what is wrong with the id, the kind of file, the text or its metadata.
        """
        if not _ID.fullmatch(document_id):
            raise UnusableError("document_id: small letters, digits and hyphens, at most 61.")
        if suffix.lower() not in READERS:
            raise UnusableError(f"suffix: one of {', '.join(READERS)}.")
        with self._alone(), tempfile.TemporaryDirectory() as scratch:
            trial = self._copied(Path(scratch))
            old = _files_of(trial, document_id)
            for file in old:
                if file.suffix != ".toml" or metadata is not None:
                    file.unlink()
            (trial / f"{document_id}{suffix.lower()}").write_bytes(text)
            if metadata is not None:
                (trial / f"{document_id}.toml").write_bytes(metadata)
            self._take_over(trial, document_id)
            return not old

    def remove(self, document_id: str) -> None:
        """Takes a document out; its files are kept in the store's `removed`. Raises NotFoundError, UnusableError."""
        with self._alone(), tempfile.TemporaryDirectory() as scratch:
            trial = self._copied(Path(scratch))
            files = _files_of(trial, document_id)
            if not files:
                raise NotFoundError(f"no document {document_id!r}.")
            for file in files:
                file.unlink()
            self._take_over(trial, document_id)

    def _take_over(self, trial: Path, document_id: str) -> None:
        """The texts first, then the index: a service that is stopped in between builds it anew when it starts. What
        fails puts the old texts back.
        """
        self._check(trial)
        corpus = self._settings.corpus
        try:
            kept = self._keep(document_id)
            try:
                _exchange(_files_of(corpus, document_id), _files_of(trial, document_id), corpus)
                self._index()
            except BaseException:
                _exchange(_files_of(corpus, document_id), _files_of(kept, document_id) if kept else [], corpus)
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

    def _copied(self, scratch: Path) -> Path:
        trial = scratch / "policies"
        shutil.copytree(self._settings.corpus, trial)
        return trial

    def _check(self, trial: Path) -> None:
        """Raises UnusableError saying what is wrong with the text or its metadata."""
        try:
            corpus = load_corpus(trial, self._settings.asked_as)
        except CorpusError as error:
            raise UnusableError(str(error).replace(f"{trial}/", "")) from None
        if not all(document.clauses for document in corpus.documents):
            raise UnusableError("the text has no clause that could be cited.")

    def _index(self) -> None:
        corpus = load_corpus(self._settings.corpus, self._settings.asked_as)
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
        for file in files:
            shutil.copy2(file, kept)
        return kept


def _files_of(folder: Path, document_id: str) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.stem == document_id)


def _exchange(old: list[Path], new: list[Path], folder: Path) -> None:
    """Puts `new` into the folder, each file whole or not at all, and takes out what is left of `old`."""
    for file in new:
        written = folder / f".{file.name}.new"
        shutil.copyfile(file, written)
        written.replace(folder / file.name)
    for file in old:
        if file.name not in {one.name for one in new}:
            file.unlink()
