"""Building the index: what changed is embedded, what didn't is taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from corpus.types import Corpus
from index import store as stores
from index.bm25 import Bm25
from index.embedder import Embedder, Vectors
from index.errors import IndexStoreError
from index.layout import clause_units, digest_of, entry_units, sentence_units
from index.types import SearchUnit
from index.vectors import VectorIndex
from index.version import VERSION
from index.words import Words, dictionary_of

CLAUSES, SENTENCES, ENTRIES = "clauses", "sentences", "entries"
GROUPS = (CLAUSES, SENTENCES, ENTRIES)
VECTORS, WORDS, SOUNDS, KEYS = "{}.faiss", "{}.bm25", "{}.sounds", "{}.keys"
_STEP = 64
Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """For callers that show none."""


def settings_digest(embedder: str) -> str:
    """What of the settings shapes the index."""
    return hashlib.sha256(f"{stores.FORMAT}\0{embedder}".encode()).hexdigest()


def build_index(
    corpus: Corpus, embedder: Embedder | None, store: Path, asked_for: str, progress: Progress = no_progress
) -> stores.Manifest:
    """Writes the index of `corpus` into `store` and swaps it in whole.

    `asked_for` is the embedder's name in the settings. Raises IndexStoreError when the disk refuses;
    what was there stays whole.
    """
    folder = stores.new_folder(store)
    try:
        return _build(corpus, embedder, store, folder, asked_for, progress)
    except OSError as error:
        stores.discard(folder)
        raise stores.unwritable(store, error) from error
    except BaseException:
        stores.discard(folder)
        raise


def units_of(corpus: Corpus) -> dict[str, tuple[SearchUnit, ...]]:
    """What is searched, by group. A corpus without entry points has none to search."""
    groups = zip(GROUPS, (clause_units(corpus), sentence_units(corpus), entry_units(corpus)), strict=True)
    return {name: units for name, units in groups if units}


def _build(
    corpus: Corpus, embedder: Embedder | None, store: Path, folder: Path, asked_for: str, progress: Progress
) -> stores.Manifest:
    words = Words(dictionary_of(corpus))
    groups = units_of(corpus)
    known = _known_vectors(store, embedder)
    counts = {"documents": len(corpus.documents), "embedded": 0, **dict.fromkeys(GROUPS, 0)}
    total = sum(len(units) for units in groups.values())
    done = 0
    for name, units in groups.items():
        counts[name] = len(units)
        Bm25.build([words.terms(unit.search_text) for unit in units]).save(folder / WORDS.format(name))
        if name == SENTENCES:
            Bm25.build([words.sounds(unit.search_text) for unit in units]).save(folder / SOUNDS.format(name))
        if embedder is not None:
            vectors, fresh = _embed(units, embedder, known, partial(_report, progress, done, total))
            counts["embedded"] += fresh
            VectorIndex.build(vectors).save(folder / VECTORS.format(name))
            (folder / KEYS.format(name)).write_text("\n".join(map(_key, units)), encoding="ascii")
        done += len(units)
        progress("embedding", done, total)
    manifest = stores.Manifest(
        format=stores.FORMAT,
        product=VERSION,
        folder=folder.name,
        embedder=embedder.name if embedder else "none",
        dimension=embedder.dimension if embedder else 0,
        corpus=corpus.digest,
        units=digest_of(unit for units in groups.values() for unit in units),
        settings=settings_digest(asked_for),
        counts=counts,
        files=stores.files_in(folder),
    )
    stores.swap_in(store, folder, manifest)
    return manifest


def _report(progress: Progress, before: int, total: int, done: int) -> None:
    progress("embedding", before + done, total)


def _key(unit: SearchUnit) -> str:
    return hashlib.sha256(unit.search_text.encode("utf-8", "replace")).hexdigest()


def _embed(
    units: Sequence[SearchUnit], embedder: Embedder, known: dict[str, Vectors], progress: Callable[[int], None]
) -> tuple[Vectors, int]:
    """The units' vectors in order, and how many of them were embedded now."""
    fresh = [unit for unit in units if _key(unit) not in known]
    found = dict(known)
    for start in range(0, len(fresh), _STEP):
        batch = fresh[start : start + _STEP]
        for unit, vector in zip(batch, embedder.embed_passages([unit.search_text for unit in batch]), strict=True):
            found[_key(unit)] = vector
        progress(len(units) - len(fresh) + start + len(batch))
    return np.stack([found[_key(unit)] for unit in units]), len(fresh)


def _known_vectors(store: Path, embedder: Embedder | None) -> dict[str, Vectors]:
    """Vectors of the index that is there, by the digest of their text, when the same model made them."""
    if embedder is None:
        return {}
    try:
        manifest = stores.read_manifest(store)
        if (manifest.embedder, manifest.dimension) != (embedder.name, embedder.dimension):
            return {}
        folder = stores.check_files(store, manifest)
        known: dict[str, Vectors] = {}
        for name in GROUPS:
            if not (folder / KEYS.format(name)).exists():
                continue
            keys = (folder / KEYS.format(name)).read_text(encoding="ascii").split("\n")
            known.update(zip(keys, VectorIndex.load(folder / VECTORS.format(name)).vectors(), strict=True))
        return known
    except (IndexStoreError, OSError, ValueError):
        return {}
