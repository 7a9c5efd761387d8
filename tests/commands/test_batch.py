"""`policyqa ask --batch`: a question a line in, an answer object a line out; nothing is lost."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import Ended, PolicyQaCommand

QUESTION, ELSEWHERE = "示例区科委负责哪些任务？", "杨浦区在线教育由谁负责？"
IN_TWO_PLACES = "区科委负责哪些任务？"
VOLATILE = {"trace_id", "latency_ms", "timings_ms"}
Line = bytes | str | dict[str, Any]

# A line that can't be asked, and the reason that its error object gives.
BAD_LINES: dict[str, tuple[Line, str]] = {
    "no JSON": (b"{bad", "invalid_json"),
    "cut short": ('{"id": "q1", "question": "谁负', "invalid_json"),
    "a list": (b"[1]", "invalid_json"),
    "a text": ('"谁负责？"', "invalid_json"),
    "null": (b"null", "invalid_json"),
    "two objects": (b'{"question": "a"} {"question": "b"}', "invalid_json"),
    "GB18030": ('{"question": "谁负责？"}'.encode("gb18030"), "invalid_json"),
    "bytes of nothing": (b"\xff\xfe\x00", "invalid_json"),
    "ten thousand brackets": (b"[" * 10_000, "invalid_json"),
    "a number too long to read": (b'{"id": ' + b"9" * 5000 + b', "question": "a"}', "invalid_json"),
    "an id that JSON doesn't have": (b'{"id": NaN, "question": "a"}', "invalid_json"),
    "no question": ({"id": "q1"}, "missing_question"),
    "a question that is a number": ({"id": "q1", "question": 5}, "missing_question"),
    "a question that is null": ({"id": "q1", "question": None}, "missing_question"),
    "an empty question": ({"id": "q1", "question": ""}, "blank_question"),
    "a blank question": ({"id": "q1", "question": " \n　"}, "blank_question"),
    "an unknown place": ({"id": "q1", "question": QUESTION, "jurisdiction": "杨浦区"}, "unknown_filter"),
    "an unknown document": ({"id": "q1", "question": QUESTION, "document_id": "x"}, "unknown_filter"),
    "an unknown body": ({"id": "q1", "question": QUESTION, "department": "区水务局"}, "unknown_filter"),
    "a filter that is a number": ({"id": "q1", "question": QUESTION, "department": 5}, "invalid_filter"),
    "a day that is none": ({"id": "q1", "question": QUESTION, "as_of": "昨天"}, "invalid_as_of"),
    "a day that is a number": ({"id": "q1", "question": QUESTION, "as_of": 2020}, "invalid_as_of"),
    "a history that is a text": ({"id": "q1", "question": QUESTION, "history": "谁？"}, "invalid_history"),
    "a history of texts": ({"id": "q1", "question": QUESTION, "history": ["谁？"]}, "invalid_history"),
    "a turn without content": ({"id": "q1", "question": QUESTION, "history": [{"role": "user"}]}, "invalid_history"),
    "a turn of another role": (
        {"id": "q1", "question": QUESTION, "history": [{"role": "system", "content": "x"}]},
        "invalid_history",
    ),
    "a turn whose content is a number": (
        {"id": "q1", "question": QUESTION, "history": [{"role": "user", "content": 5}]},
        "invalid_history",
    ),
}  # fmt: skip

# Lines that are odd, and asked all the same.
ODD_LINES: dict[str, Line] = {
    "further fields": {"id": "q1", "question": QUESTION, "note": {"a": [1]}},
    "nulls": {"id": "q1", "question": QUESTION, "history": None, "jurisdiction": None, "as_of": None},
    "no history yet": {"id": "q1", "question": QUESTION, "history": []},
    "a lone surrogate in the question": b'{"id": "q1", "question": "\\ud800"}',
    "a lone surrogate in the id": b'{"id": "\\udfff", "question": "a"}',
    "a lone surrogate in the history": (
        b'{"id": "q1", "question": "\\u5462\\uff1f", "history": [{"role": "user", "content": "\\ud800"}]}'
    ),
    "an empty turn": {"id": "q1", "question": "那呢？", "history": [{"role": "user", "content": ""}]},
    "an answer as the only turn": {"id": "q1", "question": "那呢？", "history": [{"role": "assistant", "content": "是。"}]},
    "a line break of Unicode": {"id": "q1", "question": "区科委\u2028负责哪些任务？"},
    "control characters": {"id": "q1", "question": "\x00\x1b"},
    "fifty thousand characters": {"id": "q1", "question": "在" * 50_000},
    "references by the thousand": {"id": "q1", "question": "第一条" * 17_000},
    "bodies by the thousand": {"id": "q1", "question": "区科委、" * 12_500},
    "asking words by the thousand": {"id": "q1", "question": "哪些" * 25_000},
    "a long history": {"id": "q1", "question": "那呢？", "history": [{"role": "user", "content": QUESTION}] * 200},
}  # fmt: skip


def as_bytes(lines: Iterable[Line], end: bytes = b"\n") -> bytes:
    return b"".join(as_line(line) + end for line in lines)


def as_line(line: Line) -> bytes:
    if isinstance(line, dict):
        line = json.dumps(line, ensure_ascii=False)
    return line.encode() if isinstance(line, str) else line


def settled(row: dict[str, Any]) -> dict[str, Any]:
    """The answer without what differs from run to run."""
    return {name: value for name, value in row.items() if name not in VOLATILE}


class Batch:
    """IN.jsonl and OUT.jsonl in a folder of their own."""

    def __init__(self, folder: Path, command: PolicyQaCommand) -> None:
        self.source, self.target = folder / "IN.jsonl", folder / "OUT.jsonl"
        self._command = command

    def of(self, *lines: Line, flags: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """The answers to these lines; the batch itself must be done."""
        self.source.write_bytes(as_bytes(lines))
        ended = self.run(*flags)
        assert ended.status == 0, ended
        return self.rows

    def run(self, *flags: str, out: Path | None = None) -> Ended:
        return self._command("ask", "--batch", str(self.source), "--out", str(out or self.target), *flags)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line, parse_constant=_refuse) for line in self.target.read_bytes().split(b"\n")[:-1]]


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


@pytest.fixture
def batch(small: PolicyQaCommand, tmp_path: Path) -> Batch:
    return Batch(tmp_path, small)


@pytest.fixture(scope="module")
def odd_answers(
    small_texts: Path, small_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, Any]]:
    """The answer to a bad or an odd line by its name; every one is asked between two good ones, in one batch."""
    from commands.batch import run_batch
    from rag.types import NO_FILTERS

    folder = tmp_path_factory.mktemp("odd")
    lines: list[Line] = []
    for line in [line for line, _ in BAD_LINES.values()] + list(ODD_LINES.values()):
        lines += [{"id": "before", "question": QUESTION}, line]
    (folder / "IN.jsonl").write_bytes(as_bytes(lines))
    settings = {
        "POLICYQA_CORPUS": small_texts,
        "POLICYQA_ASKED_AS": small_texts,
        "POLICYQA_STORE": small_store,
        "POLICYQA_EMBEDDER": "none",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, str(value))
        assert run_batch(folder / "IN.jsonl", folder / "OUT.jsonl", False, False, NO_FILTERS, None) == 0
    answers = (folder / "OUT.jsonl").read_bytes().split(b"\n")[1::2]
    return dict(zip([*BAD_LINES, *ODD_LINES], map(json.loads, answers), strict=True)).__getitem__


def test_answers_come_in_the_order_of_the_questions(batch: Batch) -> None:
    names = [f"q{number}" for number in (3, 1, 2, 1)]
    assert [row["id"] for row in batch.of(*({"id": name, "question": QUESTION} for name in names))] == names


def test_an_answer_is_the_answer_object_with_its_id_first(batch: Batch, small: PolicyQaCommand) -> None:
    (row,) = batch.of({"id": "q1", "question": QUESTION})
    (alone,) = small("ask", QUESTION, "--json").objects
    assert list(row) == ["id", *alone]
    assert settled(row) == {"id": "q1"} | settled(alone)


def test_ids_of_any_type_come_back_as_they_were(batch: Batch) -> None:
    ids = ["q17", "", 7, 0, 1.5, None, True, False, [1, ["a"]], {"k": None}, "编号"]
    rows = batch.of(*({"id": given, "question": QUESTION} for given in ids))
    assert [(row["id"], type(row["id"])) for row in rows] == [(given, type(given)) for given in ids]


def test_a_question_without_an_id_has_none_to_give_back(batch: Batch) -> None:
    (row,) = batch.of({"question": QUESTION})
    assert row.get("id") is None
    assert row["status"] == "answered"


def test_a_line_that_cant_be_read_gets_an_error_object_and_the_rest_are_answered(batch: Batch) -> None:
    lines: list[Line] = [{"id": number, "question": QUESTION} for number in range(1, 41)]
    lines[36] = '{"id": 37, "question": "谁负责'
    rows = batch.of(*lines)
    assert len(rows) == 40
    error = {"id": None, "line": 37, "status": "error", "reason": "invalid_json"}
    assert {name: rows[36][name] for name in error} == error
    assert [row["status"] for row in rows[:36] + rows[37:]] == ["answered"] * 39
    assert [row["id"] for row in rows[37:]] == [38, 39, 40]


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_gets_its_reason(name: str, odd_answers: Callable[[str], dict[str, Any]]) -> None:
    line, reason = BAD_LINES[name]
    row = odd_answers(name)
    assert (row["status"], row["reason"]) == ("error", reason)
    assert row["line"] == 2 * list(BAD_LINES).index(name) + 2  # each stands under a good one
    assert row["id"] == (line.get("id") if isinstance(line, dict) else None)


@pytest.mark.parametrize("name", ODD_LINES)
def test_an_odd_line_is_asked(name: str, odd_answers: Callable[[str], dict[str, Any]]) -> None:
    row = odd_answers(name)
    assert row["status"] in ("answered", "partial", "refused", "clarify")
    assert row["id"] in ("q1", "\udfff")


def test_error_lines_are_counted_on_standard_error(batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}, b"{", {"question": ELSEWHERE}, b"["]))
    ended = batch.run()
    assert (ended.status, ended.out) == (0, "")
    assert "4 questions" in ended.complaint
    assert "2 of them error" in ended.complaint  # a refusal is an answer


def test_blank_lines_are_skipped_and_counted_as_lines(batch: Batch) -> None:
    rows = batch.of(b"", b"   ", {"id": 1, "question": QUESTION}, b"\t", b"{", b"")
    assert [row.get("line") for row in rows] == [None, 5]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + as_bytes([{"id": 1, "question": QUESTION}, {"id": 2, "question": ELSEWHERE}]),
        as_bytes([{"id": 1, "question": QUESTION}, b"", {"id": 2, "question": ELSEWHERE}], end=b"\r\n"),
        as_bytes([{"id": 1, "question": QUESTION}, {"id": 2, "question": ELSEWHERE}]).removesuffix(b"\n"),
        as_bytes([{"id": 1, "question": QUESTION}, {"id": 2, "question": ELSEWHERE}]).decode().encode("gb18030"),
        as_bytes([{"id": 1, "question": QUESTION}, {"id": 2, "question": ELSEWHERE}]).decode().encode("utf-16"),
    ],
    ids=["a byte-order mark", "lines of Windows", "no line end at the end", "GB18030", "UTF-16"],
)
def test_files_of_other_editors_read_alike(data: bytes, batch: Batch) -> None:
    batch.source.write_bytes(data)
    assert batch.run().status == 0
    assert [(row["id"], row["status"]) for row in batch.rows] == [(1, "answered"), (2, "refused")]


def test_a_follow_up_is_read_with_its_history(batch: Batch) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "有一项。"}]
    after, alone = batch.of({"question": "那样板区呢？", "history": history}, {"question": "那样板区呢？"})
    assert "样板区" in after["rewritten_question"]
    assert after["question"] == "那样板区呢？"
    assert {row["document_id"] for row in after["citations"]} == {"other-2021"}
    assert alone["rewritten_question"] is None


def test_a_lines_filter_is_its_own(batch: Batch) -> None:
    filters = ({"document_id": "demo-2020"}, {}, {"jurisdiction": "样板区"}, {"department": "区商务委"})
    rows = batch.of(*({"question": IN_TWO_PLACES} | given for given in filters))
    assert [[citation["clause_id"] for citation in row["citations"]] for row in rows] == [
        ["demo-2020#三"],
        ["demo-2020#三", "other-2021#二", "other-2021#三"],
        ["other-2021#二", "other-2021#三"],
        ["other-2021#二"],
    ]


def test_a_lines_filter_comes_before_the_commands(batch: Batch) -> None:
    lines = [{"question": IN_TWO_PLACES, "document_id": "demo-2020"}, {"question": IN_TWO_PLACES}]
    rows = batch.of(*lines, flags=("--document-id", "other-2021"))
    assert [{row["document_id"] for row in answer["citations"]} for answer in rows] == [{"demo-2020"}, {"other-2021"}]


def test_a_lines_day_comes_before_the_commands(batch: Batch) -> None:
    lines = [{"question": QUESTION, "as_of": "2020-06-01"}, {"question": QUESTION}]
    assert [row["as_of"] for row in batch.of(*lines, flags=("--as-of", "2023-01-01"))] == ["2020-06-01", "2023-01-01"]


def test_an_out_that_exists_is_left_alone(batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    batch.target.write_bytes(b"mine")
    ended = batch.run()
    assert (ended.status, ended.out) == (2, "")
    assert "--force" in ended.complaint
    assert "--resume" in ended.complaint
    assert batch.target.read_bytes() == b"mine"


def test_force_overwrites(batch: Batch) -> None:
    batch.target.write_bytes(b"mine\n" * 10)
    assert [row["id"] for row in batch.of({"id": 1, "question": QUESTION}, flags=("--force",))] == [1]


def test_resume_and_force_exclude_each_other(batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    batch.target.write_bytes(b"mine")
    assert batch.run("--resume", "--force").status == 2
    assert batch.target.read_bytes() == b"mine"


def test_resume_without_an_out_begins(batch: Batch) -> None:
    assert [row["id"] for row in batch.of({"id": 1, "question": QUESTION}, flags=("--resume",))] == [1]


@pytest.mark.parametrize(
    ("kept", "half"),
    [(0, b""), (0, b'{"id": 1, "ques'), (1, b""), (2, '{"id": 3, "question": "谁'.encode()[:-1]), (2, b"{")],
    ids=["nothing", "half an answer", "one answer", "two and half a character", "two and a bracket"],
)
def test_a_resumed_batch_is_as_one_that_was_never_interrupted(kept: int, half: bytes, batch: Batch) -> None:
    lines: list[Line] = [{"id": 1, "question": QUESTION}, b"", b"{", {"id": 3, "question": ELSEWHERE}]
    whole = batch.of(*lines)
    done = batch.target.read_bytes().splitlines(keepends=True)
    batch.target.write_bytes(b"".join(done[:kept]) + half)
    assert batch.run("--resume").status == 0
    assert batch.target.read_bytes().startswith(b"".join(done[:kept]))
    assert [settled(row) for row in batch.rows] == [settled(row) for row in whole]


def test_resuming_a_complete_batch_changes_nothing(batch: Batch) -> None:
    batch.of({"id": 1, "question": QUESTION}, b"{")
    before = batch.target.read_bytes()
    assert batch.run("--resume").status == 0
    assert batch.target.read_bytes() == before


def test_error_lines_of_before_are_counted_when_resumed(batch: Batch) -> None:
    batch.of(b"{", {"id": 2, "question": QUESTION}, b"{")
    first, *_ = batch.target.read_bytes().splitlines(keepends=True)
    batch.target.write_bytes(first)
    assert "2 of them error" in batch.run("--resume").complaint


def test_resuming_with_more_answers_than_questions_is_wrong_use(batch: Batch) -> None:
    batch.of({"id": 1, "question": QUESTION}, {"id": 2, "question": QUESTION})
    before = batch.target.read_bytes()
    batch.source.write_bytes(as_bytes([{"id": 1, "question": QUESTION}]))
    ended = batch.run("--resume")
    assert (ended.status, ended.out) == (2, "")
    assert "2 answers" in ended.complaint
    assert batch.target.read_bytes() == before


@pytest.mark.parametrize("content", ["我的笔记", "第一行\n第二行", "第一行\n"])
def test_resume_leaves_a_file_alone_that_holds_no_answers(content: str, batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"id": number, "question": QUESTION} for number in range(3)]))
    batch.target.write_text(content, encoding="utf-8")
    ended = batch.run("--resume")
    assert (ended.status, ended.out) == (2, "")
    assert "OUT.jsonl" in ended.complaint
    assert batch.target.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("flags", [(), ("--force",), ("--resume",)], ids=["alone", "force", "resume"])
@pytest.mark.parametrize("by", ["name", "another spelling", "symbolic link", "hard link"])
def test_the_questions_are_not_overwritten_by_their_answers(flags: tuple[str, ...], by: str, batch: Batch) -> None:
    data = as_bytes([{"id": 1, "question": QUESTION}, {"id": 2, "question": ELSEWHERE}]).removesuffix(b"\n")
    batch.source.write_bytes(data)
    out = batch.source
    if by == "another spelling":
        out = batch.source.parent / ".." / batch.source.parent.name / batch.source.name
    elif by != "name":
        out = batch.target
        (os.symlink if by == "symbolic link" else os.link)(batch.source, out)
    ended = batch.run(*flags, out=out)
    assert (ended.status, ended.out) == (2, "")
    assert ended.complaint
    assert batch.source.read_bytes() == data


def test_an_out_is_needed(batch: Batch, small: PolicyQaCommand) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    ended = small("ask", "--batch", str(batch.source))
    assert (ended.status, ended.out) == (2, "")
    assert "--out" in ended.complaint


def test_an_out_in_a_folder_that_does_not_exist_is_named(batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    out = batch.target.parent / "no" / "such" / "OUT.jsonl"
    ended = batch.run(out=out)
    assert (ended.status, ended.out) == (3, "")
    assert str(out) in ended.complaint
    assert not out.parent.exists()


@pytest.mark.parametrize("flags", [("--force",), ("--resume",)], ids=lambda flags: flags[0])
def test_an_out_that_is_a_folder_is_named(flags: tuple[str, ...], batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    batch.target.mkdir()
    ended = batch.run(*flags)
    assert (ended.status, ended.out) == (3, "")
    assert str(batch.target) in ended.complaint


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_is_named_with_the_way_to_go_on(batch: Batch) -> None:
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    ended = batch.run("--force", out=Path("/dev/full"))
    assert (ended.status, ended.out) == (3, "")
    assert "No space left" in ended.complaint
    assert "--resume" in ended.complaint


@pytest.mark.parametrize("name", ["nowhere.jsonl", ""], ids=["nothing", "a folder"])
def test_questions_that_cant_be_read_are_named_and_no_out_is_made(
    name: str, batch: Batch, small: PolicyQaCommand
) -> None:
    source = batch.source.parent / name
    ended = small("ask", "--batch", str(source), "--out", str(batch.target))
    assert (ended.status, ended.out) == (3, "")
    assert str(source) in ended.complaint
    assert not batch.target.exists()


def test_an_index_that_cant_be_used_makes_no_out(batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "manifest.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("POLICYQA_STORE", str(tmp_path / "store"))
    batch.source.write_bytes(as_bytes([{"question": QUESTION}]))
    ended = batch.run()
    assert (ended.status, ended.out) == (3, "")
    assert ended.complaint.endswith("policyqa index")
    assert not batch.target.exists()


def test_an_unknown_filter_of_the_command_is_an_error_line_for_each(batch: Batch) -> None:
    rows = batch.of({"id": 1, "question": QUESTION}, flags=("--jurisdiction", "杨浦区"))
    assert [(row["id"], row["status"], row["reason"]) for row in rows] == [(1, "error", "unknown_filter")]


def test_the_questions_may_come_through_a_pipe(small: PolicyQaCommand, tmp_path: Path) -> None:
    source, target = tmp_path / "pipe", tmp_path / "answers.jsonl"
    os.mkfifo(source)
    writer = threading.Thread(target=source.write_text, args=(json.dumps({"question": QUESTION}) + "\n", "utf-8"))
    writer.start()
    ended = small("ask", "--batch", str(source), "--out", str(target))
    writer.join()
    assert ended.status == 0
    assert json.loads(target.read_text(encoding="utf-8"))["status"] == "answered"


def test_a_batch_without_end_is_named(small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.batch._MOST_BYTES", 1000)
    ended = small("ask", "--batch", "/dev/zero", "--out", str(tmp_path / "answers.jsonl"))
    assert (ended.status, ended.out) == (2, "")
    assert "/dev/zero: longer than 1,000 bytes" in ended.complaint
