"""A folder of policies -> the corpus. A file that can't be read is left out and named; the others are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.entry_points import read_entry_points
from corpus.errors import CorpusError
from corpus.files import is_folder
from corpus.kept import Kept, key_of
from corpus.readers import READERS
from corpus.source import Source, source_at
from corpus.trial import Trial
from corpus.types import Corpus, Document, EntryPoint, LeftOut

_SHARED = "{} is read, and a name is the id of one document. Rename or remove one."
_KINDS = tuple(READERS)


def load_document(path: Path) -> Document:
    """One file's document; its id is the file's stem, its metadata the `.toml` beside it, if any.

    It is read in a process of its own. Raises UnreadableTextError or MetadataError with the file and the reason.
    """
    with Trial() as trial:
        return _read(path, source_at(path), trial)


def load_corpus(folder: Path, asked_as: Path | None = None, kept: Path | None = None, again: bool = False) -> Corpus:
    """Every policy in `folder` that can be read, by name, with the entry points in `asked_as`; `left_out` has the rest.

    `kept` is the folder where readings are kept from one start to the next: what is there isn't read again. With
    `again` what was refused is tried once more, and readings of other files are forgotten.
    Raises CorpusError when there is no folder or nothing in it can be read.
    """
    if not is_folder(folder):
        raise CorpusError(f"{folder}: no such folder of policies. Set POLICYQA_CORPUS to the folder that holds them.")
    try:
        present = sorted(folder.iterdir())
    except OSError as error:
        raise CorpusError(f"{folder}: can't be read ({error.strerror or error}). Check its permissions.") from None
    files = [path for path in present if _is_policy(path)]
    if not files:
        raise CorpusError(f"{folder}: no policies here. Put .txt, .md or .html files in it.")
    left_out = [*_alone(present, files), *_others(present, asked_as)]
    read: dict[Path, Document] = {}
    with _Readings(kept, again) as readings:
        for same_name in _by_name(files):
            taken: Path | None = None
            for path in readings.in_order(same_name):
                try:
                    if taken:
                        raise CorpusError(f"{path}: {_SHARED.format(taken.name)}")
                    read[path] = readings.document(path)
                    taken = path
                except CorpusError as error:
                    left_out.append(LeftOut(path.name, str(error)))
    documents = [read[path] for path in files if path in read]
    if not documents:
        raise CorpusError(f"{folder}: no policy here can be read. {left_out[-1].reason}")
    entry_points: list[EntryPoint] = []
    if asked_as:
        for document in documents:
            try:
                entry_points += read_entry_points(asked_as, [document])
            except CorpusError as error:
                left_out.append(LeftOut(f"{document.id}.jsonl", str(error)))
    return Corpus(tuple(documents), tuple(entry_points), tuple(sorted(left_out, key=lambda one: one.name)))


class _Readings:
    """Documents from what is kept, and from a process that is started when one isn't."""

    def __init__(self, kept: Path | None, again: bool) -> None:
        self._kept = Kept(kept) if kept else None
        self._again = again
        self._trial = Trial()
        self._keys: list[str] = []

    def __enter__(self) -> _Readings:
        return self

    def __exit__(self, *_error: object) -> None:
        self._trial.close()
        if self._kept and self._again:
            self._kept.forget_all_but(self._keys)

    def in_order(self, paths: Sequence[Path]) -> Sequence[Path]:
        """Files of one name, the one to read first: that which was read before, so that no file laid beside it takes
        its place, else by kind.
        """
        if len(paths) == 1:
            return paths
        return sorted(paths, key=lambda path: (not self._was_read(path), _KINDS.index(path.suffix.lower()), path.name))

    def _was_read(self, path: Path) -> bool:
        if self._kept is None:
            return False
        try:
            source = source_at(path)
        except CorpusError:
            return False
        return isinstance(self._kept.find(key_of(source), source.document_id), Document)

    def document(self, path: Path) -> Document:
        source = source_at(path)
        if self._kept is None:
            return _read(path, source, self._trial)
        key = key_of(source)
        self._keys.append(key)
        found = self._kept.find(key, source.document_id)
        if isinstance(found, Document):
            return found
        if found is not None and not self._again:
            raise CorpusError(f"{path.parent}/{found}")
        try:
            document = self._trial.read(source)
        except CorpusError as error:
            self._kept.keep(key, str(error))
            raise CorpusError(f"{path.parent}/{error}") from None
        self._kept.keep(key, document)
        return document


def _read(path: Path, source: Source, trial: Trial) -> Document:
    try:
        return trial.read(source)
    except CorpusError as error:
        raise type(error)(f"{path.parent}/{error}") from None


def _by_name(files: Iterable[Path]) -> list[list[Path]]:
    rows: dict[str, list[Path]] = {}
    for file in files:
        rows.setdefault(file.stem, []).append(file)
    return list(rows.values())


def _is_policy(path: Path) -> bool:
    return path.suffix.lower() in READERS and path.stem.lower() != "readme"


def _alone(present: list[Path], files: list[Path]) -> Iterator[LeftOut]:
    """Metadata without a text."""
    stems = {file.stem for file in files}
    for path in present:
        if path.suffix == ".toml" and path.stem not in stems:
            reason = f"{path}: its text is missing. Put {path.stem}.txt beside it, or remove it."
            yield LeftOut(path.name, reason)


def _others(present: list[Path], asked_as: Path | None) -> Iterator[LeftOut]:
    """Files of a kind that isn't read. They may be meant to lie there: only who builds the index is told."""
    for path in present:
        is_ours = path.suffix == ".toml" or path.stem.lower() == "readme" or _is_policy(path)
        if is_ours or is_folder(path) or (path.parent == asked_as and path.suffix == ".jsonl"):
            continue
        kind = path.suffix or "without an ending"
        reason = f"{path}: files {kind} can't be read yet; use {', '.join(READERS)}."
        yield LeftOut(path.name, reason, is_expected=True)
