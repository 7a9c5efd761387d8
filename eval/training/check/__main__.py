"""`python -m eval.training.check DATA FOLDER [--quick]` fits the verifier, from the ranker that is shipped, into FOLDER."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.training.check.claims import Claim, claims_in, claims_of, elsewhere
from eval.training.check.network import Pace, Verifier, fit, logits
from eval.training.search.__main__ import tell, trained
from eval.training.search.lessons import lessons_in
from index.difference import write_difference
from index.errors import EmbedderError
from index.ranker import DIFFERENCE as RANKER_DIFFERENCE

_ELSEWHERE = 2000  # sentences of the last pass that stand beside another clause
_QUICK = 64  # sentences


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it is written, 2 for wrong use, 3 when DATA has no clause's text or the base is missing."""
    parser = argparse.ArgumentParser("python -m eval.training.check", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with training/texts/, policies/ and bench/stard/docs.jsonl")
    parser.add_argument("folder", type=Path, help="where verifier.npz is written")
    parser.add_argument("--quick", action="store_true", help="64 sentences: only to see that it runs")
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args(arguments)
    for folder in (given.data, given.folder):
        if not folder.is_dir():
            parser.error(f"{folder}: no such folder")
    chance = random.Random(given.seed)
    claims = claims_in(given.data)
    train = [claim for claim in claims if claim.passage.split == "train"][: _QUICK if given.quick else None]
    held = [claim for claim in claims if claim.passage.split != "train"][: _QUICK if given.quick else None]
    if not train:
        print(f"{given.data}: no clause's text is in it. README.md says what the folder holds.", file=sys.stderr)
        return 3
    try:
        verifier = Verifier(trained(RANKER_DIFFERENCE))
        passes = [train] if given.quick else passes_of(train, given.data, chance)
        fit(verifier, passes, Pace(), given.seed, tell)
    except EmbedderError as error:
        print(error, file=sys.stderr)
        return 3
    out = given.folder / "verifier.npz"
    write_difference(out, verifier.changes())
    rightly = sum((logit > 0) == claim.right for logit, claim in zip(logits(verifier, held), held, strict=True))
    tell(f"{out} written, {out.stat().st_size / 1e6:.1f} MB; {rightly} of {len(held)} held-out sentences told rightly")
    return 0


def passes_of(train: Sequence[Claim], data: Path, chance: random.Random) -> list[Sequence[Claim]]:
    """Every sentence four times; with the exact answers in two halves, and at last with sentences beside other clauses."""
    exact = list(claims_of([lesson for lesson in lessons_in(data) if lesson.passage.split == "train"], chance))
    chance.shuffle(exact)
    half = len(exact) // 2
    others = list(elsewhere(chance.sample(train, min(_ELSEWHERE, len(train))), chance))
    return [train, [*train, *exact[:half]], [*train, *exact[half:]], [*train, *others]]


if __name__ == "__main__":
    sys.exit(main())
