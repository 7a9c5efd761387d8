"""The files of policies and their documents: from what is kept, or from a process that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.kept import Kept, key_of
from corpus.readers import READERS
from corpus.source import Source, source_at
from corpus.trial import Trial
from corpus.types import Document, LeftOut

_KINDS = tuple(READERS)


@dataclass(frozen=True)
class PolicyFile:
    """A policy's file: one that lies in the folder, or one that lies in an archive there, which holds it as `packed`.

    `name` is as the folder has it, the archive's name before it: 政策.zip/办法.docx.
    """

    folder: Path
    name: str
    packed: Source | None = None

    @property
    def path(self) -> Path:
        return self.folder / self.name

    def source(self) -> Source:
        return self.packed or source_at(self.path)


class Readings:
    """Documents from the folder `kept`, if there is one, and from a process that is started when one isn't there."""

    def __init__(self, kept: Path | None = None, again: bool = False) -> None:
        self._kept = Kept(kept) if kept else None
        self._again = again
        self._trial = Trial()
        self._keys: list[str] = []

    def __enter__(self) -> Readings:
        return self

    def __exit__(self, *_error: object) -> None:
        self._trial.close()
        if self._kept and self._again:
            self._kept.forget_all_but(self._keys)

    def files_in(self, archive: Path) -> tuple[list[PolicyFile], list[LeftOut]]:
        """The files of an archive, and those of it that are left out. Raises CorpusError: it can't be opened."""
        source = source_at(archive)
        key = self._key(source)
        refused = self._kept.find(key, source.document_id) if self._kept else None
        if isinstance(refused, str) and not self._again:
            raise CorpusError(f"{archive.parent}/{refused}")
        try:
            found = self._trial.unpack(source)
        except CorpusError as error:
            self._keep(key, str(error))
            raise type(error)(f"{archive.parent}/{error}") from None
        files = [PolicyFile(archive.parent, f"{archive.name}/{shown}", one) for shown, one in found.sources]
        left_out = [
            LeftOut(f"{archive.name}/{one.name}", f"{archive}/{one.name}: {one.reason}", one.is_expected)
            for one in found.left_out
        ]
        return files, left_out

    def in_order(self, files: Sequence[PolicyFile]) -> Sequence[PolicyFile]:
        """Files of one name, the one to read first: one of the folder before those in archives; that which was read
        before, so that no file laid beside it takes its place; else by kind.
        """
        if len(files) == 1:
            return files
        return sorted(
            files,
            key=lambda file: (
                file.packed is not None, not self._was_read(file), _KINDS.index(file.path.suffix.lower()), file.name
            ),
        )  # fmt: skip

    def _was_read(self, file: PolicyFile) -> bool:
        if self._kept is None:
            return False
        try:
            source = file.source()
        except CorpusError:
            return False
        return isinstance(self._kept.find(key_of(source), source.document_id), Document)

    def document(self, file: PolicyFile) -> Document:
        """Raises CorpusError with the file and the reason."""
        source = file.source()
        key = self._key(source)
        found = self._kept.find(key, source.document_id) if self._kept else None
        if isinstance(found, Document):
            return found
        if found is not None and not self._again:
            raise CorpusError(f"{file.path.parent}/{found}")
        try:
            document = self._trial.read(source)
        except CorpusError as error:
            self._keep(key, str(error))
            raise type(error)(f"{file.path.parent}/{error}") from None
        self._keep(key, document)
        return document

    def _key(self, source: Source) -> str:
        key = key_of(source) if self._kept else ""
        self._keys.append(key)
        return key

    def _keep(self, key: str, reading: Document | str) -> None:
        if self._kept:
            self._kept.keep(key, reading)
