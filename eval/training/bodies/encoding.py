"""Texts as numbers: characters for both networks, tokens for the teacher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

_PROMPT = "query: "  # what the base model was trained to see before a text
_TOKENS = 512
_PLACES = 8  # of a character in its token
_RARE = 4  # characters seen less often share one number
UNKNOWN = 1


@dataclass(frozen=True)
class Encoded:
    """`token_of` and `place` say in which token each character is, and where in it."""

    tokens: Sequence[int]
    token_of: Sequence[int]
    place: Sequence[int]
    characters: Sequence[int]


@dataclass(frozen=True)
class Batch:
    """Encoded texts of several lengths, filled up with zeros; (texts, tokens) or (texts, characters)."""

    tokens: Any
    attention: Any
    token_of: Any
    place: Any
    characters: Any


def characters_of(texts: Iterable[str]) -> str:
    """Those that aren't rare."""
    counts = Counter(character for text in texts for character in text)
    return "".join(sorted(character for character, count in counts.items() if count >= _RARE))


class Encoder:
    """Numbers from 2 for `characters`, in their order."""

    def __init__(self, tokenizer: Any, characters: str) -> None:
        self._tokenizer, self.characters = tokenizer, characters
        self._numbers = {character: number + 2 for number, character in enumerate(self.characters)}

    def encode(self, text: str) -> Encoded:
        """Of one segment: past 512 tokens characters share the last one."""
        found = self._tokenizer.encode(_PROMPT + text)
        token_of, place = [0] * len(text), [0] * len(text)
        for number, (start, end) in enumerate(found.offsets):
            for index in range(max(start - len(_PROMPT), 0), max(end - len(_PROMPT), 0)):
                token_of[index] = min(number, _TOKENS - 1)
                place[index] = min(index - start + len(_PROMPT), _PLACES - 1)
        return Encoded(found.ids[:_TOKENS], token_of, place, [self._numbers.get(c, UNKNOWN) for c in text])


def batch_of(rows: Sequence[Encoded], device: str) -> Batch:
    return Batch(
        tokens=filled([row.tokens for row in rows]).to(device),
        attention=filled([[1] * len(row.tokens) for row in rows]).to(device),
        token_of=filled([row.token_of for row in rows]).to(device),
        place=filled([row.place for row in rows]).to(device),
        characters=filled([row.characters for row in rows]).to(device),
    )


def filled(rows: Sequence[Any], value: float = 0) -> Any:
    """One tensor of rows of different lengths."""
    tensors = [torch.as_tensor(row) for row in rows]
    return torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=value)
