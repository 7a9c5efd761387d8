"""Tasks in running text: by rule where the sentence's form says it outright, by the fitted tagger elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.departments.elided import completed
from corpus.departments.kinds import BARE, Where, is_collective
from corpus.departments.listed import department, listed
from corpus.departments.pairs import CLOSE, OPEN, folded_round
from corpus.departments.subjects import bodies_as_subjects
from corpus.script import fold, simplify
from corpus.tagger import Tagged, tagged
from corpus.types import Department, Role

# a person of the body, or what it has done already
_NO_NAME_FIRST = re.compile("该|其|此|本(?![级市区县省州院])|加强|推[进动]|强化|完善|建立|深化|协调")
_LABEL_ALONE = re.compile(r"[\s\d.、()一二三四五六七八九十第章节条]{0,12}")
_APPROVES = re.compile("[^，。；,;]{0,4}(?:批准|同意|审[核批查议定]|核准|许可|备案|认定|授权|决定|審|許可|決定)")
_NO_TASK_AFTER = re.compile(
    "(?:的)?(?:主要|分管|有关|相关)?(?:领导|负责人|负责同志|主任|局长|區長|区长|市长|秘书长)|已经?|曾经?|[一-鿿]{1,3}了"
)
_DONE = re.compile("[^。;,]{0,10}了")  # 财政部会同商务部研究提出了意见
_OPEN_AFTER = re.compile(r"等(?:多个?|相关|有关|各)?(?:职能)?(?:部门|单位|机关|机构)")
_JOINED = re.compile(r"\s*(?:[、,]|以及|[和及与])\s*")
_BODY_TAIL = r"(?:委员会|委|局|办公厅|办公室|办|厅|部|中心|部门|政府|机关|院|署|海关|总部|分局|街镇|单位|城)"
_LAST = "委会局厅室办部心门府关院署镇位城"  # the last characters of those tails
_AND = re.compile(r"(?<=[委局办厅部院署门府心])和")
_SHORTEST_TAIL = _BODY_TAIL.replace("|总部|分局", "").replace("|城)", ")")  # 总部 ends in 部, 分局 in 局
_LONGEST_BRACKET = 300
_MANY = 60


def _bodies(first: str, tail: str = _SHORTEST_TAIL) -> str:
    """The pattern of a row of bodies whose names begin with `first`.

    A 和 that can join two bodies is never inside one, and a name ends in one tail: were there two ways to read each
    name, a row of n names had 2^n.
    """
    body = rf"{first}(?:(?!(?<=[{_LAST}])和{first})[一-鿿]){{1,14}}?{tail}"
    return rf"{body}(?:[、和]{body}){{0,40}}"


_LOCAL_BODIES = _bodies("[市区县省]")
_OFFICE_TAIL = _SHORTEST_TAIL.replace("|单位", "")  # 用人单位负责 is said to those whom a law binds
_OFFICES = _bodies("", _OFFICE_TAIL)
_WHOLE_TAIL = (  # where no verb follows that would show the end: 国务院文物主管部门 doesn't end at 国务院
    _OFFICE_TAIL.replace("|部|", "|部(?!门)|")
    .replace("|办|", "|办(?!事|公)|")
    .replace("|院|", "|(?<!国务)院|")
    .replace("|政府|", "|政府(?![一-鿿]{0,9}(?:部门|机构))|")
)
_PARTNERS = _bodies("", _WHOLE_TAIL)
_COLLECTIVE = (
    r"各(?:有关|相关)?(?:职能)?(?:街镇|镇|街道|区县|区|部门|单位|园区)(?:、(?:单位|部门|园区|街道|区县|街镇))*"
)
_EACH = (  # 各定点医院, 全省各级中小企业服务平台, 各地区、各部门
    r"(?:全[国省市区县]|本[省市区县])?各(?:地区?|部门|单位|级[一-鿿]{2,12}?(?:部门|单位|平台|机构|政府)"
    r"|[一-鿿]{2,10}?(?:部门|单位|医院|学校|高校|机构|平台|银行|街道|乡镇|政府))"
)
_MUST = r"(?:要(?!求)|应当?|须|必须|应|负责|进一步|按|根据|结合|加强|加大|做好|落实)"
_ARTICLE = r"(?:^|\n)\s*第[零〇一二三四五六七八九十百0-9]{1,7}条\s+"
_ITEM = r"(?:^|\n)\s*(?:\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、])\s*"
_ALL_MUST = rf"(?:{_MUST}|尽快|建立|组织|开展|配合|认真|切实|严格|不得|可(?!以)|把|将)"
# Sentences of running text that give a body a task: pattern on folded text, group `bodies`, role.
TEXT_RULES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(rf"(?:^|[。;,])(?P<bodies>{_COLLECTIVE}){_MUST}"), "responsible"),
    (re.compile(rf"(?:^|[。;\n]|{_ITEM})\s*(?P<bodies>{_EACH}(?:[、和]{_EACH}){{0,9}}){_ALL_MUST}"), "responsible"),
    (re.compile(rf"由(?P<bodies>{_OFFICES})(?:等(?:部门|单位)?)?牵头"), "lead"),
    (re.compile(rf"由(?P<bodies>{_OFFICES})(?:等(?:部门|单位)?)?(?:负责|组织实施|承担)"), "responsible"),
    (
        re.compile(rf"(?:^|[。;\n])(?P<bodies>{_LOCAL_BODIES})(?:负责|应当?|要)(?!求|[一-鿿]{{1,14}}的(?:部门|机构))"),
        "responsible",
    ),
    (re.compile(rf"(?:^|[。;\n])(?P<bodies>{_LOCAL_BODIES})(?:牵头|主管)"), "lead"),
    (re.compile(rf"{_ITEM}(?P<bodies>{_OFFICES})(?:等(?:部门|单位)?)?(?:负责|承担|主管)(?!人)"), "responsible"),
    (re.compile(rf"{_ITEM}(?P<bodies>{_OFFICES})(?:等(?:部门|单位)?)?牵头"), "lead"),
    (re.compile(rf"(?:{_ARTICLE}|[。;\n])(?P<bodies>{_OFFICES})(?:等(?:部门|单位)?)?牵头(?![的人])"), "lead"),
    (
        re.compile(
            rf"(?:牵头|负责)[^。;,\n]{{0,30}},(?P<bodies>{_OFFICES})(?:等(?:部门|单位)?)?(?:[予给]以|积极|共同|密切|协同)?配合"
        ),
        "cooperating",
    ),
    (re.compile(rf"{_ARTICLE}(?P<bodies>{_LOCAL_BODIES})(?:等(?:部门|单位)?)?(?:负责|主管)(?!人)"), "responsible"),
    (re.compile(rf"会同(?P<bodies>{_PARTNERS})(?:等(?:部门|单位)?)?"), "cooperating"),
    (
        re.compile(r"由(?P<bodies>[^。;由]{2,80}?等(?:相关|有关)?(?:职能)?部门(?:,各街镇)?)[^。;]{0,20}共同参与"),
        "participating",
    ),
    (re.compile(r"协调、整合(?P<bodies>[^。;,]{2,60}?等多?部门)"), "participating"),
    (re.compile(r"(?:^|[。;,])(?P<bodies>[^。;,]{2,20}办公室)设(?:立)?在[^。;,]{2,12},负责"), "responsible"),
)


def bodies_in_sentences(text: str, where: Where, read: Sequence[tuple[int, int]] = ()) -> Iterator[Department]:
    """Whom the running text gives a task. What stands in the spans `read`, in lines and tables, is known already."""
    folded = fold(text)
    ruled = [*_by_rule(text, where), *bodies_as_subjects(folded, text, where)]
    yield from ruled
    names = {row.name for row in ruled}
    few = list(names)[:_MANY]  # a clause that has more names no body by rule and in other words too
    for found, full in _tagged(text, read):
        printed = text[found.start : found.end]
        name = simplify(printed)
        if name in BARE or _NO_NAME_FIRST.match(name) or not _has_task(folded, found):
            continue
        if name not in names and not any(name in other or other in name for other in few):
            body = department(printed, found.role, "text", where, full)
            goes_on = bool(_OPEN_AFTER.match(fold(text[found.end : found.end + 8]))) or is_collective(name)
            yield replace(body, open_ended=goes_on)


def _has_task(folded: str, found: Tagged) -> bool:
    """False where what stands around the name says that it is only mentioned."""
    if _NO_TASK_AFTER.match(folded, found.end) or _is_in_bracket(folded, found.start) or _is_line(folded, found):
        return False
    return folded[max(found.start - 1, 0) : found.start] != "经" or bool(_APPROVES.match(folded, found.end))


def _is_line(folded: str, found: Tagged) -> bool:
    """Whether nothing but its number stands on the name's line: a heading."""
    if folded[found.end : found.end + 1] not in ("", "\n", "\r"):
        return False
    return bool(_LABEL_ALONE.fullmatch(folded[folded.rfind("\n", 0, found.start) + 1 : found.start]))


