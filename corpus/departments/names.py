"""A printed row of names -> names, each with its offsets and what is printed about it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.departments.kinds import BARE, has_level, is_body, may_be_body
from corpus.departments.pairs import CLOSE, OPEN, folded_round
from corpus.departments.roles import role_of_label, verb_at_end
from corpus.names_table import fields
from corpus.types import Role

_KINDS = "(?:部门|单位|主体|机构|企业|部委|委办局|处室)"
_OPEN_END = re.compile(
    rf"等(?:[0-9一二三四五六七八九十]{{1,3}}个?)?(?:其[他它])?(?:各个?|多个?)?(?:相关|有关|成员|责任|市级|省级)*(?:职能|主管|行政|管理)*{_KINDS}?"
    rf"(?:[和及](?:各|相关|有关)*(?:{_KINDS}|地方|地区))?$"
)
_EDGE = " \t\r\n\u00a0\u3000;；,，、。.:：*—-"
_NUMBER = re.compile(r"^(?:[0-9]{1,2}[.、)](?![0-9])|[①-⑳]|\([0-9一二三四五六七八九十]{1,3}\))\s*")
_MARK = re.compile(r"^[*★☆▲△●◎※#]+")  # of the body that leads
_BETWEEN = re.compile(r"<br\s*/?>|\*\*|__")  # of a Markdown cell or a bold label
_GLOSS = re.compile(r"\(([^()]*)\)$")
_ASIDE = re.compile(r"[:0-9]|联系|电话|同志|(?:排名|列)第|为准|下同|除外|以下")
_NO_BODY = re.compile(
    r"^\d{2,4}年|完成时|时[间限]|期限|[底月季]前|^长期|^持续|^完成$|^即时|^立即|^全年|^每[年月季]|^[-/]+$|^无$|^略$|年底|^待定|工作日|^同[上前]$"
)  # a deadline among the names, or a cell with nobody in it
_LEVELS = r"[省市区县州旗乡镇地()、级\s]|自治|民族|直辖|街道|开发|新区|兵团"
_LEVELS_ALONE = re.compile(
    rf"各?(?:{_LEVELS})(?:{_LEVELS}|[和及]){{0,7}}|[一-鿿]{{2,4}}市(?=$)"
)  # 各市 of 各市、自治州人民政府
_OF_LEVELS = re.compile(
    rf"直辖市.*|自治[州县旗].*|(?:{_LEVELS})*(?:人民政府|政府|管委会|管理委员会|党委|委|(?:有关|相关|职能|主管|责任)*(?:部门|单位)|地区|办事处)?"
)
_AND = re.compile("以及|及其|或者?|[和及与]")
_KIND_END = re.compile("(?:行政)?(?:主管|管理)?(?:部门|机关)$")
_EACH_AND_EACH = re.compile("(?<=^各[地区县市镇])(?=各(?!类))")
_BEFORE_AND = "委局厅部院署门府心办会构关位司行团室处区县市)镇道等联校"
_FROM = re.compile("^(?:具体)?(?:由|请)")
_FIRST_WORD = re.compile(r"[^\s、,;/]*")
_LONGEST_NAME, _LONGEST_PIECE = 120, 40


@dataclass(frozen=True)
class Name:
    """A name in a row: `text[start:end]`, without 等 and glosses about its part. `role` where it says its own."""

    start: int
    end: int
    role: Role | None = None
    is_open: bool = False
    is_marked: bool = False


def names_in(text: str, start: int, end: int) -> tuple[Name, ...]:
    """The names in `text[start:end]`, in order; deadlines and empty cells are none."""
    folded = _BETWEEN.sub(lambda found: "、".ljust(len(found[0])), folded_round(text[start:end]))
    rows = (_name(folded, *piece) for piece in _pieces(folded))
    return tuple(
        Name(start + row.start, start + row.end, row.role, row.is_open, row.is_marked)
        for row in rows
        if row is not None
    )


def is_row_of_bodies(folded: str) -> bool:
    """Whether all that stands between the commas can be a body's name; one elided before …部门 can (发展改革、财政部门)."""
    names = [(folded[row.start : row.end], row.is_open) for row in names_in(folded, 0, len(folded))]
    return bool(names) and all(_is_body_in_row(index, names) for index in range(len(names)))


def is_mostly_bodies(folded: str) -> bool:
    """Whether every name can be one, and at least half end like a body's."""
    names = [folded[row.start : row.end] for row in names_in(folded, 0, len(folded))]
    return bool(names) and all(map(may_be_body, names)) and 2 * sum(map(is_body, names)) >= len(names)


def _is_body_in_row(index: int, names: Sequence[tuple[str, bool]]) -> bool:
    name, _ = names[index]
    if is_body(name) or re.fullmatch(rf"各?(?:{_LEVELS})+", name):
        return True
    is_elided = any(re.search("(?:部门|机关|机构|单位)$", later) or is_open for later, is_open in names[index:])
    return is_elided and 1 < len(name) <= 14 and may_be_body(name)


