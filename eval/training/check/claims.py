"""Sentences beside a clause, labelled: those that were written for it, and answers of `../search/exact.jsonl`, of which
another body or number of the clause makes a wrong one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.script import simplify
from eval.training.bodies.texts import documents_in
from eval.training.search.lessons import EXACT_KIND, Lesson, Passage, passage_of
from eval.training.search.pointing import pointings
from index.verifier import passage_for, said_as
from rag.say.values import figures_in

SENTENCES = Path(__file__).parent / "sentences.jsonl"


@dataclass(frozen=True)
class Claim:
    """`sentence`, an answer to `question`, beside the passage that it cites."""

    question: str
    sentence: str
    kind: str
    passage: Passage
    right: bool

    @property
    def said(self) -> str:
        return simplify(said_as(self.question, self.sentence))

    @property
    def read(self) -> str:
        return passage_for(self.sentence, [(self.passage.front, self.passage.text)])


def claims_in(data: Path, file: Path = SENTENCES) -> tuple[Claim, ...]:
    """The labelled sentences whose clauses are found in `data` or among the notices, in the order of `file`."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    names = {row["document"] for row in rows}
    passages = {
        (name, clause.digest): passage_of(name, document, clause)
        for name, document in documents_in(data, names, with_bodies=False)
        for clause in document.clauses
    }
    return tuple(
        Claim(row["question"], row["sentence"], row["kind"], passage, row["right"])
        for row in rows
        if (passage := passages.get((row["document"], row["sha256"])))
    )


def claims_of(lessons: Sequence[Lesson], chance: random.Random) -> Iterator[Claim]:
    """Of each question for exact words its answer, and the same with a body or number of the clause that isn't meant."""
    known = {lesson.question: lesson for lesson in lessons if lesson.kind == EXACT_KIND}
    for case in pointings(tuple(known.values()), chance):
        lesson, words = known[case.question], [case.words[slice(*stretch)] for stretch in case.stretches]
        right = [words[place] for place in sorted(case.right)]
        are_figures = [bool(figures_in(word)) for word in words]
        others = [
            word
            for place, word in enumerate(words)
            if case.right and word not in right and are_figures[place] == are_figures[min(case.right)]
        ]
        if not others:
            continue
        yield Claim(case.question, "、".join(dict.fromkeys(right)), EXACT_KIND, lesson.passage, True)
        yield Claim(case.question, chance.choice(others), EXACT_KIND, lesson.passage, False)


def elsewhere(claims: Sequence[Claim], chance: random.Random) -> Iterator[Claim]:
    """Right sentences beside a clause that they don't cite, of the same document where it has another one here."""
    of_document: dict[str, list[Passage]] = {}
    for claim in claims:
        own = of_document.setdefault(claim.passage.document, [])
        if claim.passage not in own:
            own.append(claim.passage)
    everywhere = [passage for own in of_document.values() for passage in own]
    for claim in claims:
        others = [one for one in of_document[claim.passage.document] if one.key != claim.passage.key] or everywhere
        other = chance.choice(others)
        if claim.right and other.key != claim.passage.key:
            yield Claim(claim.question, claim.sentence, "wrong_clause", other, False)
