"""Labels to tables: one logistic regression a head, over pieces of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from eval.training.kinds.rows import LabelledQuestion
from rag.reading.kinds import ANY_OF, ONE_OF
from rag.reading.masked import pieces

_SEEN = 4  # questions that a piece stands in
_LOOSE = 8.0  # inverse of the regularisation


def fit(rows: Sequence[LabelledQuestion]) -> dict[str, Any]:
    """The tables that `KindModel` reads."""
    counts = [Counter(pieces(row.masked)) for row in rows]
    seen = Counter(piece for count in counts for piece in count)
    known = sorted(piece for piece, number in seen.items() if number >= _SEEN and "\n" not in piece)
    place = {piece: row for row, piece in enumerate(known)}
    rarity = np.log((1 + len(rows)) / (1 + np.array([seen[piece] for piece in known]))) + 1
    weights, bias = _heads(rows, _matrix(counts, place, rarity))
    return {
        "pieces": np.array("\n".join(known)),
        "rarity": rarity.astype(np.float16),
        "weights": weights.astype(np.float16),
        "bias": bias.astype(np.float32),
    }


def _matrix(counts: Sequence[Counter[str]], place: Mapping[str, int], rarity: Any) -> Any:
    """Unit rows, as `KindModel` makes them."""
    starts, columns, values = [0], [], []
    for count in counts:
        own = {place[piece]: number for piece, number in count.items() if piece in place}
        row = (1 + np.log(np.array(list(own.values())))) * rarity[list(own)] if own else np.array([])
        columns += list(own)
        values += list(row / np.linalg.norm(row)) if own else []
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(counts), len(place)))


def _heads(rows: Sequence[LabelledQuestion], features: Any) -> tuple[Any, Any]:
    """(features, columns) weights and (columns,) biases, in the order of `COLUMNS`."""
    weights, biases = [], []
    for head, names in ONE_OF.items():
        own = [i for i, row in enumerate(rows) if head in row.labels]
        fitted = _regression(balanced=head in ("op", "role", "talk", "tally")).fit(
            features[own], [next(iter(rows[i].labels[head])) for i in own]
        )
        columns, offsets = _by_class(fitted)
        for name in names:  # one that nobody labelled is never chosen
            at = list(fitted.classes_).index(name) if name in fitted.classes_ else None
            weights.append(columns[at] if at is not None else np.zeros(features.shape[1]))
            biases.append(offsets[at] if at is not None else -9.0)
    for head, names in ANY_OF.items():
        for name in names:
            own = [i for i, row in enumerate(rows) if head in row.labels and name in row.known]
            holds = [name in rows[i].labels[head] for i in own]
            fitted = _regression(balanced=head == "fact").fit(features[own], holds) if any(holds) else None
            weights.append(fitted.coef_[0] if fitted else np.zeros(features.shape[1]))
            biases.append(fitted.intercept_[0] if fitted else -9.0)
    return np.array(weights).T, np.array(biases)


def _by_class(fitted: LogisticRegression) -> tuple[Any, Any]:
    """A row of weights a class; of just two the regression keeps one, the difference."""
    if len(fitted.coef_) > 1:
        return fitted.coef_, fitted.intercept_
    return np.vstack([-fitted.coef_, fitted.coef_]) / 2, np.concatenate([-fitted.intercept_, fitted.intercept_]) / 2


def _regression(balanced: bool) -> LogisticRegression:
    return LogisticRegression(C=_LOOSE, max_iter=3000, class_weight="balanced" if balanced else None)
