"""`policyqa search`: ranked clauses, no answer."""

from __future__ import annotations

import json

import pytest

from tests.terminal import PolicyQaCommand

CLAUSE_FIELDS = {
    "clause_id", "document_id", "clause_path", "clause_label", "heading_only", "text", "start", "end", "departments",
    "score",
}  # fmt: skip


def test_the_clause_with_the_words_comes_first(small: PolicyQaCommand) -> None:
    ended = small("search", "互联网医院")
    assert ended.status == 0
    assert "demo-2020#二  二、在线医疗" in ended.out.splitlines()[0]
    assert ended.err == ""


def test_k_is_how_many_are_printed_each_with_its_rank(policyqa: PolicyQaCommand) -> None:
    heads = policyqa("search", "在线教育", "-k", "3").out.splitlines()[::2]
    assert [head.split()[0] for head in heads] == ["1", "2", "3"]


def test_ten_are_printed_unless_told_otherwise(policyqa: PolicyQaCommand) -> None:
    assert len(json.loads(policyqa("search", "在线教育", "--json").out)) == 10


def test_more_than_there_are_gives_all_there_are(small: PolicyQaCommand) -> None:
    found = json.loads(small("search", "示例区平台", "-k", "1000", "--json").out)
    assert 1 <= len(found) <= 9  # three clauses of each policy; a title and two articles


def test_json_is_one_line_of_clauses_with_their_scores_best_first(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("search", "在线教育", "-k", "4", "--json")
    (line,) = ended.out.splitlines()
    found = json.loads(line)
    assert all(set(row) >= CLAUSE_FIELDS for row in found)
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)
    assert not any(row["heading_only"] for row in found)


def test_the_filter_by_document_leaves_other_documents_out(policyqa: PolicyQaCommand) -> None:
    found = json.loads(policyqa("search", "在线教育", "--json", "--document-id", "hongkou-2020").out)
    assert {row["document_id"] for row in found} == {"hongkou-2020"}


def test_the_filter_by_place_leaves_other_places_out(policyqa: PolicyQaCommand) -> None:
    found = json.loads(policyqa("search", "在线教育", "--json", "--jurisdiction", "上海市").out)
    assert {row["document_id"] for row in found} <= {"shanghai-2016", "shanghai-2020"}


def test_the_filter_by_body_leaves_clauses_out_that_dont_name_it(policyqa: PolicyQaCommand) -> None:
    found = json.loads(policyqa("search", "在线教育", "--json", "--department", "区教育局").out)
    assert found
    assert all("区教育局" in {d["name"] for d in row["departments"]} for row in found)


@pytest.mark.parametrize("as_json", [False, True])
def test_filters_that_leave_nothing_are_nothing_found(as_json: bool, policyqa: PolicyQaCommand) -> None:
    # The plan of Changning has no department brackets.
    flags = ["--json"] if as_json else []
    ended = policyqa("search", "在线教育", "--document-id", "changning-145", "--department", "区教育局", *flags)
    assert ended.status == 1
    assert ended.err == ""


def test_nothing_found_is_an_empty_list_in_json(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("search", "在线", "--document-id", "changning-145", "--department", "区教育局", "--json")
    assert json.loads(ended.out) == []


def test_words_that_no_text_has_find_nothing(small: PolicyQaCommand) -> None:
    assert small("search", "zzqx").status == 1


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "　"])
def test_blank_words_are_wrong_use(words: str, small: PolicyQaCommand) -> None:
    ended = small("search", words)
    assert (ended.status, ended.out) == (2, "")
    assert "nothing to look for" in ended.complaint


@pytest.mark.parametrize("k", ["0", "-1", "x", "1.5", ""])
def test_a_k_that_is_no_count_is_wrong_use(k: str, small: PolicyQaCommand) -> None:
    ended = small("search", "在线", "-k", k)
    assert (ended.status, ended.out) == (2, "")
    assert "-k" in ended.complaint


def test_a_day_that_is_none_is_wrong_use(small: PolicyQaCommand) -> None:
    ended = small("search", "在线", "--as-of", "昨天")
    assert ended.status == 2
    assert "昨天" in ended.complaint


@pytest.mark.parametrize(
    ("flag", "value"), [("--jurisdiction", "杨浦区"), ("--document-id", "yangpu-2020"), ("--department", "区水务局")]
)
def test_an_unknown_filter_is_named_with_those_there_are(flag: str, value: str, small: PolicyQaCommand) -> None:
    ended = small("search", "在线", flag, value)
    assert (ended.status, ended.out) == (2, "")
    assert value in ended.complaint
    assert "Known: " in ended.complaint


@pytest.mark.parametrize(
    "words", ["😀😀", "\x00\x01", "'; DROP TABLE clauses; --", "online finance", "\udcff", "在" * 50_000]
)
def test_ugly_words_end_with_a_result_or_without_one(words: str, small: PolicyQaCommand) -> None:
    ended = small("search", words)
    assert ended.status in (0, 1)
    assert ended.err == ""
    assert ended.out
