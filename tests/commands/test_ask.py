"""`policyqa ask`: one question, for a person or as the answer object."""

from __future__ import annotations

from argparse import ArgumentParser

import pytest

from commands.ask import add_filters, day_of, filters_of, status_of
from corpus.readers import read_text
from index.settings import ROOT
from rag.types import Filters
from tests.rag.builders import an_answer
from tests.terminal import AMBIGUOUS, ELSEWHERE, TASKS, PolicyQaCommand

QUESTION = "示例区科委负责哪些任务？"
IN_TWO_PLACES = "区科委负责哪些任务？"
ANSWER_FIELDS = {
    "question", "rewritten_question", "status", "reason", "answer", "citations", "departments", "facts", "reviewed", "nearest",
    "direct", "plan", "warnings", "confidence", "mode", "model", "tokens", "corpus_version", "as_of", "trace_id",
    "latency_ms", "timings_ms",
}  # fmt: skip
CITATION_FIELDS = {
    "n", "clause_id", "document_id", "clause_path", "sub_path", "clause_label", "document_title", "document_number",
    "issuer", "issued_on", "jurisdiction", "text", "start", "end", "quote", "quote_start", "quote_end", "quote_status",
    "departments", "validity", "page",
}  # fmt: skip
BODY_FIELDS = {"name", "printed", "role", "kind", "source", "open_ended", "jurisdiction", "full"}
LISTED_FIELDS = {"name", "role", "jurisdiction", "citation"}
VALIDITY_FIELDS = {"status", "from", "to", "basis", "basis_from"}

UGLY = {
    "emoji only": "😀😀😀",
    "control characters": "在线\x00金融\x1b[31m由谁\x07负责",
    "nothing but control characters": "\x01\x02",
    "english": "Which department is responsible for online finance in Hongkou?",
    "sql": "'; DROP TABLE clauses; --",
    "a lone surrogate": "在线\ud800金融由谁负责？",
    "bytes of another encoding": "\udcc4\udce3\udcba\udcc3",
    "two lines": "在线金融\n由谁负责？",
    "a line separator": "在线\u2028金融",
    "right to left": "\u202e负责谁由",
    "a pattern": "(((.*)+)+)+$ [",
    "a format": "%s %n {0} {answer}",
    "a path": "../../etc/passwd",
    "an option of another program": "-rf /",
}


@pytest.mark.parametrize(("status", "exit_status"), [("answered", 0), ("partial", 0), ("clarify", 0), ("refused", 1)])
def test_every_status_has_its_exit_status(status: str, exit_status: int) -> None:
    assert status_of(an_answer(status=status)) == exit_status


@pytest.mark.parametrize(("question", "exit_status"), [(QUESTION, 0), (ELSEWHERE, 1)])
def test_an_answer_and_a_refusal_are_both_printed(question: str, exit_status: int, small: PolicyQaCommand) -> None:
    ended = small("ask", question)
    assert (ended.status, ended.err) == (exit_status, "")
    assert "：" in ended.out.splitlines()[0]


def test_the_first_example_of_the_readme_is_answered_by_words_alone(policyqa: PolicyQaCommand) -> None:
    answer = policyqa("ask", "虹口区在线金融服务由哪些部门负责？", "--json").objects[0]
    assert answer["status"] == "answered"
    assert answer["citations"][0]["clause_id"] == "hongkou-2020#二/(二)/3"
    assert [d["name"] for d in answer["departments"]] == ["区金融工作局", "区科委"]


