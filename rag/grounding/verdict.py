"""Whether a sentence stands: what the rules find against it, weighed with what a model says that reads it beside its clause.

The weights come from `python -m eval.training.check.weigh`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent / "models" / "check.json"
LIMIT = 0.7  # doubt from which on a sentence does not stand; what it costs on either side: python -m eval.training.check.weigh


@dataclass(frozen=True)
class Weights:
    """Of the log odds that a sentence is wrong: for each unit of the model's logit, and for each kind of problem."""

    bias: float
    logit: float
    problems: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@cache
def weights(path: Path = TABLE) -> Weights:
    """The shipped ones."""
    return Weights(**json.loads(path.read_text(encoding="utf-8")))


def doubt(logit: float, problems: Collection[str], table: Weights) -> float:
    """The probability that a sentence is wrong."""
    total = table.bias + table.logit * logit + sum(table.problems.get(kind, 0.0) for kind in problems)
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
