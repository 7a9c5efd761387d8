"""Short requests beside the answer: entry points to a clause."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Node
from rag.llm.prompts import entry_point_messages
from rag.llm.types import LanguageModel, Limits, Message, ModelError, TokenStream

LOG = logging.getLogger("policyqa.model")
_PHRASE_LENGTH = 60  # characters
_SECONDS = 15.0
_CHINESE = re.compile("[一-鿿]{2}")


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
