"""Which lines of a part are numbered, and how: what a line alone shows, corrected by the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.amounts import with_items
from corpus.decimals import with_decimals
from corpus.headings import ARTICLE, SECTION, SECTION_OF_ARTICLES, Label, label_at
from corpus.lines import Line
from corpus.questions import with_questions
from corpus.tables import is_row
from corpus.wrapped import continued


def labels_of(lines: Sequence[Line]) -> list[Label | None]:
    """One for each line, None where it is not numbered."""
    labels = [None if is_row(line.text) else label_at(line.text) for line in lines]
    going_on = continued(lines, labels)
    labels = [None if index in going_on else label for index, label in enumerate(labels)]
    labels = with_questions(lines, labels)
    labels = with_items(lines, with_decimals(lines, labels))
    return _sections_of_articles(labels)


def _sections_of_articles(labels: Sequence[Label | None]) -> list[Label | None]:
    """A `一、` right above an article is a chapter, as in judicial interpretations."""
    rows = list(labels)
    following: Label | None = None
    for index in range(len(rows) - 1, -1, -1):
        label = rows[index]
        if label and label.rank is SECTION and following and following.rank is ARTICLE:
            rows[index] = replace(label, rank=SECTION_OF_ARTICLES)
        following = label or following
    return rows