def _name(folded: str, start: int, end: int) -> Name | None:
    start, end = _stripped(folded, start, end)
    lead = _NUMBER.match(folded[start:end])
    start += lead.end() if lead else 0
    mark = _MARK.match(folded[start:end])
    start += mark.end() if mark else 0
    start += len(found[0]) if (found := _FROM.match(folded[start:end])) else 0
    if _NO_BODY.search(folded[start:end]):
        return None
    opening = _OPEN_END.search(folded[start:end])
    end = start + opening.start() if opening else end
    role: Role | None = None
    while gloss := _GLOSS.search(folded, start, end):
        own = role_of_label(gloss[1]) or _verb_alone(gloss[1])
        if own is None and not _ASIDE.search(gloss[1]):
            break
        role, end = own or role, gloss.start()
    start, end = _stripped(folded, start, end)
    opening = opening or (_OPEN_END.search(folded[start:end]))
    if not 1 < end - start <= _LONGEST_NAME:
        return None
    return Name(start, end, role, bool(opening), bool(mark))


def _verb_alone(folded: str) -> Role | None:
    found = verb_at_end(f"某某{folded}")
    return found[0] if found and found[1] == 2 else None


def _stripped(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in _EDGE and not (folded[start] == "*" and start + 1 < end):
        start += 1
    while end > start and folded[end - 1] in _EDGE:
        end -= 1
    return start, end


def _pieces(folded: str) -> list[tuple[int, int]]:
    """Between 、 and commas, a bracket inside a name left whole, and where 和 joins two bodies."""
    rows = [one for piece in _between_commas(folded) for one in _split_at_and(folded, *piece)]
    return _joined_levels(folded, rows)


def _between_commas(folded: str) -> list[tuple[int, int]]:
    rows, depth, start = [], 0, 0
    for index, character in enumerate(folded):
        depth = max(0, depth + (character == OPEN) - (character == CLOSE))
        is_gap = character.isspace() and _is_gap(folded, start, index)
        if depth == 0 and (character in "、,;/" or is_gap):
            rows.append((start, index))
            start = index + 1
    return [*rows, (start, len(folded))]


def _is_gap(folded: str, start: int, index: int) -> bool:
    """区科委 区经委: a blank between two names, not one that a line break left inside a name."""
    if not is_body(folded[max(start, index - _LONGEST_PIECE) : index]):
        return False
    following = folded[index + 1 : index + _LONGEST_PIECE].lstrip()
    return has_level(following) or is_body(_FIRST_WORD.match(following)[0])  # type: ignore[index]


def _joined_levels(folded: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """各市、自治州人民政府 is one name: what is a level alone goes with the name after it."""
    rows: list[tuple[int, int]] = []
    for start, end in pieces:
        words = folded[start:end].strip()
        before = folded[rows[-1][0] : rows[-1][1]].strip() if rows else ""
        is_bare = not before.startswith("各")
        if (
            before
            and _LEVELS_ALONE.fullmatch(before)
            and not words.startswith("各")
            and (is_bare or _OF_LEVELS.fullmatch(words))
        ):
            rows[-1] = rows[-1][0], end
        else:
            rows.append((start, end))
    return rows


def _split_at_and(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """海关总署和各有关省级人民政府 is two bodies, 工业和信息化部 one, 各有关部门和单位 one."""
    if found := _EACH_AND_EACH.search(folded[start:end].strip()):
        at = folded.index("各", start) + found.start()
        yield from ((start, at), (at, end))
        return
    for found in _AND.finditer(folded, start + 1, end - 1):
        before = _OPEN_END.sub("", folded[start : found.start()].strip())
        after = _OPEN_END.sub("", folded[found.end() : end].strip())
        if after in BARE or _is_level(folded, start, found.start()):
            continue
        if _are_two_bodies(before, after, folded[found.start() - 1]) or _are_two_fields(before, after):
            yield start, found.start()
            yield from _split_at_and(folded, found.end(), end)
            return
    yield start, end


def _are_two_bodies(before: str, after: str, last: str) -> bool:
    return last in _BEFORE_AND and is_body(before) and (is_body(after) or has_level(after) or after in fields())


def _are_two_fields(before: str, after: str) -> bool:
    """经济信息化和商务行政管理部门, but not 文化和旅游部门."""
    kind = _KIND_END.search(after)
    return before in fields() and bool(kind) and f"{before}和{after[: kind.start() if kind else 0]}" not in fields()


def _is_level(folded: str, start: int, stop: int) -> bool:
    """市和浦东新区商务部门: what stands before 和 is a level, not a body."""
    words = folded[start:stop].strip()
    return not words.startswith("各") and bool(re.fullmatch("[省市区县]|[一-鿿]{1,4}(?:新区|[省市区县])", words))
