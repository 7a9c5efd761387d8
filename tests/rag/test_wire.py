"""The answer object as JSON: the contract's fields, nothing that JSON can't hold."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rag.types import CitedDepartment, Validity
from rag.wire import as_json, citation_json, department_json, node_json, validity_json
from tests.builders import a_clause
from tests.rag.builders import Ask, a_citation, a_department, an_answer

ANSWER_FIELDS = {
    "question", "rewritten_question", "status", "reason", "answer", "citations", "departments", "facts", "reviewed", "nearest",
    "warnings", "confidence", "mode", "model", "corpus_version", "as_of", "trace_id", "latency_ms", "timings_ms",
}  # fmt: skip
CITATION_FIELDS = {
    "n", "clause_id", "document_id", "clause_path", "sub_path", "clause_label", "document_title", "document_number",
    "issuer", "issued_on", "jurisdiction", "text", "start", "end", "page", "quote", "quote_start", "quote_end", "quote_status",
    "departments", "validity",
}  # fmt: skip
DEPARTMENT_FIELDS = {"name", "printed", "role", "kind", "source", "open_ended", "jurisdiction", "full"}


def test_an_answer_has_the_contracts_fields() -> None:
    assert set(as_json(an_answer())) >= ANSWER_FIELDS


def test_a_citation_has_the_contracts_fields() -> None:
    assert set(citation_json(a_citation())) >= CITATION_FIELDS


def test_a_department_has_the_contracts_fields() -> None:
    assert set(department_json(a_department())) >= DEPARTMENT_FIELDS


def test_a_cited_department_names_its_citation() -> None:
    row = CitedDepartment("区科委", "responsible", "虹口区", 1)
    assert as_json(an_answer(departments=(row,)))["departments"] == [
        {"name": "区科委", "role": "responsible", "jurisdiction": "虹口区", "citation": 1}
    ]


def test_the_object_has_no_id_of_its_own() -> None:
    assert "id" not in as_json(an_answer())


def test_days_are_written_as_iso_dates() -> None:
    fields = as_json(an_answer(as_of=date(2021, 6, 1), citations=(a_citation(issued_on=date(2020, 4, 30)),)))
    assert fields["as_of"] == "2021-06-01"
    assert fields["citations"][0]["issued_on"] == "2020-04-30"


def test_what_the_text_does_not_print_is_null() -> None:
    fields = citation_json(a_citation())
    assert [fields[name] for name in ("document_number", "issuer", "issued_on", "sub_path", "page")] == [None] * 5


def test_validity_is_written_from_and_to() -> None:
    validity = Validity("period_ended", None, date(2022, 12, 31), "(2020—2022年)", "标题所引上位文件")
    assert validity_json(validity) == {
        "status": "period_ended",
        "from": None,
        "to": "2022-12-31",
        "basis": "(2020—2022年)",
        "basis_from": "标题所引上位文件",
    }


def test_no_facts_are_null() -> None:
    assert as_json(an_answer())["facts"] is None


def test_facts_are_written_whole() -> None:
    facts = {"kind": "department_tasks", "total": 17, "complete": True}
    assert as_json(an_answer(facts=facts))["facts"] == facts


def test_a_node_is_written_with_its_id_and_departments() -> None:
    clause = a_clause(path="二/3", departments=(a_department("区金融工作局"),))
    fields = node_json(clause)
    assert fields["clause_id"] == "demo-2020#二/3"
    assert fields["clause_path"] == "二/3"
    assert [row["name"] for row in fields["departments"]] == ["区金融工作局"]


@pytest.mark.parametrize(
    "question", ["虹口区科委负责哪些任务？", "第17条由谁负责", "浦东新区怎么扶持企业", "2016年意见专项3"]
)
def test_json_keeps_everything_and_reads_back(question: str, ask: Ask) -> None:
    fields = as_json(ask(question))
    assert json.loads(json.dumps(fields, ensure_ascii=False)) == fields
