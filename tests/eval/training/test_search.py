"""The questions that embedder and ranker are fitted on, and how cases are drawn from them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from eval.training.bodies.texts import NOTICES
from eval.training.search import lessons
from eval.training.search.lessons import Lesson, Passage, digest_of, lessons_in, measured_documents
from eval.training.search.marks import Chosen, table
from eval.training.search.mining import Found, drawn, nearest_sentences
from eval.training.search.pointing import pointings


def a_passage(key: str, *sentences: str, document: str = "甲.md") -> Passage:
    return Passage(document, key, "甲市条例", "".join(sentences), sentences)


OWN = a_passage("own", "养犬应当登记。", "登记费为二百元。")
OTHERS = tuple(a_passage(f"other-{letter}", f"{letter * 12}。") for letter in "乙丙丁")


def a_lesson(kind: str, sentence: int) -> Lesson:
    return Lesson("登记要交多少钱", kind, OWN, sentence)


def test_nothing_is_fitted_on_the_documents_that_are_measured_on() -> None:
    measured = measured_documents()
    names = [json.loads(line)["document"] for line in lessons.EXACT.read_text(encoding="utf-8").splitlines()]
    assert len(names) > 3000
    assert not [name for name in names if Path(name).stem in measured or name.startswith("ncp-")]


def test_every_question_for_exact_words_has_some() -> None:
    for line in lessons.EXACT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row["question"], line
        assert all(row["words"]), line


def test_questions_are_found_again_by_document_clause_and_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policies").mkdir()
    text = "甲市养犬条例\n第一条 养犬应当登记。登记费为二百元，由市公安局收取。\n"
    (tmp_path / "policies" / "甲.md").write_text(text, encoding="utf-8")
    document = next(iter(lessons.documents_in(tmp_path, {"甲.md"})))[1]
    clause = document.clauses[-1]
    sentence = next(one.text for one in lessons.sentences_of(clause.text) if "二百" in one.text)
    row = {
        "document": "甲.md",
        "sha256": clause.digest,
        "sentence": digest_of(sentence),
        "question": "找谁交",
        "words": ["市公安局"],
    }
    lost = {**row, "sentence": "0" * 16}
    exact = tmp_path / "exact.jsonl"
    exact.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (row, lost)), encoding="utf-8")
    monkeypatch.setattr(lessons, "EXACT", exact)
    monkeypatch.setattr(lessons, "QUESTIONS", tmp_path / "none.jsonl")
    monkeypatch.setattr(lessons, "OF_NOTICES", tmp_path / "none.jsonl")
    (found,) = lessons_in(tmp_path)
    assert (found.kind, found.is_answered) == ("exact", True)
    assert found.passage.sentences[found.sentence] == sentence
    assert found.words == ("市公安局",)


def test_every_question_on_a_notice_finds_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUESTIONS", "EXACT"):
        monkeypatch.setattr(lessons, name, tmp_path / "none.jsonl")
    rows = lessons.OF_NOTICES.read_text(encoding="utf-8").splitlines()
    found = lessons_in(tmp_path)
    assert len(found) == len(rows) * 8
    assert {one.passage.document for one in found} == {file.name for file in NOTICES.iterdir()}
    for one in found:
        assert one.is_answered != (one.kind == "miss")
        assert all(word in one.passage.sentences[one.sentence] for word in one.words)


LONG = "第五条 区民政局负责认定，区财政局负责拨款，镇人民政府受理申请。补贴每月200元，最多领24个月。"
HOME = Passage("甲.md", "long", "甲市办法 第五条", LONG, (LONG[: LONG.index("补贴")], LONG[LONG.index("补贴") :]))


@pytest.mark.parametrize(
    ("sentence", "words", "right"),
    [
        (0, ("区财政局",), {"区财政局"}),
        (0, ("区民政局", "镇人民政府"), {"区民政局", "镇人民政府"}),
        (1, ("200元",), {"每月200元"}),
        (0, ("受理申请",), set()),
        (-1, (), set()),
    ],
)
def test_what_answers_is_pointed_at_beside_all_that_does_not(
    sentence: int, words: tuple[str, ...], right: set[str]
) -> None:
    lesson = Lesson("问", "exact" if words else "miss", HOME, sentence, words)
    chance = random.Random(1)
    case = next(case for _ in range(40) for case in pointings([lesson], chance))
    shown = [case.words[slice(*one)] for one in case.stretches]
    assert {shown[place] for place in case.right} == right
    assert {"区民政局", "区财政局", "镇人民政府", "每月200元", "24个月"} >= set(shown) >= right
    assert len(shown) - len(right) >= 3


def test_the_right_passage_comes_first_and_a_miss_has_none() -> None:
    rows = [Found(a_lesson("direct", 1), OTHERS), Found(a_lesson("miss", -1), OTHERS)]
    answered, miss = drawn(rows, random.Random(0))
    assert answered.right == {0}
    assert answered.shown[0] == (OWN.front, OWN.text)
    assert miss.right == frozenset()
    assert miss.shown[0] == (OWN.front, OWN.text)


def test_a_pass_takes_some_of_a_clauses_questions_and_every_miss() -> None:
    rows = [Found(a_lesson(kind, 0), OTHERS) for kind in ("everyday", "story", "direct", "second")]
    cases = drawn([*rows, Found(a_lesson("miss", -1), OTHERS)], random.Random(0))
    assert sorted(len(case.right) for case in cases) == [0, 1, 1, 1]


def test_a_passage_that_says_the_same_is_no_wrong_answer() -> None:
    twin = a_passage("twin", "养犬应当登记。", "登记费为二百元。", document="乙.md")
    (case,) = drawn([Found(a_lesson("direct", 1), (twin, *OTHERS))], random.Random(0))
    assert twin.text == OWN.text
    assert [words for _, words in case.shown].count(OWN.text) == 1


def test_the_sentences_shown_share_most_with_the_question() -> None:
    rest = "本条例自公布之日起施行，" + "有关办法另行制定，" * 16
    passage = a_passage("x", rest, "登记费为二百元。", "养犬登记每年一次。")
    assert nearest_sentences("养犬登记费多少", passage) == (2, 1)


def test_of_figures_it_is_told_what_each_lead_costs() -> None:
    rows = [
        Chosen("bodies", 0.5, True, True),
        Chosen("figures", 1.0, False, True),
        Chosen("figures", 3.0, False, False),
        Chosen("figures", 8.0, True, True),
    ]
    lines = list(table(rows))
    assert lines[0] == "bodies of 1, lead 0: said 1.00, one of the right ones 1.000, just the right ones 1.000"
    assert [line.split(": ")[1] for line in lines[1:]] == [
        "said 1.00, one of the right ones 0.667, just the right ones 0.333",
        "said 0.67, one of the right ones 0.500, just the right ones 0.500",
        "said 0.33, one of the right ones 1.000, just the right ones 1.000",
        "said 0.33, one of the right ones 1.000, just the right ones 1.000",
    ]
