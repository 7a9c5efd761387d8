"""A folder of policies -> the corpus. A file that can't be read is left out and named; the others are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.archives import ARCHIVES, is_archive, is_policy
from corpus.entry_points import read_entry_points
from corpus.errors import CorpusError, UnreadableTextError
from corpus.files import is_folder
from corpus.readers import READERS
from corpus.readers.kinds import unknown_kind
from corpus.readings import PolicyFile, Readings
from corpus.relations import related
from corpus.types import Corpus, Document, EntryPoint, LeftOut

_SHARED = "{} is read, and a name is the id of one document. Rename or remove one."


def load_document(path: Path) -> Document:
    """One file's document; its id is the file's stem, its metadata the `.toml` beside it, if any.

    It is read in a process of its own. Raises UnreadableTextError or MetadataError with the file and the reason.
    """
    with Readings() as readings:
        return readings.document(PolicyFile(path.parent, path.name))


def load_documents(path: Path) -> tuple[tuple[Document, ...], tuple[LeftOut, ...]]:
    """One file's document, or an archive's, with what of it is left out. Raises as `load_document` does."""
    if not is_archive(path.name):
        return (load_document(path),), ()
    with Readings() as readings:
        files, left_out = readings.files_in(path)
        read, unread = _documents(files, readings)
    documents = tuple(document for _, document in read)
    left_out = [*left_out, *unread]
    if not documents:
        reason = left_out[0].reason if left_out else "no files of policies in it."
        raise UnreadableTextError(f"{path}: no policy in it can be read. {reason}")
    return documents, tuple(sorted(left_out, key=lambda one: one.name))


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
    files = [PolicyFile(folder, path.name) for path in present if is_policy(path.name)]
    archives = [path for path in present if is_archive(path.name)]
    if not files and not archives:
        raise CorpusError(f"{folder}: no policies here. Put files in it: {', '.join((*READERS, *ARCHIVES))}.")
    left_out = [*_alone(present), *_others(present, asked_as)]
    with Readings(kept, again) as readings:
        for archive in archives:
            try:
                inside, unread = readings.files_in(archive)
                files += inside
                left_out += unread
            except CorpusError as error:
                left_out.append(LeftOut(archive.name, str(error)))
        read, unread = _documents(files, readings)
    left_out += unread
    documents = [document for _, document in sorted(read, key=lambda one: Path(one[0].name).name)]
    if not documents:
        raise CorpusError(f"{folder}: no policy here can be read. {left_out[-1].reason}")
    entry_points: list[EntryPoint] = []
    if asked_as:
        for document in documents:
            try:
                entry_points += read_entry_points(asked_as, [document])
            except CorpusError as error:
                left_out.append(LeftOut(f"{document.id}.jsonl", str(error)))
    return Corpus(related(documents), tuple(entry_points), tuple(sorted(left_out, key=lambda one: one.name)))


def _documents(
    files: Sequence[PolicyFile], readings: Readings
) -> tuple[list[tuple[PolicyFile, Document]], list[LeftOut]]:
    """Each file's document, of several of one name that which comes first; and the files that are left out."""
    read: list[tuple[PolicyFile, Document]] = []
    left_out: list[LeftOut] = []
    for same_name in _by_name(files):
        taken: PolicyFile | None = None
        for file in readings.in_order(same_name):
            try:
                if taken:
                    raise CorpusError(f"{file.path}: {_SHARED.format(taken.name)}")
                read.append((file, readings.document(file)))
                taken = file
            except CorpusError as error:
                left_out.append(LeftOut(file.name, str(error)))
    return read, left_out


def _by_name(files: Iterable[PolicyFile]) -> list[list[PolicyFile]]:
    rows: dict[str, list[PolicyFile]] = {}
    for file in files:
        rows.setdefault(file.path.stem, []).append(file)
    return list(rows.values())


def _alone(present: list[Path]) -> Iterator[LeftOut]:
    """Metadata without a text."""
    stems = {path.stem for path in present if is_policy(path.name)}
    for path in present:
        if path.suffix == ".toml" and path.stem not in stems:
            reason = f"{path}: its text is missing. Put {path.stem}.txt beside it, or remove it."
            yield LeftOut(path.name, reason)


def _others(present: list[Path], asked_as: Path | None) -> Iterator[LeftOut]:
    """Files of a kind that isn't read. They may be meant to lie there: only who builds the index is told, but of those
    that a policy may be in.
    """
    for path in present:
        is_ours = path.suffix == ".toml" or path.stem.lower() == "readme"
        if is_ours or is_policy(path.name) or is_archive(path.name) or is_folder(path):
            continue
        if path.parent == asked_as and path.suffix == ".jsonl":
            continue
        unknown = unknown_kind(path.name, (*READERS, *ARCHIVES))
        yield replace(unknown, reason=f"{path}: {unknown.reason}")
