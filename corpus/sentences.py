"""A clause's sentences, each with its offsets, so that they can be quoted alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.departments import bracket_span
from corpus.flow import paragraphs
from corpus.headings import label_at
from corpus.lines import SPACE
from corpus.script import fold
from corpus.tables import is_row, is_rule

_END = re.compile(r"[。！？!?；;]+[”’」』)）》]*")
_COUNTED = re.compile("(?<![一-鿿])[一二三四五六七八九十]是(?!否)")
_SUBHEAD_LIMIT = 22


@dataclass(frozen=True)
class Sentence:
    """`text` is `clause.text[start:end]`. `subhead` is the run-in title it stands under, or empty.

    `is_subhead` marks such a title itself, `is_bracket` a department bracket, `is_heading` the clause's own heading.
    """

    text: str
    start: int
    end: int
    subhead: str = ""
    is_subhead: bool = False
    is_bracket: bool = False
    is_heading: bool = False


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a clause in order; heading, run-in titles and bracket are told apart.

    A row of a table is one sentence. A sentence may run over a line end; none holds a page's number.
    """
    spans = [span for paragraph in paragraphs(text) for span in _spans(text, *paragraph)]
    heads = {i for i in range(1, len(spans)) if _is_run_in(text, spans, i)}
    heads = heads if len(heads) > 1 else set()  # run-in titles come in series: a single one is a short sentence
    rows: list[Sentence] = []
    subhead = ""
    for index, (start, end) in enumerate(spans):
        words = text[start:end]
        is_bracket = bracket_span(words) == (0, len(words.rstrip("。 ")))
        is_heading = index == 0 and _is_title(words, after_label=True)
        is_subhead = index in heads
        if is_subhead:
            subhead = words.strip("。—:： ")
        rows.append(Sentence(words, start, end, "" if is_subhead else subhead, is_subhead, is_bracket, is_heading))
    return tuple(rows)


def run_in_points(text: str) -> list[tuple[int, int]]:
    """Spans of a clause's points in order: 一是…；二是…, or each run-in title with what stands under it."""
    counted = [found.start() for found in _COUNTED.finditer(fold(text))]
    starts = counted if len(counted) > 1 else [s.start for s in sentences_of(text) if s.is_subhead]
    if not starts:
        return []
    bracket = bracket_span(text)
    stops = [*starts[1:], bracket[0] if bracket else len(text)]
    return [(start, start + len(text[start:stop].rstrip())) for start, stop in zip(starts, stops, strict=True)]


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans of one paragraph; the department bracket at its end is a span of its own."""
    if is_row(text[start:end]):
        return [] if is_rule(text[start:end]) else _trimmed(text, start, end)
    bracket = bracket_span(text[start:end])
    stop = start + bracket[0] if bracket else end
    rows = []
    begin = start
    for found in [*_END.finditer(text, start, stop), None]:
        cut = found.end() if found else stop
        rows.extend(_trimmed(text, begin, cut))
        begin = cut
    if bracket:
        rows.extend(_trimmed(text, stop, end))
    return rows


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = text[start:end]
    lead = len(words) - len(words.lstrip(SPACE))
    stripped = words.strip(SPACE)
    return [(start + lead, start + lead + len(stripped))] if stripped else []


def _is_title(words: str, after_label: bool) -> bool:
    label = label_at(words) if after_label else None
    if after_label and label is None:
        return False
    rest = words[label.end :] if label else words
    return 0 < len(rest) <= 40 and not re.search("[，,；;]", rest.rstrip("。"))


def _is_run_in(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    """`推进“新网络”建设。` or `——形成经济发展新动力。`: a short title with full sentences right behind it."""
    if index + 1 >= len(spans) or not _is_title_shaped(text, spans[index]):
        return False
    start, end = spans[index]
    following = spans[index + 1]
    behind = text[slice(*following)]
    if _is_title_shaped(text, following) or bracket_span(behind) == (0, len(behind.rstrip("。 "))):
        return False
    return following[0] - end <= (1 if text[start:end].startswith("——") else 0)


def _is_title_shaped(text: str, span: tuple[int, int]) -> bool:
    words = text[slice(*span)]
    limit = _SUBHEAD_LIMIT + 2 * words.startswith("——")
    return words.endswith("。") and len(words) <= limit and not re.search("[,:;]", fold(words))
