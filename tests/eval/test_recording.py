"""A model's replies through a folder, and replayed."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.load import load_corpus
from corpus.types import Corpus
from eval.evaluate import ask_all
from eval.kept_replies import kept_replies
from eval.recording import ABOUT, REPLIES, RecordingError, Replay, key_of
from eval.types import GoldClause
from index.search import HybridIndex
from index.settings import ROOT
from rag.answer import PolicyQa
from rag.llm.types import Message
from tests.builders import an_index
from tests.eval.builders import a_question
from tests.rag.builders import PairEmbedder
from tests.rag.llm.scripted_model import a_find, a_plan

CLAUSE = "hongkou-2020#二/(二)/8"
QUESTIONS = tuple(
    a_question(question=f"虹口区{topic}由谁负责？", id=name, gold=(GoldClause(CLAUSE, ""),), facts=(), departments=None)
    for name, topic in (("q1", "在线医疗"), ("q2", "互联网医院"))
)


def answering(folder: Path, stop: threading.Event) -> None:
    """Whoever answers: a plan to a plan's prompt, and words to the rows."""
    while not stop.wait(0.05):
        for path in (folder / "in").glob("*.json"):
            reply = folder / "out" / f"{path.stem}.txt"
            if not reply.exists():
                messages = json.loads(path.read_text(encoding="utf-8"))["messages"]
                is_plan = len(messages) == 2
                plan = a_plan(a_find("在线医疗", places=["虹口区"]))
                reply.write_text(
                    plan if is_plan else "【答】由区卫生健康委、区医保局、区科委负责[1]。", encoding="utf-8"
                )


@pytest.fixture(scope="module")
def policies() -> Corpus:
    return load_corpus(ROOT / "corpus" / "policies")


@pytest.fixture(scope="module")
def index(policies: Corpus) -> HybridIndex:
    return an_index(policies, PairEmbedder())


@pytest.fixture(scope="module")
def recording(policies: Corpus, index: HybridIndex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recording")
    stop = threading.Event()
    thread = threading.Thread(target=answering, args=(folder, stop), daemon=True)
    kept = kept_replies(folder, None, "stand-in", "written by hand")
    assert kept is not None
    thread.start()
    try:
        rows = ask_all(QUESTIONS, PolicyQa(policies, index, kept.model, kept.limits), at_once=kept.at_once)
    finally:
        stop.set()
        thread.join(5)
    assert kept.ended() == ()
    assert [answer["mode"] for _, answer in rows] == ["llm", "llm"]
    return folder


def test_requests_are_files_with_the_question_that_they_belong_to(recording: Path) -> None:
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in (recording / "in").glob("*.json")]
    assert sorted(row["question"] for row in rows) == ["q1", "q1", "q2", "q2"]
    for row in rows:
        assert row["key"] == key_of([Message(**message) for message in row["messages"]])


def test_a_recording_says_who_answered_and_when(recording: Path) -> None:
    about = json.loads((recording / ABOUT).read_text(encoding="utf-8"))
    assert about == {"model": "stand-in", "date": datetime.now(UTC).date().isoformat(), "note": "written by hand"}
    assert len((recording / REPLIES).read_text(encoding="utf-8").splitlines()) == 4


def test_a_replay_asks_nobody_and_gives_the_same(recording: Path, policies: Corpus, index: HybridIndex) -> None:
    kept = kept_replies(None, recording)
    assert kept is not None
    started = time.monotonic()
    rows = ask_all(QUESTIONS, PolicyQa(policies, index, kept.model, kept.limits))
    assert [score.clause_first for score, _ in rows] == [1.0, 1.0]
    assert rows[0][1]["model"].startswith("stand-in (")
    assert kept.ended() == ()
    assert kept.manifest()["unrecorded"] == []
    assert time.monotonic() - started < 30


def test_what_is_missing_and_what_is_stale_is_named(recording: Path, policies: Corpus, index: HybridIndex) -> None:
    kept = kept_replies(None, recording)
    assert kept is not None
    other = a_question(question="虹口区在线教育由谁负责？", id="q3")
    rows = ask_all([QUESTIONS[0], other], PolicyQa(policies, index, kept.model, kept.limits))
    assert [answer["mode"] for _, answer in rows] == ["llm", "extractive"]
    missing, stale = kept.ended()
    assert missing.startswith("q3: no reply is recorded for ")
    assert stale == "2 recorded replies answer no prompt of this run"
    assert kept.manifest()["unrecorded"] == ["q3"]


def test_a_replay_needs_a_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="--record"):
        Replay(tmp_path)


def test_whoever_answers_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="--model"):
        kept_replies(tmp_path, None)
    with pytest.raises(RecordingError, match="don't go together"):
        kept_replies(tmp_path, tmp_path, "someone")


def test_a_key_is_of_all_that_is_asked() -> None:
    one = [Message("system", "甲"), Message("user", "乙")]
    assert key_of(one) == key_of(list(one))
    assert key_of(one) != key_of([Message("user", "甲"), Message("user", "乙")])
