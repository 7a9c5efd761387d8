"""Which words tell clauses apart."""

from __future__ import annotations

import time

import pytest

from index.words import Words
from rag.vocabulary import Vocabulary
from tests.builders import a_corpus, a_policy

TEXT = "".join(
    f"{n}、{topic}。企业要加快发展。\n"
    for n, topic in zip(
        "一二三四五六七八", ["教育", "医疗", "金融", "文娱", "展览", "配送", "出行", "办公"], strict=True
    )
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(a_corpus(a_policy(TEXT)), Words())


@pytest.mark.parametrize(
    ("word", "is_subject"),
    [
        ("教育", True),  # in one clause of eight
        ("出行", True),  # no noun, yet a heading
        ("企业", False),  # in all of them
        ("葡萄", False),  # in none
        ("加快", False),  # a verb of the running text
        ("12", False),
    ],
)
def test_a_subject_stands_in_some_clauses_and_not_in_most(word: str, is_subject: bool, vocabulary: Vocabulary) -> None:
    assert vocabulary.is_subject(word) is is_subject


def test_a_word_that_no_text_has_is_not_known(vocabulary: Vocabulary) -> None:
    assert vocabulary.knows("医疗")
    assert not vocabulary.knows("葡萄")
    assert vocabulary.weight("葡萄") > vocabulary.weight("医疗") > vocabulary.weight("企业")


def test_entry_points_count_as_words_of_their_clause() -> None:
    corpus = a_corpus(a_policy(TEXT), asked_as={"孩子在家上网课": "demo-2020#一"})
    assert Vocabulary(corpus, Words()).knows("网课")


@pytest.mark.parametrize("words", ["虹口区在线金融服务由部门负责", "虹口区在线，", "国", "a"])
def test_the_sounds_of_a_text_without_end_take_bounded_time(words: str, vocabulary: Vocabulary) -> None:
    started = time.process_time()
    sounds = vocabulary.sound_of(words * (1_000_000 // len(words)))
    assert time.process_time() - started < 1.0
    assert sounds.startswith(vocabulary.sound_of(words).rstrip("|"))


def test_the_sounds_of_the_longest_clause_an_office_printed_are_whole(vocabulary: Vocabulary) -> None:
    sounds = vocabulary.sound_of("在线教育，" * 3_000 + "空中课堂")
    assert sounds.endswith("|kong|zhong|ke|tang|")
    assert sounds.count("|jiao|yu|") == 3_000
