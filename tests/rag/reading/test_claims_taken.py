"""What a question takes for granted: the sentence that asks claims, the story before it doesn't."""

from __future__ import annotations

import pytest

from corpus.bodies import BodyTable
from corpus.types import Corpus
from rag.reading.claims import Claims, claims_of


def the_claims(policies: Corpus, question: str) -> Claims:
    return claims_of(question, BodyTable(policies).mentions(question, ("虹口区",)), has_topic=True)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("虹口要建设200家无人工厂对吗？", ("200",)),
        ("听说补贴最高1200元，怎么领？", ("1200",)),
        ("要建设200家无人工厂。是吗？", ("200",)),
        ("我在外面花了1900块。听说能领一点，封顶多少？", ()),
        ("自己掏1800学了美容师，证也拿到了。听说乡下来的也给补。补多少？", ()),
    ],
)
def test_numbers_of_the_sentence_that_asks(question: str, numbers: tuple[str, ...], policies: Corpus) -> None:
    assert the_claims(policies, question).numbers == numbers


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("虹口区在线医疗是区科委负责吧？", ["区科委"]),
        ("虹口区在线医疗由区科委负责，有哪些任务？", ["区科委"]),
        ("在线医疗由区科委负责。对吗？", ["区科委"]),
        ("上次说区科委管这事，踢了两个礼拜。到底谁来定？", []),
    ],
)
def test_bodies_of_the_sentence_that_asks(question: str, bodies: list[str], policies: Corpus) -> None:
    assert [claim.words for claim in the_claims(policies, question).bodies] == bodies
