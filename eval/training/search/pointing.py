"""Cases in which bodies and numbers of a clause are looked at, and some of them, or none, are what is asked for."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from corpus.departments import departments_in
from corpus.mentions import mentions_in
from corpus.script import fold, simplify
from eval.training.search.lessons import Lesson
from eval.training.search.mining import nearest_sentences
from eval.training.search.ranker import Pointing
from index.pointing import FRONT, SHOWN, Stretch, window
from rag.say.values import figures_in

_OF_A_SENTENCE = 3  # questions in one pass
_OF_NONE = 0.25  # of the cases in which nothing is to be pointed at
_NUMBER = re.compile("[0-9０-９一二三四五六七八九十百千万两]")
_COVERED = 0.4  # of the answering words that what can be pointed at must have


def pointings(lessons: Sequence[Lesson], chance: random.Random) -> tuple[Pointing, ...]:
    """The cases of one pass: of each sentence's questions a few, and some whose answer is neither body nor number."""
    of_sentence: defaultdict[tuple[str, int], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        if lesson.words or not lesson.is_answered:
            of_sentence[lesson.passage.key, lesson.sentence].append(lesson)
    drawn = [one for some in of_sentence.values() for one in chance.sample(some, min(_OF_A_SENTENCE, len(some)))]
    cases = [case for case in map(_case, drawn) if case]
    return tuple(case for case in cases if case.right or chance.random() < _OF_NONE)


def _case(lesson: Lesson) -> Pointing | None:
    text, sentences = lesson.passage.text, lesson.passage.sentences
    if not sentences or len(simplify(text)) != len(text):
        return None
    sentence = sentences[
        lesson.sentence if lesson.is_answered else nearest_sentences(lesson.question, lesson.passage)[0]
    ]
    begins = text.find(sentence)
    meant = [_standing(text, begins, word) for word in lesson.words]
    if begins < 0 or (-1, -1) in meant:
        return None
    low, high = window(text, _around((begins, begins + len(sentence)), meant))
    bodies, numbers = ([(a, b) for a, b in shown(text) if low <= a and b <= high] for shown in (_bodies, _numbers))
    numbers = [one for one in numbers if not any(_shared(one, body) for body in bodies)]
    asked = _asked(bodies, numbers, meant, lesson.words)
    others = [one for one in (*bodies, *numbers) if not any(_shared(one, other) for other in meant)]
    if not others:
        return None
    stretches = (*asked, *others)
    moved = tuple((start - low, end - low) for start, end in stretches)
    return Pointing(lesson.question, lesson.passage.front[-FRONT:], text[low:high], moved, frozenset(range(len(asked))))


def _around(sentence: Stretch, meant: Sequence[Stretch]) -> Stretch:
    """The sentence; where what is meant stands too far from it, in a bracket say, that instead."""
    both = [sentence, *meant]
    hull = (min(start for start, _ in both), max(end for _, end in both))
    if not meant or hull[1] - hull[0] <= SHOWN:
        return hull
    return min(start for start, _ in meant), max(end for _, end in meant)


def _asked(
    bodies: Sequence[Stretch], numbers: Sequence[Stretch], meant: Sequence[Stretch], words: Sequence[str]
) -> Sequence[Stretch]:
    """Those of one kind that the answering words are made of; none where they are made of something else."""
    are_numbers = bool(words) and all(map(_NUMBER.search, words))
    for kind in ((numbers,) if are_numbers else ()) + (bodies,):
        own = [one for one in kind if any(_shared(one, other) for other in meant)]
        if own and _covered(own, meant) >= _COVERED:
            return own
    return ()


def _standing(text: str, begins: int, word: str) -> Stretch:
    at = text.find(word, max(begins, 0))
    return (at, at + len(word)) if at >= 0 else (-1, -1)


@lru_cache(4096)
def _bodies(text: str) -> tuple[Stretch, ...]:
    folded = fold(text)
    rows = set(mentions_in(folded))
    for body in departments_in(text, None):
        rows |= {found.span() for found in re.finditer(re.escape(fold(body.printed)), folded)}
    return _longest(rows)


@lru_cache(4096)
def _numbers(text: str) -> tuple[Stretch, ...]:
    return figures_in(fold(text))


def _longest(rows: set[Stretch]) -> tuple[Stretch, ...]:
    """Of those that overlap the longest, in reading order."""
    kept: list[Stretch] = []
    for one in sorted(rows, key=lambda row: (row[0] - row[1], row)):
        if not any(_shared(one, other) for other in kept):
            kept.append(one)
    return tuple(sorted(kept))


def _shared(one: Stretch, other: Stretch) -> int:
    """Characters that both have."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _covered(found: Sequence[Stretch], meant: Sequence[Stretch]) -> float:
    return sum(_shared(one, other) for one in found for other in meant) / sum(end - start for start, end in meant)
