"""What is said to what is no question, and where whoever wishes for a person is sent."""

from __future__ import annotations

from typing import get_args

import pytest

from rag.answer import PolicyQa
from rag.reading.kinds import Talk
from rag.talk import TalkSettings, reply
from tests.builders import a_corpus, a_policy, an_index
from tests.rag.builders import PairEmbedder
from tests.rag.contract import breaches

DESK = "12345，工作日8:30—17:00"
CORPUS = a_corpus(a_policy("一、在线教育。推进网上课堂。(责任部门:区教育局)\n"))


@pytest.mark.parametrize("kind", get_args(Talk))
def test_every_kind_of_talk_has_its_reply(kind: Talk) -> None:
    draft = reply(kind, CORPUS)
    assert (draft.status, draft.reason) == ("talk", kind)
    assert draft.text
    assert "{" not in draft.text


@pytest.mark.parametrize("kind", ["human", "complaint"])
def test_whoever_wants_a_person_is_told_where_to_reach_one(kind: Talk) -> None:
    assert DESK in reply(kind, CORPUS, DESK).text
    assert "人工" not in reply("thanks", CORPUS, DESK).text


def test_without_a_desk_the_office_in_charge_is_named_instead() -> None:
    assert "负责该事项的部门" in reply("human", CORPUS).text


def test_the_desk_is_said_in_a_whole_answer() -> None:
    qa = PolicyQa(CORPUS, an_index(CORPUS, PairEmbedder()), handover=DESK)
    answer = qa.ask("我要转人工")
    assert (answer.status, answer.reason) == ("talk", "human")
    assert DESK in answer.answer
    assert breaches(answer, CORPUS) == []


def test_the_desk_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_HANDOVER", DESK)
    assert TalkSettings().handover == DESK
