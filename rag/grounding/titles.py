"""Titles and document numbers in a sentence that no cited clause has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.script import fold, simplify
from rag.grounding.types import Problem, Source
from rag.titles import is_same_title

TITLE = re.compile("《([^《》]{2,60})》")
DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,8}[\[(](?:19|20)\d\d[\])]\s*\d+号")


def wrong_titles(said: str, sources: Sequence[Source]) -> Iterator[Problem]:
    """Texts that are named and that the clauses don't name and aren't of."""
    printed = [title for source in sources for title in TITLE.findall(source.text)]
    printed += [fold(simplify(source.document.metadata.title)) for source in sources]
    printed += [part for source in sources for part in source.about.split(" > ")]
    for title in TITLE.findall(said):
        if not any(is_same_title(title, other) or title in other for other in printed):
            yield Problem("title", f"《{title}》")
    here = " ".join(source.text + " " + source.about for source in sources).replace(" ", "")
    for number in DOCUMENT_NUMBER.findall(said):
        known = any(number.endswith(other) for other in DOCUMENT_NUMBER.findall(here))
        if number.replace(" ", "") not in here and not known:
            yield Problem("document_number", number)
