"""An answer is given up between two of its stages: when its time is over, or when nobody waits for it."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.deadline import Deadline
from rag.errors import AnswerCancelledError, AnswerTimeoutError
from tests.builders import an_index
from tests.rag.builders import SlowSearch

QUESTION = "虹口区在线金融服务由哪些部门负责？"


def test_without_seconds_there_is_no_end() -> None:
    Deadline().check()


def test_past_its_end_it_says_so() -> None:
    with pytest.raises(AnswerTimeoutError, match="took too long"):
        Deadline(-1).check()


def test_cancelled_it_says_so_and_so_does_what_was_lifted_from_it() -> None:
    deadline = Deadline(-1)
    lifted = deadline.without_end()
    lifted.check()
    deadline.cancel()
    for either in (deadline, lifted):
        with pytest.raises(AnswerCancelledError):
            either.check()


def test_a_slow_search_is_the_last_one_past_the_deadline(policies: Corpus) -> None:
    slow = SlowSearch(an_index(policies), seconds=0.2)
    with pytest.raises(AnswerTimeoutError):
        PolicyQa(policies, slow).stream(QUESTION, deadline=Deadline(0.1)).answer()
    assert slow.searches <= 1


def test_a_stream_that_is_closed_searches_no_more(policies: Corpus) -> None:
    slow = SlowSearch(an_index(policies), seconds=0)
    stream = PolicyQa(policies, slow).stream(QUESTION)
    slow.before_search = stream.close
    with pytest.raises(AnswerCancelledError):
        stream.answer()
    assert slow.searches == 1
