"""`python -m eval.calibrate [DATA]` fits the trees by which a clause is answered with or not, and writes them.

Answerable questions against unanswerable ones, for those that reach the search at all: of the five texts, of the invented
city's, of notices that no model was fitted on, and, where DATA has the real documents below it, of those. Each document in turn is left out, and the curve of what
refusing rightly costs is printed. What a question wants is told by classifiers that haven't seen it. With
POLICYQA_EMBEDDER=none the trees for words alone are fitted, with e5-small those for vectors without a ranker. The held-out questions
check them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
from index.embedder import DEFAULT, open_embedder
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag import confidence
from rag.answer import PolicyQa
from rag.reading.kinds import KindModel
from rag.routes import lookup
from rag.types import Turn

QUESTIONS = ROOT / "eval" / "questions"
FIVE = ("dev", *(f"dev{number}" for number in range(2, 7)))  # those with none of the held-out topics
NOTICES = ROOT / "eval" / "training" / "search" / "notices"
ELSEWHERE = (
    ("linlan", ROOT / "eval" / "texts" / "linlan"),
    ("notices", NOTICES),
    ("offices", NOTICES),
    ("real", None),
    ("spread", None),
)
FOLDS = 5  # of documents
FALSE_REFUSALS = (0.03, 0.05, 0.1, 0.2)
TREES, DEPTH, RATE = 80, 2, 0.08
_SPEAKS = {
    **dict.fromkeys(("coverage", "pairs", "sounds", "ahead", "answers", "answers_ahead"), 1),
    **dict.fromkeys(("missed", "value_absent", "elsewhere", "away", "quoted_missing", "front"), -1),
}  # for the clause or against it
_UNANSWERABLE, _ANSWERED_WRONGLY = 2.5, 0.5  # weights of a question in the fit
_OTHER_TEXTS = 2.0
# log odds: without a ranker near misses are told worse, and refused sooner; with one a false refusal weighs more
_CAUTION = {"unread": 1.0, "words": 0.4, "meaning": -0.2}
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
    """Prints the curve and writes the trees for the embedder that is set."""
    parser = argparse.ArgumentParser("python -m eval.calibrate", description="Fits when to refuse.")
    parser.add_argument("data", type=Path, nargs="?", help="folder below which the real documents lie")
    parser.add_argument("--training", type=Path, help="folder with training/questions.jsonl, for the kinds")
    parser.add_argument("--out", type=Path, default=confidence.TABLE, help="the file to write")
    given = parser.parse_args(arguments)
    rows = list(_measured(given.data, given.training))
    sides = [[row for row in rows if row.answerable is side] for side in (True, False)]
    print(f"{len(rows)} questions reach the search, {len(sides[1])} of them unanswerable")
    print("\n".join(curve(rows, _left_out(rows))))
    name = {"none": "words", DEFAULT: "meaning"}.get(IndexSettings().embedder, "unread")
    fitted = _fitted(rows)
    write(replace(fitted, start=fitted.start - _CAUTION.get(name, 0.0)), name, given.out)
    return 0


def write(trees: confidence.Trees, name: str, path: Path) -> None:
    """Beside the other table of the file, a tree a line."""
    tables = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    tables[name] = asdict(trees)
    parts = []
    for own, table in sorted(tables.items()):
        lines = ",\n".join(json.dumps(tree) for tree in table["trees"])
        parts.append(f'"{own}": {{"start": {table["start"]}, "trees": [\n{lines}\n]}}')
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


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
    """Each row's probability by trees fitted without its document."""
    folds = [_fold(f"{row.corpus}/{row.document}") for row in rows]
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        trees = _fitted([row for row, own in zip(rows, folds, strict=True) if own != fold])
        for i, row in enumerate(rows):
            if folds[i] == fold:
                sure[i] = confidence.probability(row.features, trees)
    return sure


def _fitted(rows: Sequence[Measured]) -> confidence.Trees:
    """Small trees; more of the topic in the clause never makes it less sure, more that is missing never surer."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    names = list(rows[0].features)
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        min_samples_leaf=15,
        l2_regularization=1.0,
        max_features=0.4,
        early_stopping=False,
        monotonic_cst=[_SPEAKS.get(name, 0) for name in names],
        random_state=0,
    )
    values = [[row.features[name] for name in names] for row in rows]
    model.fit(values, [row.answerable for row in rows], sample_weight=[_weight(row) for row in rows])
    start = float(np.ravel(model._baseline_prediction)[0])
    trees = confidence.Trees(start, [_nodes(one.nodes, names) for (one,) in model._predictors])
    _check(trees, rows, model.predict_proba(values)[:, 1])
    return trees


def _weight(row: Measured) -> float:
    """The five texts' questions are many and alike."""
    own = _UNANSWERABLE if not row.answerable else 1.0 if row.is_right else _ANSWERED_WRONGLY
    return own * (1.0 if row.corpus == "five" else _OTHER_TEXTS)


def _nodes(nodes: Any, names: Sequence[str]) -> list[list[Any]]:
    return [
        [round(float(node["value"]), 5)]
        if node["is_leaf"]
        else [names[node["feature_idx"]], float(node["num_threshold"]), int(node["left"]), int(node["right"])]
        for node in nodes
    ]


def _check(trees: confidence.Trees, rows: Sequence[Measured], expected: Floats) -> None:
    """scikit-learn keeps its trees to itself: whether they were understood shows in what they give."""
    found = [confidence.probability(row.features, trees) for row in rows]
    if not np.allclose(found, expected, atol=1e-3):
        raise RuntimeError("the trees of this scikit-learn are laid out otherwise: mend _nodes")


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
            for question in read_questions(QUESTIONS / f"{name}.jsonl"):
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
            lookup.features(query, found, qa.library),
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
