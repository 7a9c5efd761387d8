"""`python -m eval.training.search.marks DATA [--split test]`: how well the shipped ranker tells which body or figure is meant.

On the questions of documents held out whose answer is one or some of several. For the rule of `rag/say/pointed.py`: how often the
surest is right, how often just the right ones are chosen, and, for figures, what is said at some leads over what comes next.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.script import fold, simplify
from eval.training.search.lessons import lessons_in
from eval.training.search.pointing import pointings
from eval.training.search.ranker import Pointing
from index.pointing import Stretch
from index.ranker import Ranker, open_ranker
from index.settings import IndexSettings
from rag.say.pointed import rows_of
from rag.say.values import figures_in

LEADS = (0.0, 2.0, 4.0, 6.0)


@dataclass(frozen=True)
class Chosen:
    """`lead` over the next row; `is_right` where just the right ones were chosen, `touches` where some of them were."""

    kind: str
    lead: float
    is_right: bool
    touches: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for bodies and one a lead for figures; 2 for wrong use, 3 without a ranker or a question."""
    parser = argparse.ArgumentParser("python -m eval.training.search.marks", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the texts of the questions")
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    given = parser.parse_args(arguments)
    ranker = open_ranker(IndexSettings().models)
    lessons = [one for one in lessons_in(given.data) if one.passage.split == given.split]
    cases = [case for case in pointings(lessons, random.Random(0)) if case.right]
    if ranker is None or not cases:
        print(f"{given.data}: no question on a document held out, or no ranker to ask.", file=sys.stderr)
        return 3
    print("\n".join(table([chosen(case, ranker) for case in cases])))
    return 0


def table(rows: Sequence[Chosen]) -> Iterator[str]:
    for kind, leads in (("bodies", LEADS[:1]), ("figures", LEADS)):
        own = [row for row in rows if row.kind == kind]
        for lead in leads:
            said = [row for row in own if row.lead >= lead]
            right, touches = (np.mean([getattr(row, name) for row in said]) for name in ("is_right", "touches"))
            begin = f"{kind} of {len(own)}, lead {lead:.0f}: said {len(said) / len(own):.2f}"
            yield f"{begin}, one of the right ones {touches:.3f}, just the right ones {right:.3f}"


def chosen(case: Pointing, ranker: Ranker) -> Chosen:
    """The surest row of the kind that is asked for."""
    figures = set(figures_in(fold(case.words)))
    kind = "figures" if case.stretches[min(case.right)] in figures else "bodies"
    own = [place for place, one in enumerate(case.stretches) if (one in figures) == (kind == "figures")]
    marks = ranker.marks(simplify(case.question), case.front, simplify(case.words))
    rows = rows_of([_odds(marks, case.stretches[place]) for place in own], [case.stretches[p] for p in own], case.words)
    words = {case.words[slice(*case.stretches[own[place]])] for place in rows[0].places}
    right = {case.words[slice(*case.stretches[place])] for place in case.right}
    lead = rows[0].odds - rows[1].odds if len(rows) > 1 else float("inf")
    return Chosen(kind, lead, words == right, bool(words & right))


def _odds(marks: np.ndarray[tuple[int], np.dtype[np.float32]], stretch: Stretch) -> float:
    return float(marks[slice(*stretch)].mean())


if __name__ == "__main__":
    sys.exit(main())
