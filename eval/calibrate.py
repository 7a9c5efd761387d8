"""`python -m eval.calibrate [DATA]` fits the weights by which a clause is answered with or not, and writes them.

Answerable questions against unanswerable ones, for those that reach the search at all: of the five texts, of the invented
city's, and, where DATA has the real documents below it, of those. Each document in turn is left out, and the curve of what
refusing rightly costs is printed. What a question wants is told by classifiers that haven't seen it. With
POLICYQA_EMBEDDER=none the weights for words alone are fitted. The held-out questions check them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.load import load_corpus
from eval.other import files_below, qa_over, question_of
from eval.questions_file import read_questions
from eval.training.kinds.fit import fit as fit_kinds
from eval.training.kinds.rows import LabelledQuestion, labelled_questions
from eval.types import GoldQuestion
from index.build import build_index
from index.embedder import open_embedder
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag import confidence
from rag.answer import PolicyQa
from rag.reading.kinds import KindModel
from rag.routes import lookup
from rag.types import Turn

QUESTIONS = ROOT / "eval" / "questions"
FIVE = ("dev", *(f"dev{number}" for number in range(2, 11)))
ELSEWHERE = (("linlan", ROOT / "eval" / "texts" / "linlan"), ("real", None))
FOLDS = 5  # of documents
FALSE_REFUSALS = (0.03, 0.05, 0.1, 0.2)
REGULARISATION = 0.03
_UNANSWERABLE, _ANSWERED_WRONGLY = 2.5, 0.5  # weights of a question in the fit
_OTHER_TEXTS = 2.0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """A question that the search would answer. `is_right` where its first clause is one that answers."""

    corpus: str
    document: str
    features: Mapping[str, float]
    answerable: bool
    is_right: bool


def main(arguments: list[str] | None = None) -> int:
    """Prints the curve and writes the weights of the embedder that is set."""
    parser = argparse.ArgumentParser("python -m eval.calibrate", description="Fits the weights of the refusal.")
    parser.add_argument("data", type=Path, nargs="?", help="folder below which the real documents lie")
    parser.add_argument("--training", type=Path, help="folder with training/questions.jsonl, for the kinds")
    parser.add_argument("--out", type=Path, default=confidence.TABLE, help="the file to write")
    given = parser.parse_args(arguments)
    rows = list(_measured(given.data, given.training))
    sides = [[row for row in rows if row.answerable is side] for side in (True, False)]
    print(f"{len(rows)} questions reach the search, {len(sides[1])} of them unanswerable")
    print("\n".join(curve(rows, _left_out(rows))))
    name = "words" if IndexSettings().embedder == "none" else "meaning"
    tables = json.loads(given.out.read_text(encoding="utf-8")) if given.out.exists() else {}
    tables[name] = {key: round(value, 4) for key, value in _fitted(rows).items()}
    given.out.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")
    return 0


def curve(rows: Sequence[Measured], sure: Floats) -> Iterator[str]:
    """A line a corpus: the share refused rightly at some shares of answerable ones, and of right ones, refused."""
    for corpus in dict.fromkeys(row.corpus for row in rows):
        own = [i for i, row in enumerate(rows) if row.corpus == corpus]
        unanswerable = sure[[i for i in own if not rows[i].answerable]]
        for title, kept in (("answerable", "answerable"), ("right first", "is_right")):
            limits = np.quantile(sure[[i for i in own if getattr(rows[i], kept)]], FALSE_REFUSALS)
            cells = [
                f"{share:.0%}: {(unanswerable < limit).mean():.2f}"
                for share, limit in zip(FALSE_REFUSALS, limits, strict=True)
            ]
            yield f"{corpus:8} of {len(unanswerable)} refused at shares of {title:12} refused  {'  '.join(cells)}"
    for threshold in np.arange(0.3, 0.71, 0.05):
        cells = []
        for corpus in dict.fromkeys(row.corpus for row in rows):
            own = [i for i, row in enumerate(rows) if row.corpus == corpus]
            shares = (
                (sure[[i for i in own if not rows[i].answerable]] < threshold).mean(),
                (sure[[i for i in own if rows[i].answerable]] < threshold).mean(),
                (sure[[i for i in own if rows[i].is_right]] < threshold).mean(),
            )
            cells.append(f"{corpus} {shares[0]:.2f} / {shares[1]:.2f} / {shares[2]:.2f}")
        yield f"threshold {threshold:.2f}: refused rightly / wrongly / of right ones  {'   '.join(cells)}"


def _left_out(rows: Sequence[Measured]) -> Floats:
    """Each row's probability by weights fitted without its document."""
    folds = [_fold(f"{row.corpus}/{row.document}") for row in rows]
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights = _fitted([row for row, own in zip(rows, folds, strict=True) if own != fold])
        for i, row in enumerate(rows):
            if folds[i] == fold:
                sure[i] = confidence.probability(row.features, weights)
    return sure


