"""`python -m eval.training.check.weigh DATA [--out FILE]` weighs what the rules find against a sentence and what the verifier
says for it, on sentences beside clauses of documents that the verifier was not fitted on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.bodies import BodyTable
from corpus.types import Corpus
from eval.grounding import meaning_of
from eval.training.bodies.texts import documents_in
from eval.training.check.claims import Claim, claims_in
from index.embedder import SPREADS, open_embedder
from index.settings import IndexSettings
from index.verifier import Verifier, open_verifier
from index.words import Words, dictionary_of
from rag.grounding.check import SentenceCheck
from rag.grounding.types import Source
from rag.grounding.verdict import TABLE, Weights, doubt

_HARD = ("number", "date", "body")  # kinds of wrong sentences
_KEPT = (0.9, 0.93, 0.95, 0.97, 0.98)
_STEPS, _DECAY = 20, 1.0  # of Newton's method; the squares of the weights
FOLDS = 5


@dataclass(frozen=True)
class Weighed:
    """A sentence with what there is to weigh."""

    document: str
    kind: str
    right: bool
    logit: float
    problems: frozenset[str]


def weighed(data: Path, claims: Sequence[Claim], verifier: Verifier) -> Iterator[Weighed]:
    """Each claim whose clause is found, in order."""
    names = {claim.passage.document for claim in claims}
    documents = dict(documents_in(data, names))
    sources = {(name, node.digest): Source(node, one) for name, one in documents.items() for node in one.clauses}
    settings = IndexSettings()
    corpus = Corpus(tuple(documents.values()))
    meaning = meaning_of(open_embedder(settings.embedder, settings.models), SPREADS.get(settings.embedder, 1.0))
    check = SentenceCheck(BodyTable(corpus), Words(dictionary_of(corpus)), meaning)
    for claim in claims:
        if source := sources.get((claim.passage.document, claim.passage.key)):
            problems = check.problems(claim.sentence, [source], claim.question)
            logit = verifier.carried(claim.question, claim.sentence, [(claim.passage.front, claim.passage.text)])
            kinds = frozenset(problem.kind for problem in problems)
            yield Weighed(claim.passage.document, claim.kind, claim.right, logit, kinds)


def fitted(rows: Sequence[Weighed]) -> Weights:
    """Logistic regression on the logit, cut off where it says no more, and on which kinds of problems there are."""
    kinds = sorted({kind for row in rows for kind in row.problems})
    table = np.array([[1.0, row.logit, *(float(kind in row.problems) for kind in kinds)] for row in rows])
    wanted = np.array([not row.right for row in rows], float)
    weights, decay = np.zeros(table.shape[1]), np.diag([0.0, *[_DECAY] * (table.shape[1] - 1)])
    for _ in range(_STEPS):
        gone = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (gone - wanted) + decay @ weights
        bend = table.T @ (table * (gone * (1 - gone))[:, None]) + decay
        weights -= np.linalg.solve(bend, slope)
    bias, logit, *problems = (round(float(one), 3) for one in weights)
    return Weights(bias, logit, dict(zip(kinds, problems, strict=True)))


def left_out(rows: Sequence[Weighed]) -> list[float]:
    """Of each sentence the doubt by weights fitted without its document's."""
    documents = sorted({row.document for row in rows})
    fold = {document: place % FOLDS for place, document in enumerate(documents)}
    tables = [fitted([row for row in rows if fold[row.document] != own]) for own in range(FOLDS)]
    return [doubt(row.logit, row.problems, tables[fold[row.document]]) for row in rows]


def curve(rows: Sequence[Weighed], doubts: Sequence[float]) -> Iterator[str]:
    """What is stopped at some shares of right sentences kept."""
    right = sorted(d for row, d in zip(rows, doubts, strict=True) if row.right)
    for kept in _KEPT:
        limit = right[min(int(kept * len(right)), len(right) - 1)]
        cells = []
        for title, kinds in (("number, body, date", True), ("others", False)):
            own = [d for row, d in zip(rows, doubts, strict=True) if not row.right and (row.kind in _HARD) is kinds]
            cells.append(f"{title} {sum(d > limit for d in own) / max(len(own), 1):.3f} of {len(own)}")
        yield f"kept {kept:.2f} (doubt {limit:.2f}): stopped {'; '.join(cells)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when written, 2 for wrong use, 3 when there is nothing to weigh."""
    parser = argparse.ArgumentParser("python -m eval.training.check.weigh", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with training/texts/, policies/ and bench/stard/docs.jsonl")
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        parser.error(f"{given.data}: no such folder")
    claims = [claim for claim in claims_in(given.data) if claim.passage.split != "train"]
    verifier = open_verifier(IndexSettings().models)
    if verifier is None or not claims:
        print("no verifier on this machine" if claims else f"{given.data}: no clause's text is in it", file=sys.stderr)
        return 3
    rows = list(weighed(given.data, claims, verifier))
    print(f"{len(rows)} sentences on {len({row.document for row in rows})} documents")
    print("\n".join(curve(rows, left_out(rows))))
    weights = fitted(rows)
    given.out.write_text(json.dumps(weights.as_dict(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(weights.as_dict(), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
