"""Days of a sentence against the clauses': printed or reached from printed words, of the same event, before or after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.grounding.context import Spot, contexts_of, misplaced
from rag.grounding.days import Day, days_in, reached, reached_from
from rag.grounding.quantities import quantities_in
from rag.grounding.rows import Row
from rag.grounding.types import Problem, Source

_MARGIN = 1.0
_OF_TITLE = re.compile(
    "方案|意见|规划|计划|办法|条例|文件|印发|发布|出台|通知|政策|规定|细则|施行|实施|生效|公布|落款|文号|成文|签署|日期"
)
_SUPPOSED = re.compile("的话|假如|如果|比如|例如|要是|譬如|举例|假设|若|的[,，](?:要|最|就|应)")
_AROUND = 24  # characters around a day in which its document is spoken of


def wrong_days(
    text: str, plain: str, question: str, rows: Sequence[Row], sources: Sequence[Source]
) -> Iterator[Problem]:
    """What no row prints or gives, or prints of something else."""
    known, contexts = [], []
    for row in rows:
        days = days_in(row.text)
        known += days
        contexts += contexts_of(row.text, [Spot(day.start, day.end) for day in days], row.above)
    about = [day for source in sources for day in days_in(source.about)]
    given = _given(rows, known, about, sources)
    said = days_in(plain)
    case = [*(day for day in days_in(question) if len(day.parts) > 1), *(said if _SUPPOSED.search(text) else ())]
    given += [
        parts for day in case for parts in reached_from(day, [q for row in rows for q in quantities_in(row.text)])
    ]
    given += [day.parts for day in case[:1]]
    for day, context in zip(said, contexts_of(text, [Spot(d.start, d.end) for d in said], question), strict=True):
        same = [index for index, other in enumerate(known) if day.fits(other)]
        around = text[max(0, day.start - _AROUND) : day.end + _AROUND]
        if _OF_TITLE.search(around) and any(day.fits(other) for other in about):
            continue
        if not same:
            if not any(parts[: len(day.parts)] == day.parts for parts in given):
                yield Problem("date", day.words)
            continue
        others = [index for index, other in enumerate(known) if not day.fits(other) and not other.fits(day)]
        if misplaced(context, [contexts[i] for i in same], [contexts[i] for i in others], _MARGIN) or (
            day.bound and all(known[i].bound not in ("", day.bound) for i in same)
        ):
            yield Problem("date", day.words)


def _given(
    rows: Sequence[Row], known: Sequence[Day], about: Sequence[Day], sources: Sequence[Source]
) -> list[tuple[int, ...]]:
    """Days that words give without printing them: the end of so many years from a printed day, of the document's period."""
    starts = [day.parts for day in (*known, *about) if day.parts[0]]
    given = reached("\n".join(row.text for row in rows), starts)
    for source in sources:
        period = source.document.metadata.period
        given += [(d.year, d.month, d.day) for d in (period.start, period.end) if d] if period else []
    return given
