"""Who is responsible, read from the words: brackets at a paragraph's end, and tasks in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.script import fold, simplify
from corpus.tagger import tagged
from corpus.types import BodyKind, Department, Role, Source

_UNIT = "(?:单位|部门|机构|机关|主体)"
# Label in the bracket (folded) -> role.
ROLE_LABELS: tuple[tuple[str, Role], ...] = (
    (rf"(?:牵头|主办|主责|主管)(?:责任|负责)?{_UNIT}|牵头", "lead"),
    (rf"(?:责任|负责|承办|落实|实施|执行|办理|完成){_UNIT}", "responsible"),
    (rf"(?:配合|协办|协助|协同|支持)(?:责任)?(?:{_UNIT})?", "cooperating"),
    (rf"(?:共同)?(?:参与|参加)(?:{_UNIT})?", "participating"),
)
# Words after the names, in brackets such as （市科委牵头，市商务委配合）.
ROLE_VERBS: tuple[tuple[str, Role], ...] = (
    (r"牵头(?:负责|组织实施)?", "lead"),
    (r"(?:按照?|依照?)?(?:各自)?(?:职责|职能)?(?:分工|分别|共同)?负责(?:落实|组织实施)?", "responsible"),
    (r"(?:协同|积极)?配合|协助", "cooperating"),
    (r"(?:共同|等)?参与", "participating"),
)
# A collective or a body that is no office of the government.
_OTHER = re.compile(
    r"^各|^有关|^相关|(?:集团|公司|控股|镇|街道|加工区|园区|企业|协会|联盟|学校|大学|医院|银行|汽车城)(?:\(.*\))?$|[镇村]街?$"
)
_BANK_OFFICES = re.compile(r"^(?:中国)?人民银行")
_OPEN = re.compile(
    r"等(?:多个?|相关|有关|各)?(?:职能)?(?:部门|单位|主体|机构)?(?:和(?:相关|有关)?(?:部门|单位|地方|地区))?$"
)
# a person of the body, or what it has done already
_NO_TASK_AFTER = re.compile(
    "(?:的)?(?:主要|分管|有关|相关)?(?:领导|负责人|负责同志|主任|局长|區長|区长|市长|秘书长)|已经?|曾经?|[一-鿿]{1,3}了"
)
# the kind of a body alone: a list of them tells nobody whom to ask
_NO_NAME = frozenset(
    [
        "单位",
        "部门",
        "机构",
        "机关",
        "办公室",
        "中心",
        "企业",
        "学校",
        "医院",
        "组织",
        "委员会",
        "公司",
        "地区",
        "平台",
        "园区",
        "协会",
        "银行",
    ]
)
_OPEN_AFTER = re.compile(r"等(?:多个?|相关|有关|各)?(?:职能)?(?:部门|单位|机关|机构)")
_LEVELS_ALONE = re.compile(
    r"各?[省市区县州旗乡镇(),、级]{1,8}|各?(?:自治区|直辖市|自治州|街道|开发区)"
)  # 各市 of 各市、自治州人民政府
_OTHER_LABEL = re.compile(r"[;,。](?P<label>[一-鿿]{2,8}):")  # (负责部门:…;适用范围:…)
_FIRST_LEADS = re.compile(r"(?:列|排)在?(?:第一位|首位|第一)(?:者|的)?(?:单位|部门)?(?:为|是)牵头")
_BRACKET_OPEN, _BRACKET_CLOSE = "(", ")"
_BRACKET = re.compile("[()]")
_PARTNER, _PARTNER_TRADITIONAL = "会同", "會同"
_ROUND = str.maketrans("[]", "()")
_NO_BODY = re.compile(r"^\d{4}年|完成时|时限|期限|底前|^长期|^持续|^完成")  # a deadline among the names


def _label_pattern() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<{role}>{words})" for words, role in ROLE_LABELS)
    return re.compile(rf"(?:{alternatives})\s*:")


_LABEL = _label_pattern()
_VERBS = tuple((re.compile(rf"(?:{words})$"), role) for words, role in ROLE_VERBS)
_BODY_TAIL = r"(?:委员会|委|局|办公厅|办公室|办|厅|部|中心|部门|政府|机关|院|署|海关|总部|分局|汽车城|街镇|单位)"
_LAST = "委会局厅室办部心门府关院署城镇位"  # the last characters of those tails
_AND = re.compile(r"(?<=[委局办厅部院署门府心])和")
_SHORTEST_TAIL = _BODY_TAIL.replace("|总部|分局", "")  # 总部 ends in 部, 分局 in 局


def _bodies(first: str) -> str:
    """The pattern of a row of bodies whose names begin with `first`.

    A 和 that can join two bodies is never inside one, and a name ends in one tail: were there two ways to read each
    name, a row of n names had 2^n.
    """
    body = rf"{first}(?:(?!(?<=[{_LAST}])和{first})[一-鿿]){{1,14}}?{_SHORTEST_TAIL}"
    return rf"{body}(?:[、和]{body}){{0,40}}"


_BODIES, _LOCAL_BODIES = _bodies(""), _bodies("[市区县省]")
_LONGEST_BRACKET = 300
_LONGEST_NAME = 120
_MANY = 60
_SHORT_NAME = 24  # of a body in a bracket whose verb says the role
_COLLECTIVE = (
    r"各(?:有关|相关)?(?:职能)?(?:街镇|镇|街道|区县|区|部门|单位|园区)(?:、(?:单位|部门|园区|街道|区县|街镇))*"
)
_MUST = r"(?:要(?!求)|应当?|须|必须|应|负责|进一步|按|根据|结合|加强|加大|做好|落实)"
# Sentences of running text that give a body a task: pattern on folded text, group `bodies`, role.
TEXT_RULES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(rf"(?:^|[。;,])(?P<bodies>{_COLLECTIVE}){_MUST}"), "responsible"),
    (re.compile(rf"由(?P<bodies>{_BODIES})(?:等(?:部门|单位)?)?牵头"), "lead"),
    (re.compile(rf"由(?P<bodies>{_BODIES})(?:等(?:部门|单位)?)?(?:负责|组织实施|承担)"), "responsible"),
    (
        re.compile(rf"(?:^|[。;\n])(?P<bodies>{_LOCAL_BODIES})(?:负责|应当?|要)(?!求)"),
        "responsible",
    ),
    (re.compile(rf"(?:^|[。;\n])(?P<bodies>{_LOCAL_BODIES})(?:牵头|主管)"), "lead"),
    (re.compile(rf"会同(?P<bodies>{_BODIES})(?:等(?:部门|单位)?)?"), "cooperating"),
    (
        re.compile(r"由(?P<bodies>[^。;由]{2,80}?等(?:相关|有关)?(?:职能)?部门(?:,各街镇)?)[^。;]{0,20}共同参与"),
        "participating",
    ),
    (re.compile(r"协调、整合(?P<bodies>[^。;,]{2,60}?等多?部门)"), "participating"),
    (re.compile(r"(?:^|[。;,])(?P<bodies>[^。;,]{2,20}办公室)设(?:立)?在[^。;,]{2,12},负责"), "responsible"),
)


def _folded(text: str) -> str:
    """Folded for matching, square brackets taken for round ones."""
    return fold(text).translate(_ROUND)


def bracket_span(text: str) -> tuple[int, int] | None:
    """Where a department bracket at the end of `text` stands, as offsets in it."""
    end = len(text.rstrip())
    while end and _folded(text[end - 1]) in "。;.":
        end -= 1
    if not end or _folded(text[end - 1]) != _BRACKET_CLOSE:
        return None
    folded = _folded(text[:end])
    depth = 0
    for start in range(end - 1, -1, -1):
        depth += (folded[start] == _BRACKET_CLOSE) - (folded[start] == _BRACKET_OPEN)
        if depth == 0:
            inside = folded[start + 1 : end - 1]
            return (start, end) if _states_roles(inside) else None
    return None


def _bracket_spans(text: str) -> list[tuple[int, int]]:
    """Every bracket of `text` that a role's label opens, and the one at the end whose verbs say the roles."""
    folded = _folded(text)
    rows: list[tuple[int, int]] = []
    for start, end in _pairs(folded):
        is_inside = bool(rows) and end <= rows[-1][1]  # whose bodies the outer one has
        if not is_inside and _LABEL.match(folded, start + 1):
            rows.append((start, end))
    last = bracket_span(text)
    return [*rows, last] if last and last not in rows else rows


