"""Settings from the environment, and what the commands need opened."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings

from api.settings import ServiceSettings
from commands.exits import CANT, WRONG_USE, CommandError
from commands.output import complain
from corpus.load import load_corpus
from corpus.types import Corpus
from index.errors import MissingIndexError
from index.search import open_index
from index.settings import IndexSettings
from rag.answer import PolicyQa
from rag.llm.settings import LlmSettings
from rag.llm.types import LanguageModel, Limits, Models
from rag.talk import TalkSettings
from records.settings import RecordSettings

if TYPE_CHECKING:
    from records.book import Records

PREFIX = "POLICYQA_"
_Settings = TypeVar("_Settings", bound=BaseSettings)
_Opened = TypeVar("_Opened")
_ALL: tuple[type[BaseSettings], ...] = (IndexSettings, LlmSettings, RecordSettings, ServiceSettings, TalkSettings)


def settings_from(environ: Mapping[str, str] = os.environ) -> IndexSettings:
    """The settings. Raises CommandError (2) for an unknown or an impossible one."""
    known = {PREFIX + name.upper() for model in _ALL for name in model.model_fields}
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f". Known: {', '.join(sorted(known))}."
            raise CommandError(f"unknown setting {name}{hint}", WRONG_USE)
    return read_settings(IndexSettings)


def llm_settings() -> LlmSettings:
    """Raises CommandError (2) for an impossible one. The key is never part of a message."""
    return read_settings(LlmSettings)


def read_settings(kind: type[_Settings]) -> _Settings:
    """Settings of one part. Raises CommandError (2) naming the variable that can't be used."""
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise CommandError(f"{name}: {first['msg']}. Set it to another value or unset it.", WRONG_USE) from None


def open_corpus(settings: IndexSettings, tell: Callable[[str], None] = complain, again: bool = False) -> Corpus:
    """The documents that can be read; `tell` hears of each file that is left out.

    With `again`, as when the index is built, what was refused before is tried once more, and files of a kind that
    isn't read are named as well.
    """
    corpus = load_corpus(settings.corpus, settings.asked_as, settings.readings, again)
    for one in corpus.left_out:
        if again or not one.is_expected:
            tell(f"left out: {one.reason}")
    return corpus


def open_answers(
    settings: IndexSettings,
    with_model: bool = True,
    say: Callable[[str], None] = complain,
    given: tuple[LanguageModel, Limits] | None = None,
) -> PolicyQa:
    """Texts, index and the model configured, if any; an index that isn't there yet is built once, with progress.

    `say` hears of files that are left out and of what is built. `given` is a model in the configured one's stead.

    Raises CommandError (3) when the model can't be opened.
    """
    corpus = open_corpus(settings, say)
    chosen, handover = llm_settings(), read_settings(TalkSettings).handover
    model: LanguageModel | Models | None = given[0] if given else open_pair(chosen) if with_model else None
    limits = given[1] if given else chosen.limits
    try:
        return PolicyQa(corpus, open_index(corpus, settings), model, limits, handover)
    except MissingIndexError:
        from commands.index import build

        build(corpus, settings, say)
        return PolicyQa(corpus, open_index(corpus, settings), model, limits, handover)


@contextmanager
def kept() -> Iterator[Records]:
    """The records, their tables brought up to date; whatever file is made meanwhile is this user's alone.

    Raises CommandError (3) saying what to do about the database.
    """
    from records.book import open_records
    from records.errors import RecordsError
    from records.private_files import only_for_owner

    with only_for_owner():
        try:
            records = open_records(read_settings(RecordSettings).url)
        except RecordsError as error:
            raise CommandError(str(error), CANT) from None
        try:
            yield records
        finally:
            records.close()


def open_pair(settings: LlmSettings) -> Models | None:
    """The models configured to plan and to write. Raises CommandError (3) saying what to set or install."""
    from rag.llm.open import open_models

    return _opened(settings, open_models)


def open_configured(settings: LlmSettings) -> LanguageModel | None:
    """The one configured model. Raises CommandError (3) saying what to set or install."""
    from rag.llm.open import open_model

    return _opened(settings, open_model)


def _opened(settings: LlmSettings, opening: Callable[[LlmSettings], _Opened | None]) -> _Opened | None:
    if not (settings.llm or settings.llm_plan):
        return None
    from rag.llm.chat import ModelSettingsError

    try:
        return opening(settings)
    except ModelSettingsError as error:
        raise CommandError(str(error), CANT) from None
