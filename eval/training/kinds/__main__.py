"""`python -m eval.training.kinds [DATA] [--out FILE]` fits the classifier of kinds and measures it on held-out questions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from eval.training.kinds.fit import fit
from eval.training.kinds.rows import labelled_questions
from eval.training.kinds.score import lines, score
from index.embedder import open_embedder
from index.settings import IndexSettings
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
    settings = IndexSettings()
    embedder = open_embedder(settings.embedder, settings.models)
    vectors = embedder.embed_queries([row.question for row in rows]) if embedder else None
    train = [place for place, row in enumerate(rows) if not row.held_out]
    test = [place for place, row in enumerate(rows) if row.held_out]
    tables = fit([rows[place] for place in train], vectors[train] if vectors is not None else None)
    np.savez_compressed(given.out, **tables)
    print(f"{len(train)} questions fitted on, {len(test)} held out; {given.out}: {given.out.stat().st_size:,} bytes")
    model = KindModel(tables)
    for name, some in (("with meaning", vectors), ("words alone", None)):
        print(name)
        print("\n".join(lines(score([rows[p] for p in test], some[test] if some is not None else None, model))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
