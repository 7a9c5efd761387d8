"""Settings from the environment, and what the commands need opened."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping

from pydantic import ValidationError

from commands.exits import WRONG_USE, CommandError
from corpus.load import load_corpus
from corpus.types import Corpus
from index.errors import MissingIndexError
from index.search import open_index
from index.settings import IndexSettings
from rag.answer import PolicyQa

PREFIX = "POLICYQA_"


def settings_from(environ: Mapping[str, str] = os.environ) -> IndexSettings:
    """The settings. Raises CommandError (2) for an unknown or an impossible one."""
    known = {PREFIX + name.upper() for name in IndexSettings.model_fields}
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f". Known: {', '.join(sorted(known))}."
            raise CommandError(f"unknown setting {name}{hint}", WRONG_USE)
    try:
        return IndexSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise CommandError(f"{name}: {first['msg']}. Set it to another value or unset it.", WRONG_USE) from None


def open_corpus(settings: IndexSettings) -> Corpus:
    return load_corpus(settings.corpus, settings.asked_as)


def open_answers(settings: IndexSettings) -> PolicyQa:
    """Texts and index; an index that isn't there yet is built once, with progress."""
    corpus = open_corpus(settings)
    try:
        return PolicyQa(corpus, open_index(corpus, settings))
    except MissingIndexError:
        from commands.index import build

        build(corpus, settings)
        return PolicyQa(corpus, open_index(corpus, settings))
