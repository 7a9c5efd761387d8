"""The bodies that the committed policies give a task in running text."""

from __future__ import annotations

import pytest

from corpus.types import Corpus, Department

# From reading: the clause, then role, name, kind, open-ended.
IN_TEXT = {
    "changning-145#四/(一)": {("responsible", "各相关部门", "other", True)},
    "jiading-2021#正文/四/(一)": {
        ("responsible", "在线新经济产业发展办公室", "department", False),
        ("responsible", "各有关部门", "other", True),
    },
    "jiading-2021#附件1/四/(一)": {
        ("participating", "区发改委", "department", True),
        ("participating", "区经委", "department", True),
        ("participating", "区商务委", "department", True),
        ("participating", "区科委", "department", True),
        ("participating", "区人社局", "department", True),
        ("participating", "区国资委", "department", True),
        ("participating", "各街镇", "other", True),
    },
    "jiading-2021#附件4/二/(一)/1": {
        ("participating", "城运中心", "department", True),
        ("participating", "区公安分局", "department", True),
        ("participating", "上海国际汽车城", "other", True),
    },
}


def departments_of(policies: Corpus, clause_id: str) -> tuple[Department, ...]:
    clause = policies.clause(clause_id)
    assert clause is not None
    return clause.departments


def test_these_clauses_and_no_others_name_bodies_in_running_text(policies: Corpus) -> None:
    found = {
        clause.clause_id: {(d.role, d.name, d.kind, d.open_ended) for d in clause.departments if d.source == "text"}
        for clause in policies.clauses
    }

    assert {clause_id: bodies for clause_id, bodies in found.items() if bodies} == IN_TEXT


@pytest.mark.parametrize("clause_id", ["jiading-2021#附件3/三/(五)", "jiading-2021#附件3/三/(九)"])
def test_towns_named_in_text_and_bracket_are_listed_once(policies: Corpus, clause_id: str) -> None:
    assert [(d.role, d.name, d.source) for d in departments_of(policies, clause_id)] == [
        ("lead", "区经委", "bracket"),
        ("responsible", "区商务委", "bracket"),
        ("responsible", "各街镇", "bracket"),
    ]


def test_a_lead_named_again_in_the_text_is_listed_once(policies: Corpus) -> None:
    departments = departments_of(policies, "jiading-2021#附件4/二/(一)/1")

    assert [(d.role, d.source) for d in departments if d.name == "区交通委"] == [("lead", "bracket")]


def test_a_body_that_only_arranges_data_has_no_task(policies: Corpus) -> None:
    names = {d.name for d in departments_of(policies, "hongkou-2020#三/18")}

    assert names == {"区城运中心", "区政府办公室"}
