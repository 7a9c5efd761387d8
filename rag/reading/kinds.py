"""What kind of answer a question wants: a fitted classifier over its words, with the names masked.

The tables come from `make train-kinds` (eval/training/kinds); a new kind is labelled questions, not code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from rag.reading.masked import pieces

Op = Literal["find", "address", "outline", "tasks", "tally", "fact", "talk", "other"]
Want = Literal[
    "bodies", "value", "eligibility", "procedure", "deadline", "consequence", "yes_no", "list", "definition", "validity",
    "text",
]  # fmt: skip
Value = Literal[
    "none", "money", "percent", "count", "duration", "date", "phone", "website", "place", "age", "area", "points", "other",
]  # fmt: skip
FactName = Literal[
    "number", "issued_on", "issuer", "addressees", "validity", "basis", "repeals", "annexes", "parts", "title", "contact",
]  # fmt: skip
AskedRole = Literal["any", "lead", "responsible", "cooperating", "approving"]
Talk = Literal["greeting", "thanks", "complaint", "human", "about", "housekeeping"]
Tally = Literal["none", "at_least", "exactly", "most", "fewest", "together"]

_SURELY = 0.5  # probability of a kind from which on it alone decides
_MAY_WELL = 0.4
_CHINESE = re.compile("[一-鿿]")
_MET = 0.5  # share of known pieces below which what is said is no words
Floats = npt.NDArray[np.float32]
MODEL = Path(__file__).parents[1] / "models" / "kinds.npz"
# Heads of the classifier: of one kind just one holds, of the others any number.
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "op": get_args(Op), "value": get_args(Value), "role": get_args(AskedRole), "tally": get_args(Tally), "talk": get_args(Talk),
}  # fmt: skip
ANY_OF: Mapping[str, tuple[str, ...]] = {"wants": get_args(Want), "fact": get_args(FactName)}
COLUMNS = tuple((head, name) for heads in (ONE_OF, ANY_OF) for head, names in heads.items() for name in names)


@dataclass(frozen=True)
class Kinds:
    """Probabilities, by name, likeliest first. Those of `ops`, `values`, `roles`, `tallies` and `talk` each sum to 1."""

    ops: Mapping[str, float]
    values: Mapping[str, float]
    roles: Mapping[str, float]
    tallies: Mapping[str, float]
    talk: Mapping[str, float]
    wants: Mapping[str, float]
    facts: Mapping[str, float]
    known: float = 1.0  # of a question without Chinese, the share of its pieces that the classifier has met

    @property
    def wanted(self) -> frozenset[str]:
        """What is likelier wanted than not, apart from the words of a text as such."""
        return frozenset(want for want, odds in self.wants.items() if odds >= _SURELY and want != "text")

    @property
    def wanted_values(self) -> tuple[str, ...]:
        """The kinds of value that may well be asked for, likeliest first."""
        odds = {kind: p * self.wants.get("value", 0.0) for kind, p in self.values.items()}
        return tuple(kind for kind, p in odds.items() if p >= _MAY_WELL and kind not in ("none", "other"))

    @property
    def is_talk(self) -> bool:
        """A greeting, thanks, a complaint about the service: nothing that texts answer; no string of mere letters."""
        return self.ops["talk"] > _SURELY and self.known >= _MET

    @property
    def is_elsewhere(self) -> bool:
        """Nothing that has to do with public policy."""
        return self.ops["other"] > _SURELY


class KindModel:
    """Weights for pieces of words."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._place = {piece: row for row, piece in enumerate(str(tables["pieces"]).split("\n"))}
        self._rarity = tables["rarity"].astype(np.float32)
        self._weights = tables["weights"].astype(np.float32)
        self._bias = tables["bias"].astype(np.float32)

    def kinds(self, masked: str) -> Kinds:
        """Of a question as `masked` gives it."""
        rows, values = self._row(masked)
        found = _kinds(self._bias + values @ self._weights[rows])
        return found if _CHINESE.search(masked) else replace(found, known=len(rows) / len(set(pieces(masked))))

    def _row(self, masked: str) -> tuple[list[int], Floats]:
        """Where the question's pieces stand in the tables, and what each counts; unit length."""
        counts = Counter(self._place[piece] for piece in pieces(masked) if piece in self._place)
        rows = list(counts)
        values = (1 + np.log(np.array([counts[row] for row in rows], np.float32))) * self._rarity[rows]
        length = float(np.linalg.norm(values))
        return rows, values / length if length else values


def _kinds(scores: Floats) -> Kinds:
    found: dict[str, dict[str, float]] = {}
    for (head, name), score in zip(COLUMNS, scores, strict=True):
        found.setdefault(head, {})[name] = float(score)
    one = {head: _softmax(found[head]) for head in ONE_OF}
    some = {head: {name: float(1 / (1 + np.exp(-score))) for name, score in found[head].items()} for head in ANY_OF}
    return Kinds(one["op"], one["value"], one["role"], one["tally"], one["talk"], some["wants"], some["fact"])


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """By probability, likeliest first."""
    top = max(scores.values())
    odds = {name: float(np.exp(score - top)) for name, score in scores.items()}
    total = sum(odds.values())
    return {name: odds[name] / total for name in sorted(odds, key=lambda name: -odds[name])}


@cache
def open_kinds(path: Path = MODEL) -> KindModel:
    """The shipped classifier."""
    with np.load(path, allow_pickle=False) as tables:
        return KindModel(dict(tables))
