"""What a question asks for and the clause that was found doesn't have."""

from __future__ import annotations

import re

from corpus.script import fold
from index.types import RetrievedClause
from rag.printed_values import has_any
from rag.question import Query
from rag.wording import VALUE_FORMS

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|到|至|-)")
_CONFIRMS = re.compile("对吧|是吧|没错吧|对不对|是不是这样|对吗|是吗[?]?$|,是不是")
_WIDELY = {"money": "money", "percent": "percent", "duration": "duration", "deadline": "date", "date": "date"}
_OF_A_THING = {"count", "names"}  # values that must stand in a sentence about the thing asked about


def missing_value(query: Query, found: RetrievedClause) -> str | None:
    """The kind of value that is asked for and that the clause's own words don't have, or None."""
    rows = [row.sentence for row in found.sentences if not row.sentence.is_heading]
    words = "\n".join(fold(row.text) for row in rows) or fold(found.clause.text)
    about = [fold(row.text) for row in rows if any(topic in fold(row.subhead + row.text) for topic in query.topics)]
    if _CONFIRMS.search(fold(query.asked)):
        return None  # a claim is set right by the clause, whatever it says of the value
    for kind in query.values:
        where = "\n".join(about) if about and kind in _OF_A_THING else words
        printed = VALUE_FORMS[kind].search(where) or (kind in _WIDELY and has_any(_WIDELY[kind], where))
        if not printed:
            return kind
    return "count" if "number" in query.asks and _misses_year(query, words) else None


def _misses_year(query: Query, words: str) -> bool:
    """A figure is asked for by a year that the clause's words never name, and that picks out no document."""
    years = [year for year in _YEAR.findall(fold(query.asked)) if year not in words]
    return bool(years) and not query.scope.documents
