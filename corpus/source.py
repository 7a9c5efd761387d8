"""The bytes of one policy, as they lie in the folder or come over the wire, and the document they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from corpus.bounds import MAX_DEPARTMENTS, MAX_METADATA_BYTES, MAX_SENTENCES
from corpus.errors import UnreadableTextError
from corpus.files import is_there, read_file
from corpus.metadata import metadata_from
from corpus.parse import parse
from corpus.readers import reading_of
from corpus.sentences import sentences_of
from corpus.types import Document


@dataclass(frozen=True)
class Source:
    """`name` is the file's name without its folder; its stem is the document's id. `beside` is the `.toml`, if any."""

    name: str
    data: bytes
    beside: bytes | None = None

    @property
    def document_id(self) -> str:
        return PurePath(self.name).stem


def source_at(path: Path) -> Source:
    """The file and the `.toml` beside it. Raises UnreadableTextError where one of them can't be read whole."""
    beside = path.with_suffix(".toml")
    return Source(path.name, read_file(path), read_file(beside, MAX_METADATA_BYTES) if is_there(beside) else None)


def document_from(source: Source) -> Document:
    """The document, read in this process: for a text that nobody vouches for use `corpus.trial`.

    Raises UnreadableTextError or MetadataError, their words beginning with the file's name.
    """
    metadata = metadata_from(f"{source.document_id}.toml", source.beside) if source.beside is not None else None
    reading = reading_of(source.name, source.data)
    try:
        document = parse(source.document_id, reading.text, metadata)
        _check(document)
    except UnreadableTextError as error:
        raise UnreadableTextError(f"{source.name}, {error}") from None
    notices = (*document.notices, *reading.notices)
    return replace(document, notices=notices, pages=reading.pages, footnotes=reading.footnotes)


def _check(document: Document) -> None:
    if not document.clauses:
        raise UnreadableTextError("line 1: the text has no clause that could be cited. Check the file.")
    sentences = departments = 0
    for node in document.nodes:
        sentences += len(sentences_of(node.text))
        departments += len(node.departments)
        if sentences > MAX_SENTENCES:
            raise UnreadableTextError(f"line {node.line}: more than {MAX_SENTENCES:,} sentences. Split the file.")
        if departments > MAX_DEPARTMENTS:
            raise UnreadableTextError(f"line {node.line}: more than {MAX_DEPARTMENTS:,} departments. Split the file.")
