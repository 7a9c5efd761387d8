"""Documents put in, replaced and taken away while the service runs. A text that can't be read changes nothing."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import time
from pathlib import Path

from corpus.errors import CorpusError
from corpus.load import load_corpus
from corpus.readers import READERS
from corpus.types import Corpus
from index.build import build_index
from index.embedder import open_embedder
from index.settings import IndexSettings
from rag.live import LiveQa
from records.errors import NotFoundError, UnusableError

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
        with self._lock, tempfile.TemporaryDirectory() as scratch:
            trial = self._copied(Path(scratch))
            old = _files_of(trial, document_id)
            for file in old:
                if file.suffix != ".toml" or metadata is not None:
                    file.unlink()
            (trial / f"{document_id}{suffix.lower()}").write_bytes(text)
            if metadata is not None:
                (trial / f"{document_id}.toml").write_bytes(metadata)
            self._index(trial)
            self._keep(document_id)
            for file in _files_of(trial, document_id):
                _replace(file, self._settings.corpus / file.name)
            for file in _files_of(self._settings.corpus, document_id):
                if not (trial / file.name).exists():
                    file.unlink()
            self._live.reload()
            return not old

    def remove(self, document_id: str) -> None:
        """Takes a document out; its files are kept in the store's `removed`. Raises NotFoundError, UnusableError."""
        with self._lock, tempfile.TemporaryDirectory() as scratch:
            trial = self._copied(Path(scratch))
            files = _files_of(trial, document_id)
            if not files:
                raise NotFoundError(f"no document {document_id!r}.")
            for file in files:
                file.unlink()
            self._index(trial)
            self._keep(document_id)
            for file in _files_of(self._settings.corpus, document_id):
                file.unlink()
            self._live.reload()

    def _copied(self, scratch: Path) -> Path:
        trial = scratch / "policies"
        shutil.copytree(self._settings.corpus, trial)
        return trial

    def _index(self, trial: Path) -> Corpus:
        try:
            corpus = load_corpus(trial, self._settings.asked_as)
        except CorpusError as error:
            raise UnusableError(str(error).replace(f"{trial}/", "")) from None
        if not all(document.clauses for document in corpus.documents):
            raise UnusableError("the text has no clause that could be cited.")
        embedder = open_embedder(self._settings.embedder, self._settings.models)
        build_index(corpus, embedder, self._settings.store, self._settings.embedder)
        return corpus

    def _keep(self, document_id: str) -> None:
        """What is replaced or taken away stays to be had."""
        files = _files_of(self._settings.corpus, document_id)
        if files:
            kept = (
                self._settings.store
                / "removed"
                / f"{document_id}-{time.strftime('%Y%m%dT%H%M%S')}-{time.time_ns() % 10**6:06}"
            )
            kept.mkdir(parents=True)
            for file in files:
                shutil.copy2(file, kept)


def _files_of(folder: Path, document_id: str) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.stem == document_id)


def _replace(source: Path, target: Path) -> None:
    """Whole or not at all."""
    new = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, new)
    new.replace(target)
