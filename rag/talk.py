"""What is said to what is no question: a greeting, thanks, a complaint, the wish for a person."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.types import Corpus
from rag.examples import example_questions
from rag.messages import MESSAGES
from rag.reading.kinds import Talk
from rag.types import Draft

_TO_PEOPLE: frozenset[Talk] = frozenset({"complaint", "human"})


class TalkSettings(BaseSettings):
    """`handover`: where to reach a person, such as a phone number and its hours; said to whoever wishes for one."""

    model_config = SettingsConfigDict(env_prefix="POLICYQA_", frozen=True, extra="ignore")

    handover: str = ""


def reply(kind: Talk, corpus: Corpus, handover: str = "") -> Draft:
    """`handover` stands in for the advice to call the office in charge."""
    key = f"{kind}_to" if handover and kind in _TO_PEOPLE else kind
    text = MESSAGES[key].format(example=example_questions(corpus)[0], handover=handover)
    return Draft("talk", text, reason=kind)
