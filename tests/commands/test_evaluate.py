"""`policyqa eval`: a question file scored, its faults named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import Ended, PolicyQaCommand

GOLD = {"clause_id": "demo-2020#三", "quote": "发展金融科技"}
Evaluate = Callable[..., Ended]


def a_row(**fields: Any) -> dict[str, Any]:
    return {
        "id": "q1",
        "kind": "by_department",
        "question": "示例区科委负责哪些任务？",
        "answerable": True,
        "gold": [GOLD],
        "departments": [{"name": "区科委", "jurisdiction": "示例区"}],
        "facts": ["在线金融|金融在线"],
    } | fields


UNANSWERABLE = a_row(
    id="q2",
    kind="unanswerable",
    question="杨浦区在线教育由谁负责？",
    answerable=False,
    status="refused",
    reason="not_in_corpus",
    gold=[],
    departments=None,
    facts=[],
)


@pytest.fixture
def evaluate(small: PolicyQaCommand, tmp_path: Path) -> Evaluate:
    """Runs on a file of these rows; a row may be a line as it is."""

    def run(*rows: dict[str, Any] | str, flags: tuple[str, ...] = ()) -> Ended:
        file = tmp_path / "mine.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return small("eval", "--questions", str(file), *flags)

    return run


def test_scores_are_printed_by_kind_with_their_n(evaluate: Evaluate) -> None:
    ended = evaluate(a_row(), UNANSWERABLE)
    assert (ended.status, ended.err) == (0, "")
    head, columns, answered, refused, everything, sums = ended.out.splitlines()[1:]
    assert head == "mine.jsonl: 2 questions"
    assert columns.split()[:2] == ["kind", "n"]
    # clause first, gold cited, cited is gold, departments, facts | refused ok | refused wrongly | reason
    assert answered.split() == ["by_department", "1", *["1.000", "(1)"] * 5, "-", "0.000", "(1)", "-"]
    assert refused.split() == ["unanswerable", "1", *["-"] * 5, "1.000", "(1)", "-", "1.000", "(1)"]
    assert everything.split()[:4] == ["ALL", "2", "1.000", "(1)"]
    assert sums.startswith("ungrounded numbers: 0 ")


def test_json_is_a_score_a_line(evaluate: Evaluate) -> None:
    first, second = evaluate(a_row(), UNANSWERABLE, flags=("--json",)).objects
    assert (first["question_id"], first["recall"], first["refused_rightly"]) == ("q1", 1.0, None)
    assert (second["question_id"], second["recall"], second["refused_rightly"]) == ("q2", None, 1.0)


def test_a_miss_is_printed_with_its_gold(evaluate: Evaluate) -> None:
    ended = evaluate(a_row(gold=[{"clause_id": "demo-2020#一", "quote": "空中课堂"}]), flags=("--misses",))
    assert ended.status == 0
    assert "gold demo-2020#一" in ended.out
    assert "示例区科委负责哪些任务？" in ended.out


def test_a_hit_is_not_printed_as_a_miss(evaluate: Evaluate) -> None:
    assert "gold" not in evaluate(a_row(), UNANSWERABLE, flags=("--misses",)).out.split("ungrounded")[1]


@pytest.mark.parametrize(
    ("gold", "words"),
    [
        ({"clause_id": "demo-2020#九", "quote": "发展"}, "no clause demo-2020#九"),
        ({"clause_id": "nowhere#三", "quote": "发展"}, "no clause nowhere#三"),
        ({"clause_id": "demo-2020#三", "quote": "发展 金融科技"}, "the quotation is not in demo-2020#三"),
    ],
)
def test_gold_that_the_texts_dont_have_is_a_failed_check(gold: dict[str, str], words: str, evaluate: Evaluate) -> None:
    ended = evaluate(UNANSWERABLE, a_row(gold=[gold]))
    assert ended.status == 1
    assert "mine.jsonl" in ended.complaint
    assert f"q1: {words}" in ended.complaint
    assert "ALL" in ended.out


@pytest.mark.parametrize(
    "row",
    [
        "{bad",
        "[1]",
        '"text"',
        '{"answerable": true}',
        json.dumps(a_row(gold="demo-2020#三")),
        json.dumps(a_row(gold=[{"clause_id": "demo-2020#三"}])),
        json.dumps(a_row(departments=["区科委"])),
        json.dumps(a_row(question=5)),
        json.dumps(a_row(question="  ")),
        json.dumps(a_row(history=["谁？"])),
        json.dumps(a_row(history=[{"role": "user"}])),
        json.dumps(a_row(facts=[5])),
    ],
    ids=[
        "no JSON", "a list", "a text", "no question", "gold as a text", "gold without a quote",
        "departments as texts", "a question that is a number", "a blank question", "a turn that is a text",
        "a turn without content", "a fact that is a number",
    ],
)  # fmt: skip
def test_a_bad_row_is_named_with_its_line(row: str, evaluate: Evaluate) -> None:
    ended = evaluate(a_row(), "", row)
    assert (ended.status, ended.out) == (3, "")
    assert "mine.jsonl, line 3: " in ended.complaint


@pytest.mark.parametrize("rows", [(), ("", "  ")], ids=["empty", "blank lines"])
def test_a_file_without_questions_is_said_to_have_none(rows: tuple[str, ...], evaluate: Evaluate) -> None:
    ended = evaluate(*rows)
    assert (ended.status, ended.out) == (3, "")
    assert "no questions" in ended.complaint


def test_a_file_that_is_not_there_is_named(small: PolicyQaCommand, tmp_path: Path) -> None:
    ended = small("eval", "--questions", str(tmp_path / "nowhere.jsonl"))
    assert (ended.status, ended.out) == (3, "")
    assert "nowhere.jsonl" in ended.complaint


def test_a_file_that_is_not_utf8_is_named(small: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "gb.jsonl").write_bytes('{"question": "谁负责？", "answerable": true}\n'.encode("gb18030"))
    ended = small("eval", "--questions", str(tmp_path / "gb.jsonl"))
    assert (ended.status, ended.out) == (3, "")
    assert "gb.jsonl" in ended.complaint
    assert "UTF-8" in ended.complaint
