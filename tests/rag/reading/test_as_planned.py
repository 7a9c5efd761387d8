"""A question whose slots a plan fills."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer import PolicyQa
from rag.question import Query
from rag.reading.as_planned import as_planned
from rag.reading.plan import plan_of, request_of
from rag.reading.planned import Planned
from tests.builders import a_corpus, a_document, an_index

ASKED = "示例区科委第二条管什么"


@pytest.fixture(scope="module")
def qa() -> PolicyQa:
    corpus = a_corpus(a_document(), a_document(document_id="west-2020", title="样板区方案", jurisdiction="样板区"))
    return PolicyQa(corpus, an_index(corpus))


def planned(qa: PolicyQa, plan: Planned, asked: str = ASKED) -> Query:
    topic = qa.query("，".join(plan.topic)) if plan.topic else None
    return as_planned(qa.query(asked), plan, qa.resolved(plan, asked).request, topic)


def test_kinds_are_certain_and_stand_in_the_plans_order(qa: PolicyQa) -> None:
    query = planned(qa, Planned("tally", wants=("value", "bodies"), value="count"))
    request = plan_of(query).requests[0]
    assert (request.op, request.probability) == ("tally", 1.0)
    assert (request.wants, request.value) == (("value", "bodies"), "count")


def test_names_are_the_plans_and_a_place_that_it_has_not_is_gone(qa: PolicyQa) -> None:
    query = planned(qa, Planned("tasks", documents=("west-2020",), bodies=("区教育局",)))
    assert (query.scope.places, query.scope.documents, query.scope.strict_documents) == ((), ("west-2020",), True)
    assert [body.name for mention in query.bodies for body in mention.bodies][:1] == ["区教育局"]
    assert planned(qa, Planned("find")).bodies == ()


def test_a_body_stands_where_the_question_has_it(qa: PolicyQa) -> None:
    (mention,) = planned(qa, Planned("tasks", places=("示例区",), bodies=("区科委",))).bodies
    assert ASKED[mention.start : mention.end] == "区科委"


@pytest.mark.parametrize(("address", "numbers"), [("第三条", [3]), ("", []), ("最后那条", [2])])
def test_an_address_that_cannot_be_read_stays_as_the_question_has_it(
    address: str, numbers: list[int], qa: PolicyQa
) -> None:
    request = request_of(planned(qa, Planned("address", address=address)), "address")
    assert [step.number for steps in request.addresses for step in steps] == numbers


def test_the_topic_is_searched_beside_the_questions_words(qa: PolicyQa) -> None:
    query = planned(qa, Planned("find", topic=("互联网医院",)), "看病")
    assert query.text == "看病 互联网医院"
    assert "互联网" in "".join(query.topics)


def test_what_no_plan_says_stays_as_read(qa: PolicyQa) -> None:
    read = qa.query("杨浦区的第三个是什么")
    query = planned(qa, Planned("find"), "杨浦区的第三个是什么")
    assert (query.ordinal, query.scope.foreign) == (read.ordinal, read.scope.foreign)
    assert replace(query, asked="") != query
