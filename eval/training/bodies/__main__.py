"""`python -m eval.training.bodies DATA OUT [--further FILE] [--mentions] [--quick]` fits the network and measures it on the
held-out clauses. With `--further` it starts from the network in FILE and only learns the labels, which takes minutes; with
`--mentions` it learns every body that is named, whatever it does.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from corpus.tagger import tagged
from eval.training.bodies.fit import FULL, FURTHER, MENTIONS, QUICK, fit, go_on
from eval.training.bodies.labels import read_labels, read_mentions, read_written
from eval.training.bodies.score import lines, score
from eval.training.bodies.texts import LabelledClause, documents_in, labelled, measured_in, unlabelled
from index.errors import EmbedderError

_QUICK_CLAUSES = 60


def main(arguments: list[str] | None = None) -> int:
    """0 when the network is written, 2 for wrong use, 3 when no labelled clause is in the folder."""
    parser = argparse.ArgumentParser("python -m eval.training.bodies", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with training/texts/, policies/ and bench/stard/docs.jsonl")
    parser.add_argument("out", type=Path, help="the file to write, ending in .npz")
    parser.add_argument("--quick", action="store_true", help="60 clauses, one epoch: only to see that it runs")
    parser.add_argument(
        "--mentions", action="store_true", help="every body that is named, as corpus/mentions.py reads them"
    )
    parser.add_argument("--further", type=Path, help="a fitted network to go on from, corpus/models/bodies.npz for one")
    given = parser.parse_args(arguments)
    if given.further and not given.further.exists():
        parser.error(f"{given.further}: no such file")
    if not given.data.is_dir():
        parser.error(f"{given.data}: no such folder")
    if given.out.suffix != ".npz" or not given.out.parent.is_dir():
        parser.error(f"{given.out}: must end in .npz and lie in a folder that exists")
    return _run(given.data, given.out, given.further, given.mentions, given.quick)


def _run(data: Path, out: Path, start: Path | None, mentions: bool, quick: bool) -> int:
    labels = read_mentions() if mentions else read_labels()
    if quick:
        tests = [label for label in labels if label.split == "test"]
        labels = (*[label for label in labels if label.split == "train"][:_QUICK_CLAUSES], *tests)
    names = {label.document for label in labels} if quick or start else None
    documents = list(documents_in(data, names, with_bodies=False))
    found = labelled(documents, labels)
    _tell(f"{len(found)} of {len(labels)} labelled clauses found in {len(documents)} documents")
    train = [clause for clause in found if clause.label.split == "train"]
    test = [clause for clause in found if clause.label.split == "test"]
    if not train:
        print(f"{data}: no labelled clause to fit on. Give the folder that README.md describes.", file=sys.stderr)
        return 3
    if not quick and not mentions:
        train += [LabelledClause(text, label) for text, label in read_written()]
    try:
        if start:
            go_on(train, start, out, FURTHER, _tell)
        else:
            plan = QUICK if quick else MENTIONS if mentions else FULL
            fit(train, unlabelled(documents, (*labels, *read_labels()), measured_in(data)), out, plan, _tell)
    except (EmbedderError, OSError) as error:
        print(error, file=sys.stderr)
        return 3
    _tell(f"{out} written")
    print("held-out clauses, by the network alone")
    measures = score(test, lambda text: [text[one.start : one.end] for one in tagged(text, out)])
    print("\n".join(lines(measures)))
    return 0


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
