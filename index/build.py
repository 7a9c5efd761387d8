"""Building the index: what changed is embedded, what didn't is taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
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
Groups = dict[str, tuple[SearchUnit, ...]]


def no_progress(stage: str, done: int, total: int) -> None:
    """For callers that show none."""


def settings_digest(embedder: str) -> str:
    """What of the settings shapes the index."""
    return hashlib.sha256(f"{stores.FORMAT}\0{embedder}".encode()).hexdigest()


def build_index(
    corpus: Corpus, embedder: Embedder | None, store: Path, asked_for: str, progress: Progress = no_progress
) -> stores.Manifest:
    """Writes the index of `corpus` into `store` and swaps it in whole. Where another build was waited for and made
    the same, that one stands.

    `asked_for` is the embedder's name in the settings. Raises IndexStoreError when the disk refuses;
    what was there stays whole.
    """
    with stores.building(store) as has_waited:
        groups = units_of(corpus)
        if has_waited and (made := _same(corpus, groups, store, asked_for)):
            return made
        folder = stores.new_folder(store)
        try:
            return _build(corpus, groups, embedder, store, folder, asked_for, progress)
        except OSError as error:
            stores.discard(folder)
            raise stores.unwritable(store, error) from error
        except BaseException:
            stores.discard(folder)
            raise


def _same(corpus: Corpus, groups: Groups, store: Path, asked_for: str) -> stores.Manifest | None:
    """The index that is there, whole and of these texts and settings; None where it isn't."""
    try:
        manifest = stores.read_manifest(store)
        stores.check_files(store, manifest)
    except IndexStoreError:
        return None
    wanted = (VERSION, corpus.digest, digest_of(_all(groups)), settings_digest(asked_for))
    return manifest if (manifest.product, manifest.corpus, manifest.units, manifest.settings) == wanted else None


def _all(groups: Groups) -> Iterator[SearchUnit]:
    return (unit for units in groups.values() for unit in units)


def units_of(corpus: Corpus) -> Groups:
    """What is searched, by group. A corpus without entry points has none to search."""
    groups = zip(GROUPS, (clause_units(corpus), sentence_units(corpus), entry_units(corpus)), strict=True)
    return {name: units for name, units in groups if units}


def _build(
    corpus: Corpus,
    groups: Groups,
    embedder: Embedder | None,
    store: Path,
    folder: Path,
    asked_for: str,
    progress: Progress,
) -> stores.Manifest:
    words = Words(dictionary_of(corpus))
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
        units=digest_of(_all(groups)),
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
