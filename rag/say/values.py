"""The value that is asked for, where a sentence surely gives it: of the kind asked, beside the case that is stated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from corpus.headings import label_at
from corpus.script import fold
from rag.amounts import fit
from rag.reading.kinds import Value
from rag.request import Request

_FIGURE = r"(?:\d[\d,]*(?:\.\d+)?(?:[-~至到]\d[\d,]*(?:\.\d+)?)?|(?<!第)[一二两三四五六七八九十][一二两三四五六七八九十百千]{0,6}(?![之是来些定般切样种方]))"
_MORE = r"(?:多|余)?"
_BEFORE = (
    r"(?:每[^每,。;:、\d]{1,4}){0,3}(?:不超过|不低于|不少于|不得超过|不满|超过|最高不?超?过?|最低|最多|至少|约|近|逾)?"
)
_AFTER = r"(?:\(含\))?(?:以上|以下|以内|之内|内|左右|/[人户月年日天次套]+(?:/[人户月年日天次]+)?)?"
_COUNTED = "个|家|项|条|台|套|处|座|所|类|种|名|人|户|次|倍|件|批|辆|只|门|期|级|张|位|片|大|级|公里|吨|万|亿"


def _with(pattern: str) -> re.Pattern[str]:
    """A figure with one of the units that `pattern` has."""
    return re.compile(rf"{_BEFORE}{_FIGURE}{_MORE}(?:{pattern}){_AFTER}")


# How a value of each kind is printed, on folded text.
FORMS: Mapping[Value, re.Pattern[str]] = {
    "money": re.compile(rf"{_BEFORE}{_FIGURE}{_MORE}(?:十|百|千|万|亿|万亿)*元(?!化){_AFTER}|[百千万]亿(?:元|级)"),
    "percent": re.compile(rf"{_BEFORE}\d+(?:\.\d+)?(?:[-~]\d+(?:\.\d+)?)?(?:%|‰|个百分点){_AFTER}|百分之[零一二三四五六七八九十百]+|[一二三四五六七八九十]+分之[一二三四五六七八九十]+|\d(?:\.\d)?折|[一二三四五六七八九]成"),
    "duration": _with("个?(?:工作日|自然日|月|星期|周(?!岁)|小时|学年|学期)|天|日|年(?!级|度)|分钟"),
    "date": re.compile(r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{2}-\d{2})(?:[-~至到](?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)?(?:前|后|末|底)?|每[年月季](?:\d{1,2}月)?\d{1,2}日前?"),
    "phone": re.compile(r"(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)(?:12|95|11)\d{3}(?!\d)|400-?\d{3,4}-?\d{3,4}"),
    "website": re.compile(r"(?:https?://|www\.)[\w./?=&%-]+|[\w.]+@[\w.]+"),
    "age": _with("周?岁"),
    "area": _with("[百千万]*(?:平方米|平方公里|平米|㎡|亩|公顷)"),
    "points": _with("分(?![之钟类别为])"),
    "count": _with(rf"[百千万亿]*(?:{_COUNTED})"),
}  # fmt: skip
_NO_VALUE = re.compile(
    r"《[^》]{1,80}》|[一-鿿]{0,8}\[(?:19|20)\d\d\]\s*\d+号|第[零〇一二三四五六七八九十百千\d]+[条款项章节号届次批]|附件\d+"
)
_DAY, _YEAR_ALONE = re.compile(r"\d月|\d日"), re.compile(r"\d{4}年")
_PIECE = re.compile("[,、;。\n\t]")
_LEAST = 0.25  # of the topic's pairs that the piece beside a value must have, where several values compete
_HEARD = 0.15  # of the topic's pairs that the sentence of a lone value must have
_CLEARLY = 1.5  # times the next piece's fit
_REMEMBERED = 8192  # texts without their numbers
_FEW = 3  # values that one piece may give


def has_value(request: Request, folded: str) -> bool:
    """Whether the words print a value of the kind that is asked for."""
    form = FORMS.get(request.value)
    return form is not None and bool(form.search(without_other_numbers(folded)))


@lru_cache(_REMEMBERED)
def without_other_numbers(folded: str) -> str:
    """The words with what numbers them, and the numbers of documents and articles, put out."""
    label = label_at(folded)
    plain = "，" * label.end + folded[label.end :] if label else folded
    return _NO_VALUE.sub(lambda found: "，" * len(found[0]), plain)


def figures_in(folded: str, offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Where values of any kind stand, in reading order, `offset` added; of those that overlap the longest."""
    plain = without_other_numbers(folded)
    rows = {found.span() for form in FORMS.values() for found in form.finditer(plain)}
    kept: list[tuple[int, int]] = []
    for start, end in sorted(rows, key=lambda row: (row[0] - row[1], row)):
        if not any(start < stop and begin < end for begin, stop in kept):
            kept.append((start, end))
    return tuple(sorted((start + offset, end + offset) for start, end in kept))


