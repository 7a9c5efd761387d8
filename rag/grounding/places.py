"""Places that a sentence names and its clauses don't."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from corpus.places import known_places, short_form


def foreign_places(said: str, here: str) -> Iterator[str]:
    """Known places of `said` that `here` doesn't have in any form."""
    position = 0
    forms = _forms()
    while position < len(said):
        words = next(
            (said[position : position + n] for n in range(9, 1, -1) if said[position : position + n] in forms), ""
        )
        if words and not any(form in here for form in (words, short_form(forms[words]), short_form(words))):
            yield words
        position += len(words) or 1


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {form: full for form, full in known_places().items() if len(form) > 1}
