"""Short requests beside the answer: a standalone question, entry points to a clause. None when nothing usable came."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.script import fold
from corpus.types import Node
from rag.llm.prompts import entry_point_messages, rewrite_messages
from rag.llm.types import LanguageModel, Limits, Message, ModelError, TokenStream
from rag.types import Turn

LOG = logging.getLogger("policyqa.model")
_QUESTION_LENGTH, _PHRASE_LENGTH = 120, 60  # characters
_SECONDS = 15.0
_CHINESE = re.compile("[一-鿿]{2}")


def standalone_by_model(
    model: LanguageModel, question: str, history: Sequence[Turn], limits: Limits, requests: list[TokenStream]
) -> str | None:
    """The question as one that can be read alone; None when the model adds a number that nobody mentioned."""
    written = _asked(model, rewrite_messages(question, history), limits, requests)
    line = next((row.strip() for row in written.splitlines() if row.strip()), "")
    said = fold(question + " ".join(turn.content for turn in history))
    invented = [number for number in re.findall(r"\d+", fold(line)) if number not in said]
    if not _CHINESE.search(line) or len(line) > _QUESTION_LENGTH or invented:
        return None
    return line


def phrases_by_model(model: LanguageModel, clause: Node, limits: Limits) -> tuple[str, ...]:
    """Everyday questions that the clause answers, one a line of what the model wrote."""
    written = _asked(model, entry_point_messages(clause), limits, [])
    rows = (re.sub(r"^\s*(?:\d{1,2}[.、)]|[-*•])\s*", "", row).strip() for row in written.splitlines())
    return tuple(dict.fromkeys(row for row in rows if _CHINESE.search(row) and len(row) <= _PHRASE_LENGTH))


def _asked(model: LanguageModel, messages: Sequence[Message], limits: Limits, requests: list[TokenStream]) -> str:
    short = replace(limits, first=min(limits.first, _SECONDS), total=min(limits.total, _SECONDS), characters=600)
    stream = model.stream(messages, short)
    requests.append(stream)
    try:
        return "".join(stream)
    except ModelError as failure:
        LOG.info("%s: no short answer: %s", model.name, failure)
        return ""
    finally:
        stream.close()
