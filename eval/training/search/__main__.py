"""`python -m eval.training.search DATA FOLDER [--only NAME] [--further FILE] [--quick]` fits embedder and ranker into FOLDER.

What doesn't answer is mined with the embedder that is shipped. The ranker starts from the embedder in FOLDER, or with
`--further` from a fitted ranker.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from eval.training.bodies.texts import documents_in
from eval.training.search import embedder, ranker
from eval.training.search.encoder import DEVICE, Encoder
from eval.training.search.lessons import Lesson, Passage, lessons_in, passage_of
from eval.training.search.mining import Found, drawn, found
from eval.training.search.pointing import pointings
from index.difference import read_difference, write_difference
from index.errors import EmbedderError
from index.settings import ROOT

EMBEDDER, RANKER, HEADS = "embedder", "ranker", ("score", "mark")
PACKAGED = ROOT / "index" / "models" / "embedder.npz"
RANKER_LEVELS = 4  # so that both files together stay below 20 MB
_QUICK = 64  # lessons
_OF_A_DOCUMENT = 8  # further passages to be told apart from the right one
Changes = Mapping[str, npt.NDArray[np.float32]]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when what was asked for is written, 2 for wrong use, 3 when DATA has no lesson or the base is missing."""
    parser = argparse.ArgumentParser("python -m eval.training.search", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with training/, policies/ and bench/stard/docs.jsonl")
    parser.add_argument("folder", type=Path, help="where embedder.npz and ranker.npz are written")
    parser.add_argument("--only", choices=(EMBEDDER, RANKER))
    parser.add_argument("--further", type=Path, help="a ranker to go on from, index/models/ranker.npz for one")
    parser.add_argument("--quick", action="store_true", help="64 lessons: only to see that it runs")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    for folder in (given.data, given.folder):
        if not folder.is_dir():
            parser.error(f"{folder}: no such folder")
    if given.further and not given.further.exists():
        parser.error(f"{given.further}: no such file")
    lessons = [lesson for lesson in lessons_in(given.data) if lesson.passage.split == "train"]
    if not lessons:
        print(f"{given.data}: no lesson's text is in it. README.md says what the folder holds.", file=sys.stderr)
        return 3
    lessons = lessons[:_QUICK] if given.quick else lessons
    tell(f"{len(lessons)} lessons on {len({lesson.passage.document for lesson in lessons})} documents")
    more = () if given.quick else further_passages(given.data, lessons)
    try:
        rows = found(trained(PACKAGED), lessons, more, tell)
        if given.only != RANKER:
            fit_embedder(rows, given.folder / f"{EMBEDDER}.npz", given.seed)
        if given.only != EMBEDDER:
            start = given.further or given.folder / f"{EMBEDDER}.npz"
            fit_ranker(
                rows, start, given.folder / f"{RANKER}.npz", given.seed, 1 if given.quick else ranker.Pace.passes
            )
    except (EmbedderError, OSError) as error:
        print(error, file=sys.stderr)
        return 3
    return 0


def fit_embedder(rows: Sequence[Found], out: Path, seed: int) -> None:
    encoder = Encoder.fresh()
    before = _state(encoder.model)
    after = _state(embedder.fit(encoder, rows, embedder.Pace(), seed, tell))
    write_difference(out, {name: after[name] - before[name] for name in after if (after[name] != before[name]).any()})
    tell(f"{out} written, {out.stat().st_size / 1e6:.1f} MB")


def fit_ranker(rows: Sequence[Found], start: Path, out: Path, seed: int, passes: int) -> None:
    """`start` is the difference to the packaged weights of an embedder or a ranker, as `out` will be."""
    plain = _state(Encoder.fresh().model)
    network = ranker.Ranker(trained(start))
    heads = {name: torch.from_numpy(one) for name, one in read_difference(start).items() if name.split(".")[0] in HEADS}
    network.load_state_dict(heads, strict=False)
    lessons, chance = [row.lesson for row in rows], random.Random(seed)
    cases: list[Sequence[ranker.Case | ranker.Pointing]] = [
        (*drawn(rows, chance), *pointings(lessons, chance)) for _ in range(passes)
    ]
    fitted = ranker.fit(network.to(DEVICE), cases, ranker.Pace(), seed, tell)
    after = _state(fitted.base)
    own = {name: one for name, one in _state(fitted).items() if not name.startswith("base.")}
    changes = {name: after[name] - plain[name] for name in after if (after[name] != plain[name]).any()}
    write_difference(out, {**changes, **own}, RANKER_LEVELS)
    tell(f"{out} written, {out.stat().st_size / 1e6:.1f} MB")


def trained(difference: Path) -> Encoder:
    """The packaged model with what `difference` changes."""
    encoder = Encoder.fresh()
    state = encoder.model.state_dict()
    with torch.no_grad():
        for name, change in read_difference(difference).items():
            if name in state:  # a ranker's heads aren't
                state[name] += torch.from_numpy(change).to(state[name].device)
    return encoder


def further_passages(data: Path, lessons: Sequence[Lesson]) -> tuple[Passage, ...]:
    """Clauses that stand beside those asked about."""
    wanted = {lesson.passage.document for lesson in lessons}
    return tuple(
        passage_of(name, document, clause)
        for name, document in documents_in(data, wanted, with_bodies=False)
        for clause in document.clauses[:: max(1, len(document.clauses) // _OF_A_DOCUMENT)]
    )


def tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def _state(model: torch.nn.Module) -> dict[str, npt.NDArray[np.float32]]:
    return {name: one.detach().cpu().float().numpy().copy() for name, one in model.state_dict().items()}


if __name__ == "__main__":
    sys.exit(main())
