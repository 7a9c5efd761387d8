"""`python -m eval.training.kinds [DATA] [--out FILE]` fits the classifier of kinds and measures it on held-out questions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from eval.training.kinds.fit import fit
from eval.training.kinds.rows import labelled_questions
from eval.training.kinds.score import lines, score
from rag.reading.kinds import MODEL, KindModel


def main(arguments: list[str] | None = None) -> int:
    """0 when the tables are written, 2 for wrong use."""
    parser = argparse.ArgumentParser("python -m eval.training.kinds", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="folder with training/questions.jsonl, for those labels too")
    parser.add_argument("--out", type=Path, default=MODEL, help="the file to write")
    given = parser.parse_args(arguments)
    if given.data and not (given.data / "training" / "questions.jsonl").is_file():
        parser.error(f"{given.data}: no training/questions.jsonl in it")
    rows = list(labelled_questions(given.data))
    train, test = ([row for row in rows if row.held_out is held_out] for held_out in (False, True))
    tables = fit(train)
    np.savez_compressed(given.out, **tables)
    print(f"{len(train)} questions fitted on, {len(test)} held out; {given.out}: {given.out.stat().st_size:,} bytes")
    print("\n".join(lines(score(test, KindModel(tables)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