def _is_line_of_roles(paragraph: str) -> bool:
    """责任单位：区科委、区经委 as a line of its own."""
    folded = _folded(paragraph[: _LONGEST_BRACKET + 1]).strip()
    return bool(_LABEL.match(folded)) and len(folded) <= _LONGEST_BRACKET and "。" not in folded[:-1]


def _pairs(folded: str) -> list[tuple[int, int]]:
    """Start and end of every bracket that closes, by where it opens."""
    rows, open_at = [], []
    for found in _BRACKET.finditer(folded):
        if found[0] == _BRACKET_OPEN:
            open_at.append(found.start())
        elif open_at:
            rows.append((open_at.pop(), found.end()))
    return sorted(rows)


def _states_roles(inside: str) -> bool:
    if _LABEL.match(inside):
        return True
    inside = _without_remark(inside)
    if len(inside) > _LONGEST_BRACKET or not (split := _split_verb(re.split("[;,]", inside)[-1])):
        return False
    names = _split_names(re.split("[;,]", inside)[-1][: split[1]])
    return len(names) > 1 or bool(re.search(rf"{_BODY_TAIL}$|^各", names[0]))


def departments_in(
    text: str, jurisdiction: str | None, parent: str | None = None, is_front: bool = False
) -> tuple[Department, ...]:
    """Every body the text gives a task, brackets first; one entry a name, the bracket's where both name it.

    A title or a sign-off (`is_front`) gives nobody a task but in a bracket.
    """
    found: list[Department] = []
    roles: dict[str, set[Role]] = {}  # by name
    in_text = () if is_front else _from_text(text, jurisdiction, parent)
    for department in (*_from_brackets(text, jurisdiction, parent), *in_text):
        known = roles.setdefault(re.sub("^各(?:相关|有关)", "各", department.name), set())
        if not known or (department.role not in known and department.source == "bracket"):
            found.append(department)
            known.add(department.role)
    return tuple(found)


