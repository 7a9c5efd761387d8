"""How well kinds are recognised: the share of questions whose kind is right, and F1 of what they want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.training.kinds.rows import LabelledQuestion
from rag.reading.kinds import ANY_OF, ONE_OF, KindModel, Kinds

_HOLDS = 0.4  # probability from which on a want counts
_TOP = 2


def score(rows: Sequence[LabelledQuestion], model: KindModel) -> Mapping[str, tuple[float, int]]:
    """Measure -> (value, n)."""
    read = [model.kinds(row.masked) for row in rows]
    found = {}
    for head in ONE_OF:
        own = [(kinds, row.labels[head]) for kinds, row in zip(read, rows, strict=True) if head in row.labels]
        if own:
            firsts = [next(iter(_of(kinds, head))) in right for kinds, right in own]
            found[head] = (sum(firsts) / len(own), len(own))
        if own and head == "op":
            seconds = [bool(right & set(list(_of(kinds, head))[:_TOP])) for kinds, right in own]
            found["op in two"] = (sum(seconds) / len(own), len(own))
    for head, names in ANY_OF.items():
        for name in names:
            own = [
                (kinds, row.labels[head])
                for kinds, row in zip(read, rows, strict=True)
                if head in row.labels and name in row.known
            ]
            marks = [(_of(kinds, head)[name] > _HOLDS, name in right) for kinds, right in own]
            if not marks:
                continue
            hits, said, wanted = (sum(values) for values in zip(*((a and b, a, b) for a, b in marks), strict=True))
            if wanted:
                found[f"{head} {name}"] = (2 * hits / (said + wanted), wanted)
    return found


def _of(kinds: Kinds, head: str) -> Mapping[str, float]:
    return {
        "op": kinds.ops, "value": kinds.values, "role": kinds.roles, "tally": kinds.tallies, "talk": kinds.talk, "wants": kinds.wants,
        "fact": kinds.facts,
    }[head]  # fmt: skip


def lines(measures: Mapping[str, tuple[float, int]]) -> Iterator[str]:
    for name, (value, count) in measures.items():
        yield f"{name:20} {value:.3f} ({count})"