def test_json_is_one_line_with_the_contracts_fields_and_no_id(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask", TASKS, "--json")
    assert (ended.status, ended.err) == (0, "")
    (answer,) = ended.objects
    assert set(answer) == ANSWER_FIELDS
    assert (answer["question"], answer["status"], answer["reason"]) == (TASKS, "answered", None)
    assert (answer["mode"], answer["model"]) == ("extractive", None)
    assert answer["facts"]["total"] == len(answer["citations"])
    assert all(set(row) == LISTED_FIELDS for row in answer["departments"])
    for n, citation in enumerate(answer["citations"], start=1):
        assert set(citation) == CITATION_FIELDS
        assert citation["n"] == n
        assert f"[{n}]" in answer["answer"]
        assert all(set(body) == BODY_FIELDS for body in citation["departments"])
        assert set(citation["validity"]) == VALIDITY_FIELDS


def test_a_citation_is_a_slice_of_its_document(policyqa: PolicyQaCommand) -> None:
    for citation in policyqa("ask", TASKS, "--json").objects[0]["citations"]:
        text = read_text(ROOT / "corpus" / "policies" / f"{citation['document_id']}.txt")
        assert citation["text"] == text[citation["start"] : citation["end"]]
        assert citation["quote"] == text[citation["quote_start"] : citation["quote_end"]]
        assert citation["quote"] in citation["text"]
        assert citation["clause_id"] == f"{citation['document_id']}#{citation['clause_path']}"


def test_a_refusal_as_json_gives_its_reason_and_cites_nothing(small: PolicyQaCommand) -> None:
    ended = small("ask", ELSEWHERE, "--json")
    (answer,) = ended.objects
    assert ended.status == 1
    assert set(answer) == ANSWER_FIELDS
    assert (answer["status"], answer["reason"]) == ("refused", "not_in_corpus")
    assert (answer["citations"], answer["departments"], answer["facts"]) == ([], [], None)


def test_an_ambiguous_question_offers_candidates(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask", AMBIGUOUS, "--json")
    (answer,) = ended.objects
    assert (ended.status, answer["status"], answer["citations"]) == (0, "clarify", [])
    assert len(answer["nearest"]) > 1
    assert set(answer["nearest"][0]) == CITATION_FIELDS


def test_explain_prints_each_look_up_with_how_sure_it_is(small: PolicyQaCommand) -> None:
    plain, explained = small("ask", QUESTION), small("ask", QUESTION, "--explain")
    assert (explained.status, explained.err) == (0, "")
    assert explained.out.startswith(plain.out)
    heading, *rows = explained.out.removeprefix(plain.out).splitlines()
    assert heading == "查找："
    assert [row.split()[0] for row in rows] == ["tasks"]
    assert 0 < float(rows[0].split()[1]) <= 1
    assert "where=示例区" in rows[0]
    assert "bodies=区科委" in rows[0]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("虹口实施意见是哪个机关发布的？", "部门：虹口区 发文 虹口区人民政府"),
        ("上海2020年的行动方案印发给哪些单位？", "部门：上海市 收文 各区人民政府"),
    ],
)
def test_an_office_that_issues_or_receives_is_printed_with_its_part(
    question: str, row: str, policyqa: PolicyQaCommand
) -> None:
    ended = policyqa("ask", question)
    assert (ended.status, ended.err) == (0, "")
    assert row in ended.out


def test_explain_says_so_where_nothing_was_looked_up(small: PolicyQaCommand) -> None:
    assert "查找：无" in small("ask", "你好", "--explain").out


