"""Questions that can't be put. A refusal is no error: it is an answer."""

from __future__ import annotations

from collections.abc import Sequence


class QuestionError(Exception):
    """The question or its filters can't be used."""


class BlankQuestionError(QuestionError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("the question is blank. Type what you want to know.")


class UnknownFilterError(QuestionError):
    """A filter names something that the corpus doesn't have."""

    def __init__(self, name: str, value: str, known: Sequence[str]) -> None:
        shown = "、".join(known[:12]) + ("…" if len(known) > 12 else "")
        super().__init__(f"{name} {value!r} is not in the corpus. Known: {shown}.")


class UnfinishedError(Exception):
    """An answer that was not made to its end."""


class AnswerTimeoutError(UnfinishedError):
    """It took longer than it may."""

    def __init__(self) -> None:
        super().__init__("the answer took too long and was given up. Ask something shorter, or again in a moment.")


class AnswerCancelledError(UnfinishedError):
    """Nobody waits for it any more."""

    def __init__(self) -> None:
        super().__init__("the answer was given up: its asker has gone, or the service is ending.")
