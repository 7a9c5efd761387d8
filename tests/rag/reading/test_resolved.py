"""The names in a plan, held against the corpus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.bodies import BodyTable
from corpus.parse import parse
from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.lookup import Library
from rag.question import Understanding
from rag.reading.gazetteer import Gazetteer
from rag.reading.planned import Planned
from rag.reading.resolved import Resolved, Resolver
from tests.builders import a_corpus
from tests.rag.builders import an_index

Resolving = Callable[..., Resolved]


@pytest.fixture
def resolving(policies: Corpus, understanding: Understanding, library: Library) -> Resolving:
    """`resolving(said="", **slots)`, of a find."""
    resolver = Resolver(Gazetteer(policies), BodyTable(policies), understanding)

    def resolve(said: str = "", op: Any = "find", **slots: Any) -> Resolved:
        return resolver.resolved(Planned(op, **slots), library, said)

    return resolve


@pytest.mark.parametrize("name", ["虹口区", "虹口", "上海市虹口区"])
def test_a_place_by_any_of_its_names(name: str, resolving: Resolving) -> None:
    assert resolving(places=(name,)).request.scope.places == ("虹口区",)


@pytest.mark.parametrize(
    "name",
    [
        "hongkou-2020",
        "#hongkou-2020",
        "虹口区落实《上海市促进在线新经济发展行动方案(2020—2022年)》的实施意见",
        "虹口实施意见",
    ],
)
def test_a_document_by_id_or_title(name: str, resolving: Resolving) -> None:
    scope = resolving(documents=(name,)).request.scope
    assert (scope.documents, scope.strict_documents) == (("hongkou-2020",), True)


@pytest.mark.parametrize(
    ("part", "marks"), [("附件2", ("附件2", "附件二")), ("附件二", ("附件2", "附件二")), ("正文", ("正文",))]
)
def test_a_part(part: str, marks: tuple[str, ...], resolving: Resolving) -> None:
    scope = resolving(documents=("jiading-2021",), part=part).request.scope
    assert (scope.parts, scope.strict_parts) == (marks, True)


def test_a_body_of_the_place_named(resolving: Resolving) -> None:
    (mention,) = resolving(places=("虹口",), bodies=("科委",)).request.bodies
    assert [(body.name, body.jurisdiction) for body in mention.bodies] == [("区科委", "虹口区")]


def test_a_place_that_was_asked_about_is_away_and_one_that_was_not_is_only_unknown(resolving: Resolving) -> None:
    asked = resolving("苏州的在线医疗", places=("苏州市",))
    assert (asked.away, asked.unknown) == (("苏州市",), ("苏州市",))
    made_up = resolving("在线医疗谁负责", places=("苏州市",))
    assert (made_up.away, made_up.unknown) == ((), ("苏州市",))


def test_a_place_that_a_title_speaks_of_is_not_away() -> None:
    text = "关于印发《沅屏市长期护理补贴办法》的通知\n\n第一条 护理补贴每月300元。\n"
    corpus = a_corpus(parse("care", text))
    asked = PolicyQa(corpus, an_index(corpus)).resolved(Planned("find", places=("沅屏市",)), "沅屏市护理补多少")
    assert asked.away == ()


def test_a_document_that_was_asked_about_is_missing_and_one_that_was_not_is_only_unknown(resolving: Resolving) -> None:
    name = "杭州市养犬管理条例"
    assert resolving(f"{name}怎么说", documents=(name,)).missing == name
    assert resolving("在线医疗谁负责", documents=(name,)).missing == ""


def test_a_body_that_no_text_has_is_a_stranger(resolving: Resolving) -> None:
    resolved = resolving(op="tasks", bodies=("区月球办",))
    assert (resolved.request.strangers, resolved.unknown) == (("区月球办",), ("区月球办",))


def test_an_address_is_read_as_it_is_spoken_and_kept_as_it_was_written(resolving: Resolving) -> None:
    resolved = resolving(op="address", address="第二十条第二款")
    assert [step.words for step in resolved.request.addresses[0]] == ["第二十条", "第二款"]
    assert resolved.path == "第二十条第二款"


def test_shared_tasks_are_a_tally_of_their_own(resolving: Resolving) -> None:
    assert resolving(op="tasks", bodies=("区科委", "区商务委"), together=True).request.tally == "together"


def test_a_topic_of_common_words_is_still_one(resolving: Resolving) -> None:
    assert resolving(topic=("专项行动",)).request.topics
