"""A stream cut into sentences, whatever way it arrives."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from rag.llm.sentences import Said, SentenceReader, cited_numbers

TEXT = "甲由区科委负责[1]。乙到2022年完成。[2][3]\n丙【1，2】。"
EXPECTED = [Said("甲由区科委负责。", (1,)), Said("乙到2022年完成。", (2, 3)), Said("丙。", (1, 2))]


def read(*pieces: str) -> list[Said]:
    reader = SentenceReader()
    rows = [row for piece in pieces for row in reader.feed(piece)]
    return rows + reader.rest()


@given(st.lists(st.integers(0, len(TEXT)), max_size=12))
def test_it_does_not_matter_where_the_stream_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TEXT)]
    assert read(*(TEXT[a:b] for a, b in itertools.pairwise(edges))) == EXPECTED


def test_markdown_is_taken_off() -> None:
    assert read("## 标题\n- **甲**由区科委负责[1]。") == [Said("标题", ()), Said("甲由区科委负责。", (1,))]


def test_an_end_without_a_full_stop_counts_only_with_a_citation() -> None:
    assert read("甲由区科委负责[1]") == [Said("甲由区科委负责", (1,))]
    assert read("甲由区科委负") == []
    assert read("没有写到甲。") == [Said("没有写到甲。", ())]


def test_numbers_that_were_not_offered_are_told_apart() -> None:
    assert cited_numbers((2, 9), offered=2) == ((2,), (9,))