def _from_brackets(text: str, jurisdiction: str | None, parent: str | None) -> Iterator[Department]:
    for paragraph in text.splitlines():
        if _is_line_of_roles(paragraph):
            yield from _groups(paragraph.strip(), jurisdiction, parent)
        for start, end in _bracket_spans(paragraph):
            yield from _groups(paragraph[start + 1 : end - 1], jurisdiction, parent)


def _groups(inside: str, jurisdiction: str | None, parent: str | None) -> Iterator[Department]:
    """The roles of a bracket, each by its label or by the verb after the names."""
    inside = _without_remark(inside)
    folded = _folded(inside)
    labels = list(_LABEL.finditer(folded))
    for label, following in zip_longest(labels, labels[1:]):
        role: Role = label.lastgroup  # type: ignore[assignment]
        end = following.start() if following else len(inside)
        yield from _names(inside[label.end() : end], role, "bracket", jurisdiction, parent)
    if labels:
        return
    start = 0
    for part in re.split("([;,])", folded):
        if split := _split_verb(part):
            role, length = split
            yield from _with_partners(inside[start : start + length], role, jurisdiction, parent)
        start += len(part)


def _without_remark(inside: str) -> str:
    """The bracket up to a sentence about it (列第一位者为牵头单位,下同), or to a label that states no role."""
    folded = _folded(inside)
    stops = [found.start() for found in (re.search("。", folded), _FIRST_LEADS.search(folded)) if found]
    for found in _OTHER_LABEL.finditer(folded):
        if not _LABEL.match(folded, found.start("label")):
            stops.append(found.start())
    return inside[: min(stops)] if stops else inside


def first_leads(text: str) -> bool:
    """Whether a bracket says that of the bodies it lists the first leads, here and below (下同)."""
    return bool(_FIRST_LEADS.search(_folded(text)))


def led_by_the_first(departments: Sequence[Department]) -> tuple[Department, ...]:
    """The departments, of whose bracket the first leads where none is said to."""
    printed = [row for row in departments if row.source == "bracket"]
    if not printed or any(row.role == "lead" for row in printed):
        return tuple(departments)
    return tuple(replace(row, role="lead") if row is printed[0] else row for row in departments)


def _with_partners(printed: str, role: Role, jurisdiction: str | None, parent: str | None) -> Iterator[Department]:
    """由A牵头; A会同B负责: B only cooperates."""
    first, _, partners = re.sub("^由", "", printed).partition(_PARTNER if _PARTNER in printed else _PARTNER_TRADITIONAL)
    for names, own in ((first, role), (partners, "cooperating")):
        for department in _names(names, own, "bracket", jurisdiction, parent):
            if len(department.name) <= _SHORT_NAME and not department.name.endswith("企业"):
                yield department


def _split_verb(part: str) -> tuple[Role, int] | None:
    for pattern, role in _VERBS:
        if (found := pattern.search(part)) and found.start() > 1:
            return role, found.start()
    return None


