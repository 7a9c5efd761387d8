"""Cases for the ranker: beside the passage that answers, those that the embedder would rather bring."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from corpus.script import simplify
from eval.training.search.encoder import Encoder, question_text
from eval.training.search.lessons import Lesson, Passage
from eval.training.search.ranker import Case
from index.onnx_embedder import PROMPTS
from index.ranker import fitting

_AMONG = 12  # nearest passages from which others are drawn
_FIRST_WITHIN = 4  # of the document, before those of others
_OTHERS, _BESIDE_A_MISS = 4, 2
_OF_A_CLAUSE = 3  # answered questions, of five: a pair takes longer than a vector
_TOKENS = 160  # of a passage and a question, for the search alone
_AT_ONCE = 256


@dataclass(frozen=True)
class Found:
    """A lesson with the passages that its question is nearest to, of the whole and of its document."""

    lesson: Lesson
    near: tuple[Passage, ...]


def found(
    encoder: Encoder, lessons: Sequence[Lesson], more: Sequence[Passage], tell: Callable[[str], None]
) -> tuple[Found, ...]:
    """What the embedder brings for each lesson. `more` are passages of the same documents that no lesson asks about."""
    passages = list({one.key: one for one in (*(row.passage for row in lessons), *more)}.values())
    known = vectors(encoder, [_searched(one) for one in passages])
    asked = vectors(encoder, [question_text(row.question) for row in lessons])
    tell(f"{len(passages)} passages and {len(lessons)} questions embedded")
    of_document = defaultdict(list)
    for place, one in enumerate(passages):
        of_document[one.document].append(place)
    rows = []
    for start in range(0, len(lessons), _AT_ONCE):
        scores = asked[start : start + _AT_ONCE] @ known.T
        for lesson, own in zip(lessons[start : start + _AT_ONCE], scores, strict=True):
            near = [int(i) for i in np.argsort(-own)[:_AMONG]]
            within = sorted(of_document[lesson.passage.document], key=lambda i: -own[i])[:_AMONG]
            order = dict.fromkeys((*within[:_FIRST_WITHIN], *near, *within))
            rows.append(Found(lesson, tuple(passages[i] for i in order)))
    return tuple(rows)


def drawn(rows: Sequence[Found], chance: random.Random) -> tuple[Case, ...]:
    """The cases of one pass: every miss, of each clause's answered questions a few, beside other passages each time."""
    of_clause = defaultdict(list)
    for row in rows:
        if row.lesson.is_answered:
            of_clause[row.lesson.passage.key].append(row)
    answered = [one for some in of_clause.values() for one in chance.sample(some, min(_OF_A_CLAUSE, len(some)))]
    return tuple(_case(row, chance) for row in (*answered, *(one for one in rows if not one.lesson.is_answered)))


def vectors(encoder: Encoder, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """(texts, hidden) unit vectors."""
    rows = []
    with torch.no_grad():
        for start in range(0, len(texts), _AT_ONCE):
            ids = [encoder.ids(text, _TOKENS) for text in texts[start : start + _AT_ONCE]]
            rows.append(encoder.vectors(ids).cpu().numpy().astype(np.float32))
    return np.concatenate(rows)


def _searched(passage: Passage) -> str:
    return f"{PROMPTS['passage']}{passage.front}\n{simplify(passage.text)}"


def _case(row: Found, chance: random.Random) -> Case:
    """A passage that says the same as the right one, in another law, is no wrong answer."""
    lesson, own = row.lesson, row.lesson.passage
    others = [one for one in row.near if one.key != own.key and _shared(one.text, own.text) < 0.6]
    count = _OTHERS if lesson.is_answered else _BESIDE_A_MISS
    chosen = _nearer(others, count, chance)
    first = nearest_sentences(lesson.question, own)
    if lesson.is_answered and lesson.sentence not in first:
        first = (lesson.sentence, *first[: max(len(first) - 1, 1)])
    rows = [(own, first), *((one, nearest_sentences(lesson.question, one)) for one in chosen)]
    shown = tuple((one.front, _words(one, sentences)) for one, sentences in rows)
    return Case(lesson.question, shown, frozenset([0] if lesson.is_answered else []))


def _nearer(rows: Sequence[Passage], count: int, chance: random.Random) -> Sequence[Passage]:
    """So many of them, the first ones likelier than those behind."""
    waits = [chance.expovariate(1 / (3 + place)) for place in range(len(rows))]
    return [rows[place] for place in sorted(range(len(rows)), key=waits.__getitem__)[:count]]


def _words(passage: Passage, sentences: Sequence[int]) -> str:
    return "".join(passage.sentences[place] for place in sorted(sentences)) or passage.text


def nearest_sentences(question: str, passage: Passage) -> tuple[int, ...]:
    """Of the sentences those that share the most pairs of characters with the question, as many as the ranker reads."""
    asked = _pairs(question)
    shares = [len(asked & _pairs(one)) / (4 + len(one)) ** 0.5 for one in passage.sentences]
    order = sorted(range(len(shares)), key=lambda i: -shares[i])
    return tuple(order[: fitting([len(passage.sentences[i]) for i in order])])


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _shared(one: str, other: str) -> float:
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(min(len(first), len(second)), 1)
