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
    # fully right, clause first, gold cited, cited is gold, departments, facts | refused ok | refused wrongly | reason
    assert answered.split() == ["by_department", "1", *["1.000", "(1)"] * 6, "-", "0.000", "(1)", "-"]
    assert refused.split() == ["unanswerable", "1", "1.000", "(1)", *["-"] * 5, "1.000", "(1)", "-", "1.000", "(1)"]
    assert everything.split()[:4] == ["ALL", "2", "1.000", "(2)"]
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


def test_a_file_in_the_encoding_of_an_office_is_read(small: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "gb.jsonl").write_bytes('{"question": "谁负责？", "answerable": true}\n'.encode("gb18030"))
    ended = small("eval", "--questions", str(tmp_path / "gb.jsonl"))
    assert (ended.status, ended.err) == (0, "")
    assert "gb.jsonl: 1 questions" in ended.out


def test_a_file_in_no_encoding_is_named(small: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_bytes(b'{"question": "\xff\xff", "answerable": true}\n')
    ended = small("eval", "--questions", str(tmp_path / "odd.jsonl"))
    assert (ended.status, ended.out) == (3, "")
    assert "odd.jsonl" in ended.complaint
    assert "UTF-8" in ended.complaint


@pytest.fixture
def made(evaluate: Evaluate, small: PolicyQaCommand, tmp_path: Path) -> Callable[..., Ended]:
    """Makes a run of these rows in the folder of that name."""

    def make(name: str, *rows: dict[str, Any] | str) -> Ended:
        evaluate(*rows)  # writes the file
        return small("eval", "run", "--questions", str(tmp_path / "mine.jsonl"), "--out", str(tmp_path / name))

    return make


def test_a_run_is_a_folder_that_explains_itself(made: Callable[..., Ended], tmp_path: Path) -> None:
    ended = made("first", a_row(), UNANSWERABLE)
    assert (ended.status, ended.err) == (0, "")
    assert "first: 2 questions" in ended.out
    names = {path.name for path in (tmp_path / "first").iterdir()}
    assert names == {"manifest.json", "questions.jsonl", "answers.jsonl", "scores.jsonl", "summary.json"}
    manifest = json.loads((tmp_path / "first" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["questions"], manifest["embedder"]) == ("mine.jsonl", "none")


LABELS = {"op": "tasks", "wants": ["list"], "names": {"places": ["示例区"], "bodies": ["科委"]}}


def test_a_labelled_question_has_its_reading_in_the_run_and_in_the_page(
    made: Callable[..., Ended], small: PolicyQaCommand, tmp_path: Path
) -> None:
    printed = made("first", a_row(**LABELS), UNANSWERABLE).out
    assert "read as labelled" in printed
    (tasks,) = [row.split() for row in printed.splitlines() if row.startswith("op tasks")]
    assert tasks == ["op", "tasks", "1.000", "(1)", "1.000", "(1)"]
    assert small("eval", "score", str(tmp_path / "first")).out.splitlines()[2:] == printed.splitlines()[2:]
    summary = json.loads((tmp_path / "first" / "summary.json").read_text(encoding="utf-8"))
    assert summary["by_kind"]["ALL"]["gold_plan"] == {"mean": 1.0, "n": 1}
    assert ["op tasks", "1.000 (1)", "1.000 (1)"] in summary["slots"]
    small("eval", "report", str(tmp_path / "first"))
    assert "read as labelled" in (tmp_path / "first" / "report.html").read_text(encoding="utf-8")


def test_a_run_is_scored_again_without_asking(
    made: Callable[..., Ended], small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = made("first", a_row(), UNANSWERABLE).out
    monkeypatch.setenv("POLICYQA_CORPUS", str(tmp_path / "nowhere"))
    ended = small("eval", "score", str(tmp_path / "first"))
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines()[2:] == printed.splitlines()[2:]  # the table, under its title


def test_two_runs_are_compared_question_by_question(
    made: Callable[..., Ended], small: PolicyQaCommand, tmp_path: Path
) -> None:
    made("first", a_row(gold=[{"clause_id": "demo-2020#一", "quote": "空中课堂"}]))
    made("second", a_row())
    ended = small("eval", "compare", str(tmp_path / "first"), str(tmp_path / "second"))
    assert (ended.status, ended.err) == (0, "")
    (recall,) = [row.split() for row in ended.out.splitlines() if row.startswith("recall  ")]
    assert recall[1:6] == ["1", "0.000", "1.000", "1", "0"]  # n, before, after, better, worse
    assert "recall better: q1" in ended.out


def test_a_run_is_reported_as_a_page(made: Callable[..., Ended], small: PolicyQaCommand, tmp_path: Path) -> None:
    made("first", a_row(question="示例区科委负责哪些任务？<script>"), UNANSWERABLE)
    ended = small("eval", "report", str(tmp_path / "first"))
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"{tmp_path / 'first' / 'report.html'}\n"
    page = (tmp_path / "first" / "report.html").read_text(encoding="utf-8")
    assert "<script>" not in page


def test_a_run_is_not_written_over_another(made: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "mine.txt").write_text("mine", encoding="utf-8")
    ended = made("first", a_row())
    assert (ended.status, ended.out) == (2, "")
    assert "--out" in ended.complaint
    assert [path.name for path in (tmp_path / "first").iterdir()] == ["mine.txt"]


def test_a_run_leaves_bad_rows_out_and_names_them(made: Callable[..., Ended]) -> None:
    ended = made("first", "{bad", a_row())
    assert ended.status == 0
    assert "mine.jsonl, line 1" in ended.complaint
    assert "first: 1 questions" in ended.out


def test_a_line_break_of_unicode_does_not_break_a_run(
    made: Callable[..., Ended], small: PolicyQaCommand, tmp_path: Path
) -> None:
    assert made("first", {"question": "示例区科委\u2028负责哪些任务？"}).status == 0
    assert small("eval", "score", str(tmp_path / "first")).status == 0


def test_a_run_with_gold_that_the_texts_dont_have_is_a_failed_check(made: Callable[..., Ended]) -> None:
    ended = made("first", a_row(gold=[{"clause_id": "demo-2020#九", "quote": "发展"}]))
    assert ended.status == 1
    assert "no clause demo-2020#九" in ended.complaint


@pytest.mark.parametrize(
    "arguments",
    [("score",), ("score", "a", "b"), ("report",), ("compare", "a"), ("compare", "a", "b", "c"), ("run", "a")],
    ids=" ".join,
)
def test_too_many_runs_or_too_few_are_wrong_use(
    arguments: tuple[str, ...], small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.evaluate.RUNS", tmp_path)
    monkeypatch.setattr("commands.evaluate.QUESTIONS", tmp_path)
    ended = small("eval", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.complaint


@pytest.mark.parametrize("action", ["score", "report"])
def test_a_folder_without_a_run_is_named(action: str, small: PolicyQaCommand, tmp_path: Path) -> None:
    ended = small("eval", action, str(tmp_path))
    assert (ended.status, ended.out) == (3, "")
    assert str(tmp_path) in ended.complaint
    assert "policyqa eval run" in ended.complaint