def _names(
    printed: str, role: Role, source: Source, jurisdiction: str | None, parent: str | None
) -> Iterator[Department]:
    names = [name.strip(" \u00a0\u3000;；,，。") for name in _split_names(printed)]
    names = [name for name in names if name and not _NO_BODY.search(fold(name))]
    if not names:
        return
    open_ended = any(_OPEN.search(fold(name)) for name in names)
    for name in names:
        bare = name[: len(name) - len(_open_tail(name))]
        if 0 < len(bare) <= _LONGEST_NAME:
            simplified = simplify(bare)
            yield Department(
                name=simplified,
                printed=bare,
                role=role,
                kind=kind_of(simplified),
                source=source,
                open_ended=open_ended or _is_collective(simplified),
                jurisdiction=jurisdiction_of(simplified, jurisdiction, parent),
            )


def _open_tail(name: str) -> str:
    found = _OPEN.search(fold(name))
    return found[0] if found else ""


def _split_names(printed: str) -> list[str]:
    """Names between 、 and commas, a bracket inside a name left whole."""
    rows, depth, start = [], 0, 0
    folded = fold(printed)
    for index, character in enumerate(folded):
        depth += (character == _BRACKET_OPEN) - (character == _BRACKET_CLOSE)
        if character in "、,;" and depth == 0:
            rows.append(printed[start:index])
            start = index + 1
    return _joined_levels([*rows, printed[start:]])


def _joined_levels(names: Sequence[str]) -> list[str]:
    """各市、自治州人民政府 is one name: what is a level alone goes with the name after it."""
    rows: list[str] = []
    for name in names:
        if rows and _LEVELS_ALONE.fullmatch(fold(rows[-1]).strip()):
            rows[-1] += f"、{name}"
        else:
            rows.append(name)
    return rows


def kind_of(name: str) -> BodyKind:
    """`department` for an office of the government, `other` for a company, a town, a collective."""
    if _BANK_OFFICES.match(name):
        return "department"
    return "other" if _OTHER.search(fold(name)) or name.endswith("公司") else "department"


def jurisdiction_of(name: str, jurisdiction: str | None, parent: str | None) -> str | None:
    """A 市… in a district's document is the city's; any other body belongs to the document's place."""
    if parent and name.startswith("市"):
        return parent
    return jurisdiction


def _from_text(text: str, jurisdiction: str | None, parent: str | None) -> Iterator[Department]:
    """By rule where the sentence's form says it outright, by the fitted tagger elsewhere."""
    ruled: list[Department] = list(_by_rule(text, jurisdiction, parent))
    yield from ruled
    names = {row.name for row in ruled}
    few = list(names)[:_MANY]  # a clause that has more names no body by rule and in other words too
    for found in tagged(text):
        printed = text[found.start : found.end]
        name = simplify(printed)
        if name in _NO_NAME or _NO_TASK_AFTER.match(text, found.end) or _is_in_bracket(text, found.start):
            continue
        if name not in names and not any(name in other or other in name for other in few):
            yield Department(
                name, printed, found.role, kind_of(name), "text",
                open_ended=bool(_OPEN_AFTER.match(fold(text[found.end : found.end + 8]))) or _is_collective(name),
                jurisdiction=jurisdiction_of(name, jurisdiction, parent),
            )  # fmt: skip


def _is_in_bracket(text: str, start: int) -> bool:
    """Whether a bracket of the same line is open at `start`: what it holds is said of something, or states roles."""
    before = text[max(0, start - _LONGEST_BRACKET) : start]
    line = _folded(before[before.rfind("\n") + 1 :])
    return line.rfind(_BRACKET_OPEN) > line.rfind(_BRACKET_CLOSE)


def _is_collective(name: str) -> bool:
    return bool(re.match("各(?:有关|相关)", name))


def _by_rule(text: str, jurisdiction: str | None, parent: str | None) -> Iterator[Department]:
    folded = fold(text)
    for pattern, role in TEXT_RULES:
        for found in pattern.finditer(folded):
            start, end = found.span("bodies")
            printed = re.split("会同|會同", text[start:end])[0]
            for department in _names(_AND.sub("、", printed), role, "text", jurisdiction, parent):
                if _is_named_body(department.name):
                    yield department


def _is_named_body(name: str) -> bool:
    return bool(re.fullmatch(rf"{_COLLECTIVE}|.{{1,20}}{_BODY_TAIL}", name)) and not re.match(
        "相关|有关|其他|该|本|上级|此|这", name
    )
