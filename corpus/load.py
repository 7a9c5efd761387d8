"""A folder of policies -> the corpus."""

from __future__ import annotations

from pathlib import Path

from corpus.entry_points import read_entry_points
from corpus.errors import CorpusError, UnreadableTextError
from corpus.metadata import read_metadata
from corpus.parse import parse
from corpus.readers import READERS, read_text
from corpus.types import Corpus, Document


def load_document(path: Path) -> Document:
    """One file's document; its id is the file's stem, its metadata the `.toml` beside it, if any."""
    beside = path.with_suffix(".toml")
    metadata = read_metadata(beside) if beside.exists() else None
    return parse(path.stem, read_text(path), metadata)


def load_corpus(folder: Path, asked_as: Path | None = None) -> Corpus:
    """Every policy in `folder`, by name, with the entry points in `asked_as`. Raises CorpusError naming what is missing or can't be read."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder of policies. Set POLICYQA_CORPUS to the folder that holds them.")
    files = sorted(f for f in folder.iterdir() if f.suffix.lower() in READERS and f.stem.lower() != "readme")
    for beside in sorted(folder.glob("*.toml")):
        if not any(f.stem == beside.stem for f in files):
            raise UnreadableTextError(f"{beside}: its text is missing. Put {beside.stem}.txt beside it, or remove it.")
    if not files:
        raise CorpusError(f"{folder}: no policies here. Put .txt, .md or .html files in it.")
    stems = [f.stem for f in files]
    for stem in stems:
        if stems.count(stem) > 1:
            raise CorpusError(f"{folder}: two files are named {stem}. The name is the document's id: rename one.")
    documents = tuple(load_document(f) for f in files)
    return Corpus(documents, read_entry_points(asked_as, documents) if asked_as else ())
