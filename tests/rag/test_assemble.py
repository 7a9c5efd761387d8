"""A draft becomes the answer object: numbered, with departments, validity and warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Corpus, Period
from rag.assemble import assembled
from rag.types import Answer, CitedBody, Draft, Evidence
from tests.builders import a_clause, a_corpus, a_document, a_policy
from tests.rag.builders import all_of
from tests.rag.contract import breaches

DAY = date(2021, 6, 1)
ENDED = Period(date(2016, 1, 1), date(2018, 12, 31), "(2016-2018年)", "标题")
OLD = a_policy(document_id="old", title="旧方案", period=ENDED)
NEW = a_policy("一、用地。给予支持。(牵头单位:区经委;责任单位:区商务委)\n二、宣传。各街镇要加强宣传。\n", "new")
CORPUS = a_corpus(NEW, OLD)


def drafted(*paths: str, corpus: Corpus = CORPUS, **fields: object) -> Answer:
    """The answer from whole clauses, by their ids."""
    clauses = [corpus.clause(path) for path in paths]
    evidence = tuple(all_of(clause) for clause in clauses if clause is not None)
    assert len(evidence) == len(paths)
    marks = "".join(f"[{n}]" for n in range(1, len(paths) + 1))
    return assembled(Draft("answered", f"……{marks}", evidence, **fields), "问题", corpus, DAY)  # type: ignore[arg-type]


def departments(answer: Answer) -> list[tuple[str, str, int]]:
    return [(row.name, row.role, row.citation) for row in answer.departments]


def test_citations_are_numbered_in_the_order_of_the_evidence() -> None:
    answer = drafted("new#二", "new#一")
    assert [(c.n, c.clause_path) for c in answer.citations] == [(1, "二"), (2, "一")]
    assert breaches(answer, CORPUS) == []


def test_a_quotes_offsets_count_from_the_beginning_of_the_document() -> None:
    clause = CORPUS.clause("new#二")
    assert clause is not None
    start = clause.text.index("各街镇")
    draft = Draft("answered", "……[1]", (Evidence(clause, start, len(clause.text)),))
    (citation,) = assembled(draft, "问题", CORPUS, DAY).citations
    assert citation.quote == "各街镇要加强宣传。"
    assert (citation.quote_start, citation.quote_end) == (clause.start + start, clause.end)
    assert NEW.text[citation.quote_start : citation.quote_end] == citation.quote


def test_an_address_inside_an_article_is_kept() -> None:
    clause = CORPUS.clause("new#一")
    assert clause is not None
    draft = Draft("answered", "……[1]", (Evidence(clause, 0, 5, "第一款"),))
    assert assembled(draft, "问题", CORPUS, DAY).citations[0].sub_path == "第一款"


def test_a_citation_carries_its_documents_metadata() -> None:
    document = a_policy(
        title="上海市推進“互聯網+”行動實施意見",
        issuer="某政府",
        issued_on=date(2016, 2, 1),
        document_number="甲〔2016〕1号",
    )
    (citation,) = drafted("demo-2020#一", corpus=a_corpus(document)).citations
    assert citation.document_title == "上海市推进“互联网+”行动实施意见"
    assert (citation.issuer, citation.issued_on, citation.document_number) == (
        "某政府",
        date(2016, 2, 1),
        "甲〔2016〕1号",
    )
    assert citation.jurisdiction == "示例区"


def test_every_body_of_the_brackets_is_listed_with_its_role() -> None:
    assert departments(drafted("new#一")) == [("区经委", "lead", 1), ("区商务委", "responsible", 1)]


def test_a_body_of_the_running_text_is_listed_where_there_is_no_bracket() -> None:
    assert departments(drafted("new#二")) == [("各街镇", "responsible", 1)]


def test_a_body_of_the_running_text_is_not_listed_beside_a_bracket() -> None:
    document = a_policy("一、招商。各街镇要加大招商力度。(牵头单位:区经委)\n")
    assert departments(drafted("demo-2020#一", corpus=a_corpus(document))) == [("区经委", "lead", 1)]


def test_a_body_that_several_citations_name_is_listed_once() -> None:
    document = a_policy("一、甲。(责任部门:区科委)\n二、乙。(责任部门:区科委、区教育局)\n")
    answer = drafted("demo-2020#一", "demo-2020#二", corpus=a_corpus(document))
    assert departments(answer) == [("区科委", "responsible", 1), ("区教育局", "responsible", 2)]


def test_the_same_body_in_two_roles_is_listed_in_both() -> None:
    document = a_policy("一、甲。(牵头单位:区科委)\n二、乙。(责任单位:区科委)\n")
    answer = drafted("demo-2020#一", "demo-2020#二", corpus=a_corpus(document))
    assert departments(answer) == [("区科委", "lead", 1), ("区科委", "responsible", 2)]


def test_bodies_of_the_same_name_in_two_places_are_two() -> None:
    east = a_document("一、甲。(责任部门:区科委)\n", "east", "东区方案", "东区")
    west = a_document("一、乙。(责任部门:区科委)\n", "west", "西区方案", "西区")
    answer = drafted("east#一", "west#一", corpus=a_corpus(east, west))
    assert [(row.name, row.jurisdiction) for row in answer.departments] == [("区科委", "东区"), ("区科委", "西区")]


def test_a_body_that_was_asked_for_is_listed_once_a_citation_and_alone() -> None:
    document = a_policy("一、甲。(责任部门:区科委、区教育局)\n二、乙。(责任部门:区科委)\n")
    answer = drafted("demo-2020#一", "demo-2020#二", corpus=a_corpus(document), about=(("区科委", "示例区"),))
    assert departments(answer) == [("区科委", "responsible", 1), ("区科委", "responsible", 2)]


def test_a_question_about_the_document_lists_no_departments() -> None:
    assert drafted("new#一", lists_departments=False).departments == ()


def test_an_open_list_of_bodies_says_so_in_the_citation() -> None:
    document = a_policy("一、甲。(责任单位:区科委、区经委等相关部门)\n")
    (citation,) = drafted("demo-2020#一", corpus=a_corpus(document)).citations
    assert any(department.open_ended for department in citation.departments)


def test_an_ended_period_is_one_warning_for_all_citations() -> None:
    answer = drafted("old#一", "old#二", "new#一")
    assert len(answer.warnings) == 1
    assert "2016-2018年" in answer.warnings[0]


def test_a_drafts_own_warnings_come_as_well() -> None:
    assert drafted("new#一", warnings=("注意。",)).warnings == ("注意。",)


def test_a_document_whose_period_has_not_begun_warns_of_nothing() -> None:
    future = a_policy(period=Period(date(2030, 1, 1), date(2035, 12, 31), "(2030-2035年)", "标题"))
    answer = drafted("demo-2020#一", corpus=a_corpus(future))
    assert answer.warnings == ()
    assert answer.citations[0].validity.status == "not_stated"


def test_a_repealed_document_warns_once() -> None:
    repealed = a_policy(repealed_on=date(2020, 1, 1))
    answer = drafted("demo-2020#一", "demo-2020#二", corpus=a_corpus(repealed))
    assert [citation.validity.status for citation in answer.citations] == ["repealed", "repealed"]
    assert len(answer.warnings) == 1


def test_nearest_clauses_are_cited_whole_and_numbered() -> None:
    clauses = NEW.clauses
    answer = assembled(Draft("refused", "……可以……", nearest=clauses, reason="not_stated"), "问题", CORPUS, DAY)
    assert [row.n for row in answer.nearest] == [1, 2]
    assert [row.quote for row in answer.nearest] == [clause.text for clause in clauses]
    assert (answer.citations, answer.departments) == ((), ())


def test_a_nearest_clause_of_an_ended_period_warns_of_nothing() -> None:
    answer = assembled(Draft("refused", "……", nearest=OLD.clauses, reason="not_stated"), "问题", CORPUS, DAY)
    assert answer.warnings == ()


def test_the_answer_says_which_corpus_and_which_day() -> None:
    answer = drafted("new#一")
    assert answer.as_of == DAY
    assert CORPUS.digest.startswith(answer.corpus_version)
    assert len(answer.corpus_version) >= 8


def test_a_clause_of_a_document_that_is_gone_says_what_to_do() -> None:
    with pytest.raises(LookupError, match=r"gone#一.*policyqa index"):
        assembled(Draft("answered", "……[1]", (all_of(a_clause(document_id="gone")),)), "问题", CORPUS, DAY)


def test_a_citation_has_the_page_that_its_quotation_begins_on() -> None:
    broken = NEW.text.index("各街镇")  # the second page begins inside the second clause
    corpus = a_corpus(replace(NEW, pages=(0, broken)))
    clause = corpus.clause("new#二")
    assert clause is not None
    whole, rest = Evidence(clause, 0, len(clause.text)), Evidence(clause, broken - clause.start, len(clause.text))
    answer = assembled(Draft("answered", "……[1][2]", (whole, rest)), "问题", corpus, DAY)
    assert [citation.page for citation in answer.citations] == [1, 2]
    assert [citation.page for citation in drafted("new#二").citations] == [None]


def test_bodies_that_a_draft_gives_are_listed_in_place_of_the_clauses_own() -> None:
    draft = Draft(
        "answered",
        "由区政府印发[1]。",
        (all_of(a_clause()),),
        lists_departments=False,
        issuing=(CitedBody("区政府", "issuing", 1), CitedBody("区政府", "issuing", 1)),
    )
    answer = assembled(draft, "谁印发的？", a_corpus(), date(2021, 1, 1))
    assert [(d.name, d.role, d.citation) for d in answer.departments] == [("区政府", "issuing", 1)]
