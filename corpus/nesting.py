"""Where numberings of no fixed depth stand: below what is open when the first of them comes."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.headings import ARTICLE, Heading, Label, enter


def base_level(labels: Sequence[Label | None], first: int, below: int) -> int:
    """A level right under the innermost heading open at line `first`, of those whose level is less than `below`."""
    headings: tuple[Heading, ...] = ()
    for label in labels[:first]:
        if label and label.rank.level < below:
            headings = enter(headings, label)
    return (headings[-1].level if headings else ARTICLE.level) + 1