def value_in(sentences: Sequence[str], request: Request) -> str:
    """The value as printed in the best of the sentences, likeliest first; empty where none can be bound with certainty.

    A sentence that prints another range than the stated one gives none.
    """
    form = FORMS.get(request.value)
    for sentence in sentences if form else ():
        folded = without_other_numbers(fold(sentence))
        spans = _pieces(folded)
        values = [(span, _of(form, folded, span, sentence)) for span in spans]  # type: ignore[arg-type]
        rows = [(span, found) for span, found in values if found]
        if not rows:
            continue
        return "、".join(_bound(rows, folded, request))
    return ""


def _bound(rows: Sequence[tuple[tuple[int, int], tuple[str, ...]]], folded: str, request: Request) -> tuple[str, ...]:
    """The values of the piece that alone is about the topic, or of the only one."""
    if len(rows) == 1:
        _, found = rows[0]
        suits = fit(request.stated, folded)
        is_sure = suits > 0 or (suits == 0 and pair_share(request.topic, folded) >= _HEARD)
        return found if is_sure and len(found) <= _FEW else ()
    fits = _fits(rows, folded, request)
    order = sorted(range(len(rows)), key=lambda index: -fits[index])
    best, next_best = fits[order[0]], fits[order[1]]
    is_clear = best >= _LEAST and best >= _CLEARLY * max(next_best, 0.0)
    found = rows[order[0]][1]
    return found if is_clear and len(found) <= _FEW else ()


def _fits(rows: Sequence[tuple[tuple[int, int], tuple[str, ...]]], folded: str, request: Request) -> list[float]:
    """How well each piece suits; one without a range of its own stands under that of the piece before."""
    fits, case = [], 0.0
    for (start, end), _ in rows:
        case = fit(request.stated, folded[start:end]) or case
        fits.append(pair_share(request.topic, folded[start:end]) + case)
    return fits


def _of(form: re.Pattern[str], folded: str, span: tuple[int, int], printed: str) -> tuple[str, ...]:
    rows = (printed[found.start() : found.end()].strip() for found in form.finditer(folded, *span))
    is_finer = bool(_DAY.search(folded))
    return tuple(dict.fromkeys(row for row in rows if not (is_finer and _YEAR_ALONE.fullmatch(fold(row)))))


def _pieces(folded: str) -> list[tuple[int, int]]:
    """Between the marks; a mark inside a figure (1,000) cuts nothing."""
    rows, start = [], 0
    for found in _PIECE.finditer(folded):
        if found[0] == "," and folded[found.end() : found.end() + 1].isdigit() and folded[found.start() - 1].isdigit():
            continue
        rows.append((start, found.start()))
        start = found.end()
    return [*rows, (start, len(folded))]


def pair_share(words: str, text: str) -> float:
    """The share of the character pairs of `words` that `text` has; 0 when there are none."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