@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("question", ["", " ", "\n\t\r ", "　", "\u2003\u00a0"])
def test_a_blank_question_is_wrong_use(question: str, flags: tuple[str, ...], policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask", question, *flags)
    assert (ended.status, ended.out) == (2, "")
    assert "nothing was asked" in ended.complaint


def test_no_question_at_all_is_wrong_use(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask")
    assert (ended.status, ended.out) == (2, "")
    assert 'policyqa ask "问题"' in ended.complaint


@pytest.mark.parametrize("question", UGLY.values(), ids=UGLY)
def test_an_ugly_question_is_answered_or_refused_in_one_line_that_keeps_it(
    question: str, small: PolicyQaCommand
) -> None:
    ended = small("ask", "--json", "--", question)
    (answer,) = ended.objects
    assert ended.err == ""
    assert set(answer) == ANSWER_FIELDS
    assert answer["question"] == question
    assert ended.status == (1 if answer["status"] == "refused" else 0)
    assert ended.out.encode("utf-8")


def test_a_question_without_a_word_is_refused(small: PolicyQaCommand) -> None:
    assert small("ask", "😀😀😀", "--json").objects[0]["reason"] == "out_of_scope"


@pytest.mark.parametrize("question", [UGLY["sql"], "zzqx", "How tall is the Eiffel tower?"])
def test_a_question_of_which_no_text_has_a_word_is_refused(question: str, small: PolicyQaCommand) -> None:
    assert small("ask", question, "--json").objects[0]["status"] == "refused"


@pytest.mark.parametrize(
    "question", [QUESTION + "在" * 50_000, "在" * 50_000 + QUESTION, "(" * 50_000], ids=["first", "last", "nowhere"]
)
def test_fifty_thousand_characters_are_read_in_part_and_the_answer_says_so(
    question: str, small: PolicyQaCommand
) -> None:
    ended = small("ask", question, "--json")
    assert ended.status in (0, 1)
    assert ended.err == ""
    (answer,) = ended.objects
    assert answer["question"] == question
    assert any("过长" in warning for warning in answer["warnings"])


@pytest.mark.parametrize(
    ("filters", "cited"),
    [
        ((), ["demo-2020#三", "other-2021#二", "other-2021#三"]),
        (("--jurisdiction", "样板区"), ["other-2021#二", "other-2021#三"]),
        (("--document-id", "demo-2020"), ["demo-2020#三"]),
        (("--department", "区商务委"), ["other-2021#二"]),
        (("--jurisdiction", "样板区", "--department", "区商务委"), ["other-2021#二"]),
    ],
    ids=["none", "place", "document", "body", "place and body"],
)
def test_a_filter_leaves_other_clauses_out(filters: tuple[str, ...], cited: list[str], small: PolicyQaCommand) -> None:
    (answer,) = small("ask", IN_TWO_PLACES, "--json", *filters).objects
    assert [row["clause_id"] for row in answer["citations"]] == cited


@pytest.mark.parametrize(
    ("flag", "value"), [("--jurisdiction", "杨浦区"), ("--document-id", "yangpu-2020"), ("--department", "区水务局")]
)
def test_an_unknown_filter_is_wrong_use_and_those_there_are_are_named(
    flag: str, value: str, small: PolicyQaCommand
) -> None:
    ended = small("ask", QUESTION, flag, value)
    assert (ended.status, ended.out) == (2, "")
    assert value in ended.complaint
    assert "Known: " in ended.complaint


@pytest.mark.parametrize(
    ("day", "status", "warned"),
    [("2020-06-01", "in_period", False), ("2022-12-31", "in_period", False), ("2023-01-01", "period_ended", True)],
)
def test_validity_is_judged_at_the_day_that_is_given(
    day: str, status: str, warned: bool, small: PolicyQaCommand
) -> None:
    (answer,) = small("ask", QUESTION, "--as-of", day, "--json").objects
    assert answer["as_of"] == day
    assert answer["citations"][0]["validity"]["status"] == status
    assert any("已过" in warning for warning in answer["warnings"]) == warned


@pytest.mark.parametrize("day", ["昨天", "2021-13-01", "2021-02-29", "", "01.06.2021"])
def test_a_day_that_is_none_is_wrong_use(day: str, policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask", TASKS, "--as-of", day)
    assert (ended.status, ended.out) == (2, "")
    assert repr(day) in ended.complaint


@pytest.mark.parametrize("flags", [("--out", "o.jsonl"), ("--resume",), ("--force",)], ids=lambda flags: flags[0])
def test_what_goes_with_a_batch_is_wrong_use_without_one(flags: tuple[str, ...], policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask", TASKS, *flags)
    assert (ended.status, ended.out) == (2, "")
    assert f"{flags[0]} goes with --batch" in ended.complaint


def test_a_question_beside_a_batch_is_wrong_use(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("ask", TASKS, "--batch", "in.jsonl", "--out", "out.jsonl")
    assert (ended.status, ended.out) == (2, "")
    assert "not both" in ended.complaint


def test_filters_are_read_from_the_options() -> None:
    parser = ArgumentParser()
    add_filters(parser)
    options = parser.parse_args(["--jurisdiction", "虹口区", "--document-id", "d", "--department", "区科委"])
    assert filters_of(options) == Filters("虹口区", "d", "区科委")
    assert filters_of(parser.parse_args([])) == Filters(None, None, None)


def test_no_day_is_today() -> None:
    assert day_of(None) is None