def _fitted(rows: Sequence[Measured]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = [name for name in rows[0].features if name != "bias"]
    scaler = StandardScaler()
    values = scaler.fit_transform([[row.features[name] for name in names] for row in rows])
    counts = [
        (_OTHER_TEXTS if row.corpus != "five" else 1.0)
        * (_UNANSWERABLE if not row.answerable else 1.0 if row.is_right else _ANSWERED_WRONGLY)
        for row in rows
    ]
    model = LogisticRegression(C=REGULARISATION, max_iter=1000)
    model.fit(values, [row.answerable for row in rows], sample_weight=counts)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return {"bias": bias, **{name: float(weight) for name, weight in zip(names, weights, strict=True)}}


def _measured(data: Path | None, training: Path | None) -> Iterator[Measured]:
    kinds = _Unseen(list(labelled_questions(training)))
    settings = IndexSettings()
    with tempfile.TemporaryDirectory() as scratch:
        store = settings.model_copy(update={"store": Path(scratch) / "store"})
        corpus = load_corpus(settings.corpus)
        store.store.mkdir()
        if settings.models.exists():
            store.models.symlink_to(settings.models.resolve())
        build_index(corpus, open_embedder(store.embedder, store.models), store.store, store.embedder)
        qa = PolicyQa(corpus, open_index(corpus, store))
        for name in FIVE:
            for question in read_questions(QUESTIONS / f"{name}.jsonl", corpus):
                document = question.gold[0].clause_id.partition("#")[0] if question.gold else question.id
                yield from _row("five", document, question, qa, kinds)
    for name, folder in ELSEWHERE:
        if below := folder or data:
            with tempfile.TemporaryDirectory() as scratch:
                rows = _lines(QUESTIONS / "elsewhere" / f"{name}.jsonl")
                qa, corpus = qa_over(files_below(below, {row["document"] for row in rows}), Path(scratch))
                for row in rows:
                    yield from _row(name, row["document"], question_of(row, corpus), qa, kinds)


def _row(corpus: str, document: str, question: GoldQuestion, qa: PolicyQa, kinds: _Unseen) -> Iterator[Measured]:
    """The features of a question that would be answered by the search alone."""
    history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
    if question.status not in ("answered", "refused") or qa.draft(question.question, history).features is None:
        return
    query = qa.read(question.question, history)
    query = replace(query, kinds=kinds.without(question.question).kinds(query.masked))
    if found := lookup.found_for(query, qa.library):
        gold = {one.clause_id for one in question.gold}
        yield Measured(
            corpus,
            document,
            confidence.features(query, found, qa.library),
            question.answerable is True,
            found[0].clause.clause_id in gold,
        )


class _Unseen:
    """Classifiers of kinds, each fitted without a part of the questions."""

    def __init__(self, rows: Sequence[LabelledQuestion]) -> None:
        rows = [row for row in rows if not row.held_out]
        self._models = [
            KindModel(fit_kinds([row for row in rows if _fold(row.question) != fold])) for fold in range(FOLDS)
        ]

    def without(self, question: str) -> KindModel:
        return self._models[_fold(question)]


def _fold(words: str) -> int:
    return zlib.crc32(words.encode()) % FOLDS


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
