"""The small model that reads a sentence beside the clause it cites: does the clause carry it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.script import simplify
from corpus.sentences import sentences_of
from index.difference import digest_of_file
from index.embedder import has_default_weights
from index.ranker import DIFFERENCE as RANKER_DIFFERENCE

if TYPE_CHECKING:
    from index.onnx_model import OnnxModel

VERIFIER, DIFFERENCE = "verifier", Path(__file__).parent / "models" / "verifier.npz"
SAID_TOKENS, PAIR_TOKENS = 112, 288  # the second part has what the first leaves; start and stops count
CHARACTERS = 320  # of a clause: its fittest sentences, in their order


class Verifier:
    """Safe to share between threads."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model

    def carried(self, question: str, sentence: str, clauses: Sequence[tuple[str, str]]) -> float:
        """The logit that the clauses, each its front and its text, together carry `sentence`, an answer to `question`."""
        said = self._model.encoded(simplify(said_as(question, sentence))).ids[: SAID_TOKENS - 2]
        first = [self._model.start, *said, self._model.stop]
        read = self._model.encoded(passage_for(sentence, clauses)).ids[: PAIR_TOKENS - len(first) - 1]
        ((logit,),) = self._model.run([[*first, *read, self._model.stop]])
        return float(logit)


def said_as(question: str, sentence: str) -> str:
    """What is read first: 不能 alone says nothing."""
    return f"{question}\n{sentence}"


def passage_for(sentence: str, clauses: Sequence[tuple[str, str]]) -> str:
    """Titles and headings, then the sentences of the clauses in simplified characters, those that share least with
    `sentence` left out where they are too many.
    """
    wanted = _pairs(simplify(sentence))
    rows = [simplify(one.text) for _, text in clauses for one in sentences_of(text)] or [""]
    shares = [len(wanted & _pairs(row)) / (8 + len(row)) ** 0.5 for row in rows]
    kept, room = set[int](), CHARACTERS
    for place in sorted(range(len(rows)), key=lambda i: -shares[i]):
        if not kept or len(rows[place]) <= room:
            kept.add(place)
            room -= len(rows[place])
    fronts = "；".join(dict.fromkeys(front for front, _ in clauses))
    return f"{fronts}\n{''.join(rows[place] for place in sorted(kept))}"


def open_verifier(models: Path) -> Verifier | None:
    """The verifier below `models`, unpacked there the first time; None where the base model has no build.

    Raises EmbedderError.
    """
    from index.onnx_model import OnnxModel, is_unpacked

    folder = models / f"{VERIFIER}-int8-{digest_of_file(RANKER_DIFFERENCE)[:8]}-{digest_of_file(DIFFERENCE)[:8]}"
    if not is_unpacked(folder):
        if not has_default_weights():
            return None
        from index.e5_build import unpack_verifier

        unpack_verifier(folder, RANKER_DIFFERENCE, DIFFERENCE)
    return Verifier(OnnxModel(folder))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
