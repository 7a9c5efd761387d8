"""`python -m eval.rank [DATA]`: fits the ranking's weights on the development questions and prints them.

A linear ranking: the weights under which the softmax over each question's candidates gives most to its gold clauses. It
is fitted without each corpus in turn, and without each fifth of the documents, and says how often the first clause is
right there. The weights printed go into `rag/ranking.py`. DATA is the folder below which the texts of other questions lie.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.other import files_below, qa_over, question_of
from eval.questions_file import read_questions
from eval.types import GoldQuestion
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.ranking import features
from rag.types import Turn

Floats = npt.NDArray[np.float64]
QUESTIONS = ROOT / "eval/questions"
FIVE = ("dev", *(f"dev{number}" for number in range(2, 7)))  # those with none of the held-out topics
NOTICES = ROOT / "eval/training/search/notices"
OTHER = {"linlan": ROOT / "eval/texts", "notices": NOTICES, "offices": NOTICES, "real": None, "spread": None}
CORPUS_WEIGHTS = {"five": 1.0}
OTHER_WEIGHT = 1.5  # of a question about other texts: the five's are many, and their wordings known
FOLDS = 5
PRIOR, REGULARISATION = 2.0, 15.0  # weight of the search's own score that the fit starts from; how hard it holds on


@dataclass(frozen=True)
class Case:
    """One question's candidates, in the search's order."""

    corpus: str
    document: str
    names: tuple[str, ...]
    values: Floats
    is_gold: npt.NDArray[np.bool_]

    @property
    def teaches(self) -> bool:
        return bool(self.is_gold.any() and not self.is_gold.all())


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints what held-out questions gain, and the weights."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    cases = [*_five(), *(case for name, at in OTHER.items() for case in _other(name, at or _folder(given)))]
    report(cases)
    return 0


def report(cases: Sequence[Case]) -> None:
    corpora = tuple(dict.fromkeys(case.corpus for case in cases))
    for corpus in corpora:
        inside = [case for case in cases if case.corpus == corpus]
        without = [case for case in cases if case.corpus != corpus]
        by_document = [
            right
            for fold in range(FOLDS)
            for right in _right(
                [case for case in inside if _fold(case) == fold], [case for case in cases if _fold(case) != fold]
            )
        ]
        print(
            f"{corpus}: {len(inside)} questions; first right by search {np.mean([case.is_gold[0] for case in inside]):.3f}, "
            f"fitted on other corpora {np.mean(_right(inside, without)):.3f}, on other documents {np.mean(by_document):.3f}"
        )
    fitted = fit(cases)
    print({name: round(float(weight), 3) for name, weight in zip(cases[0].names, fitted, strict=True)})
    print(f"lead {_lead(cases, None):.2f} deviations by search, {_lead(cases, fitted):.2f} by these weights")


def fit(cases: Sequence[Case]) -> Floats:
    """The weights, of the features as they are."""
    from scipy.optimize import minimize

    taught = [case for case in cases if case.teaches]
    values = np.vstack([case.values for case in taught])
    gold = np.concatenate([case.is_gold for case in taught])
    lengths = [len(case.values) for case in taught]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    owners = np.repeat(np.arange(len(taught)), lengths)
    worth = np.array([CORPUS_WEIGHTS.get(case.corpus, OTHER_WEIGHT) for case in taught])
    spread = values.std(axis=0) + 1e-6
    scaled = values / spread
    prior = np.zeros(scaled.shape[1])
    prior[taught[0].names.index("score")] = PRIOR * spread[taught[0].names.index("score")]

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = scaled @ weights
        odds = np.exp(sums - np.maximum.reduceat(sums, starts)[owners])
        total, right = np.add.reduceat(odds, starts), np.add.reduceat(odds * gold, starts)
        pull = worth[owners] * (odds / total[owners] - odds * gold / right[owners])
        held = weights - prior
        cost = float((worth * (np.log(total) - np.log(right))).sum() + REGULARISATION * (held**2).sum())
        return cost, scaled.T @ pull + 2 * REGULARISATION * held

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights: Floats = found.x / spread
    return weights


def _right(asked: Sequence[Case], taught: Sequence[Case]) -> list[bool]:
    if not asked:
        return []
    weights = fit(taught)
    return [bool(case.is_gold[int(np.argmax(case.values @ weights))]) for case in asked]


def _lead(cases: Sequence[Case], weights: Floats | None) -> float:
    """The median lead of the first candidate over the second."""
    place = cases[0].names.index("score")
    sums = (np.sort(case.values @ weights if weights is not None else case.values[:, place] * 5) for case in cases)
    return float(np.median([row[-1] - row[-2] for row in sums if len(row) > 1]))


def _fold(case: Case) -> int:
    return zlib.crc32(case.document.encode()) % FOLDS


def _five() -> Iterator[Case]:
    from corpus.load import load_corpus
    from index.search import open_index

    settings = IndexSettings()
    corpus = load_corpus(settings.corpus, settings.asked_as)
    qa = PolicyQa(corpus, open_index(corpus, settings))
    for name in FIVE:
        yield from cases_of("five", read_questions(QUESTIONS / f"{name}.jsonl"), qa)


def _other(name: str, data: Path | None) -> Iterator[Case]:
    if data is None:
        return
    lines = (QUESTIONS / "elsewhere" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        qa, corpus = qa_over(files_below(data, {row["document"] for row in rows}), Path(scratch))
        yield from cases_of(name, [question_of(row, corpus) for row in rows], qa)


def _folder(given: Sequence[str]) -> Path | None:
    return Path(given[0]) if given else None


def cases_of(corpus: str, questions: Sequence[GoldQuestion], qa: PolicyQa) -> Iterator[Case]:
    """Those that are answered by what a search finds, and that have an answer."""
    for question in questions:
        if not question.answerable or not question.gold:
            continue
        history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
        if qa.draft(question.question, history).op != "find":
            continue
        query, found, texts = qa.candidates(question.question, history)
        if not found:
            continue
        rows = features(query, found, texts)
        gold = {one.clause_id for one in question.gold}
        yield Case(
            corpus,
            min(gold).partition("#")[0],
            tuple(rows[0]),
            np.array([list(row.values()) for row in rows]),
            np.array([row.clause.clause_id in gold for row in found]),
        )


if __name__ == "__main__":
    sys.exit(main())
