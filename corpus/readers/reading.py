"""What a reader makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Notice


@dataclass(frozen=True)
class Reading:
    """`text` is the document. `pages` says where in it each page begins, in code points; empty where there are none.

    `footnotes` stand apart from the text: none of its clauses holds one. `notices` say what of the file wasn't read.
    """

    text: str
    pages: tuple[int, ...] = ()
    footnotes: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
