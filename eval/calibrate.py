"""`python -m eval.calibrate`: fits the refusal's weights on the development questions and prints them.

Answerable questions against unanswerable ones, for those that reach the search at all; scikit-learn's logistic
regression, ten-fold. The weights printed go into `rag/confidence.py`; the held-out questions check them.
"""

from __future__ import annotations

import sys

import numpy as np

from eval.questions_file import read_questions
from eval.types import GoldQuestion
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.types import Turn

FILES = tuple(f"{name}.jsonl" for name in ("dev", "dev2", "dev3", "dev4", "dev5", "dev6"))
THRESHOLDS = (0.35, 0.4, 0.45, 0.5)
REGULARISATION, UNANSWERABLE_WEIGHT = 0.03, 2.0


def main() -> int:
    """Prints the weights, and what share of each side falls below some thresholds in cross-validation."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    from corpus.load import load_corpus
    from index.search import open_index

    settings = IndexSettings()
    corpus = load_corpus(settings.corpus, settings.asked_as)
    qa = PolicyQa(corpus, open_index(corpus, settings))
    rows = [row for name in FILES for q in read_questions(ROOT / "eval/questions" / name) if (row := _row(q, qa))]
    names = [name for name in rows[0][0] if name != "bias"]
    values = np.array([[features[name] for name in names] for features, _ in rows])
    wanted = np.array([answerable for _, answerable in rows])
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=REGULARISATION, class_weight={0: UNANSWERABLE_WEIGHT, 1: 1.0})
    )
    sure = cross_val_predict(model, values, wanted, cv=10, method="predict_proba")[:, 1]
    print(f"{len(rows)} questions reach the search, {int((wanted == 0).sum())} of them unanswerable")
    for threshold in THRESHOLDS:
        refused, wrongly = (sure[wanted == side] < threshold for side in (0, 1))
        print(f"threshold {threshold}: refused rightly {refused.mean():.3f}, wrongly {wrongly.mean():.3f}")
    model.fit(values, wanted)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    print({"bias": round(bias, 3), **{name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}})
    return 0


def _row(question: GoldQuestion, qa: PolicyQa) -> tuple[dict[str, float], int] | None:
    """The features of a question that would be answered by the search alone, with whether it should be."""
    history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
    features = qa.draft(question.question, history).features
    return (dict(features), int(bool(question.answerable))) if features else None


if __name__ == "__main__":
    sys.exit(main())