def _tagged(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[Tagged, str | None]]:
    """What the tagger finds outside of `read`, each with its whole name where the row of names elides it."""
    row: list[Tagged] = []
    spans = iter(sorted(read))
    span = next(spans, None)
    for found in tagged(text):
        while span and span[1] <= found.start:
            span = next(spans, None)
        if span and span[0] <= found.start:
            continue
        if row and not _JOINED.fullmatch(text[row[-1].end : found.start]):
            yield from _completed(text, row)
            row = []
        row.append(found)
    yield from _completed(text, row)


def _completed(text: str, row: list[Tagged]) -> Iterator[tuple[Tagged, str | None]]:
    if not row:
        return
    after = fold(text[row[-1].end : row[-1].end + 16])
    yield from zip(row, completed([simplify(text[one.start : one.end]) for one in row], after), strict=True)


def _is_in_bracket(text: str, start: int) -> bool:
    """Whether a bracket of the same line is open at `start`: what it holds is said of something, or states roles."""
    before = text[max(0, start - _LONGEST_BRACKET) : start]
    line = folded_round(before[before.rfind("\n") + 1 :])
    return line.rfind(OPEN) > line.rfind(CLOSE)


def _by_rule(text: str, where: Where) -> Iterator[Department]:
    folded = fold(text)
    for pattern, role in TEXT_RULES:
        for found in pattern.finditer(folded):
            if _DONE.match(folded, found.end()):
                continue
            start, end = found.span("bodies")
            printed = _AND.sub("、", re.split("会同|會同", text[start:end])[0])
            for body in listed(printed, 0, len(printed), role, "text", where):
                if _is_named_body(body.full or body.name):
                    yield body


def _is_named_body(name: str) -> bool:
    return bool(re.fullmatch(rf"{_COLLECTIVE}|{_EACH}|.{{1,20}}{_BODY_TAIL}", name)) and not re.match(
        "相关|有关|其他|该|本|上级|此|这|同级|当地|属地|政府|所在地", name
    )
