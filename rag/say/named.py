"""Bodies that a sentence sends somebody to: 向X申请, 报X备案, 经X同意, 由X受理, by the words before and after the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.departments.kinds import is_body, may_be_body
from corpus.departments.names import names_in
from corpus.types import Role

_BEFORE = re.compile(
    "(?:报送|报请|报经|上报|送交|前往|联系|接受|设在|设于|按照|汇总报|(?<![一-鿿]报)报(?![告名销])|邮寄至|(?:下放|移送|移交|转交|转送|送达)[至到给]?|(?:(?<=书面)|(?<![方面投走导趋流转引指去]))向|退[回还](?=人民|[省市区县本]|[一-鿿]{2,8}(?:局|院|部|厅|机关|机构|部门))|经(?![济办营])|由|会同(?!意)|到(?!期|位))"
)
_VERB = re.compile(
    "的|"
    "提出|提交|提供|申请|申报|申办|申领|举报|报告|报备|备案|批准|同意|审[核批查定]|办理|受理|登记|认[定证]|反映|投诉|领取|签订|咨询|协商|说明|"
    "向社会|联合印发|联合发布|如实|书面|及时|进行|开展|另行|制[定订]|通知|组织(?!部)|负责|会同|牵头|委托|统一|初审|复核|查验|核准|发[放布给]|公布|处理|兼任|组成|要求|指定|为|(?:服务)?网点|[0-9一二三四五六七八九十]+[家个]"
)
_PERSONS = re.compile("(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导|人员)")
_STOP = re.compile("[,。;:!?“”《》\n]")
_APPROVAL = re.compile("[^,。;]{0,4}(?:批准|同意|审[核批查定]|核准|认[定证]|备案后)")
_WHOSE = re.compile(
    "^(?:其|该|本人|申请人|单位)?(?:所在地?|户籍所在地|户籍地|居住地|经常居住地|住所地|注册地|登记地|属地|当地|[一-鿿]{2,6}地(?=[一-鿿]{0,4}(?:经办|社保|街道|镇|乡|公安|民政|机构|部门|区|县)))(?:的)?(?:或者?(?:居住地|户籍地|工作地))?(?:的)?"
)
_OFFICE = re.compile("(?:局|委|部门|中心|办|处|厅)[一-鿿]{1,8}(?:科|室|处|股|窗口)$")
_NOBODY = frozenset(["社会", "大会", "机会", "学校"])
_THING = re.compile("(?:企业|平台|园区?|城|家|示范区|主体|站|台|馆)$|^(?:我|本)[省市区县]$")
_BEGINS = re.compile("可以?|应当?|成立|设立|组建|或?者|前往")
_LABEL = re.compile("(?:^|[。;\n\\s])[一-鿿]{2,8}:(?=[一-鿿])")
_PIECE = re.compile("(?:(?<=^)|(?<=[,。;:\n.]))[一-鿿()]{4,30}(?=[,。;\n]|$)")
_LIST = re.compile("[一-鿿()]{2,40}(?:、[一-鿿()]{2,20}){2,}(?:(?:以及|[和及])[一-鿿()]{2,20})?")
_LEADS = re.compile("确定|其中|包括|按照|通过|[有为是内由向到在]")
_ROW = 3  # names that make a list
_LONGEST = 120


@dataclass(frozen=True)
class Named:
    """`folded[start:end]` is a body; `is_goal` where somebody is sent to it, and it isn't said to do anything itself.

    From `defined` on stand the words that say which one it is: 户籍所在地, 待遇领取地.
    """

    start: int
    end: int
    defined: int
    role: Role = "responsible"
    is_goal: bool = False


def named_in(folded: str) -> Iterator[Named]:
    """The names that grammar shows, as they are found; the same name may come twice."""
    folded = _PERSONS.sub(lambda found: "、" * len(found[0]), folded)  # 教育局主要负责人、财政局分管领导
    for found in _BEFORE.finditer(folded):
        start = found.end()
        whose = _WHOSE.match(folded[start : start + _LONGEST])
        defined, start = start, start + (whose.end() if whose else 0)
        names = list(_names(folded, start, _end(folded, start)))
        role = _role(folded, found[0], names[-1][1]) if names else "responsible"
        is_goal = role == "responsible" and found[0] != "由"
        for index, (first, last) in enumerate(names):
            yield Named(first, last, defined if index == 0 else first, role, is_goal)
    for found in _LABEL.finditer(folded):
        yield from (Named(*span, span[0]) for span in _names(folded, found.end(), _end(folded, found.end())))
    yield from (Named(*span, span[0]) for span in _alone(folded))
    yield from (Named(*span, span[0]) for span in _rows(folded))


def _role(folded: str, before: str, end: int) -> Role:
    if before == "会同":
        return "cooperating"
    return "approving" if _APPROVAL.match(folded, end) else "responsible"


def _end(folded: str, start: int) -> int:
    """Where a row of names that begins at `start` must have ended."""
    stop = _STOP.search(folded, start, start + _LONGEST)
    end = stop.start() if stop else min(len(folded), start + _LONGEST)
    verb = _VERB.search(folded, start, end)
    return verb.start() if verb else end


def _alone(folded: str) -> Iterator[tuple[int, int]]:
    """An office that stands between marks with nothing else: 区民政局养老服务科，…路1号."""
    for found in _PIECE.finditer(folded):
        words = found[0]
        if _OFFICE.search(words) and may_be_body(words) and not _VERB.search(words) and not _BEGINS.match(words):
            yield found.span()


def _rows(folded: str) -> Iterator[tuple[int, int]]:
    """A list of three or more bodies, whatever word leads to it."""
    for found in _LIST.finditer(folded):
        lead = max((one.end() for one in _LEADS.finditer(found[0].split("、")[0])), default=0)
        yield from _names(folded, found.start() + lead, _end(folded, found.start() + lead), least=_ROW)


def _names(folded: str, start: int, end: int, least: int = 1) -> Iterator[tuple[int, int]]:
    """The row of names from `start` on; half a name is none. A long row may hold a name or two of other forms."""
    rows = [(name.start, name.end) for name in names_in(folded, start, end)]
    words = [folded[first:last] for first, last in rows]
    known = [_is_name(name) for name in words]
    is_long = len(rows) >= _ROW and sum(known) * 3 >= len(rows) * 2 and all(map(may_be_body, words))
    count = len(rows) if is_long else next((i for i, is_known in enumerate(known) if not is_known), len(rows))
    if count >= least:
        yield from rows[:count]


def _is_name(words: str) -> bool:
    return (
        words not in _NOBODY
        and not _BEGINS.match(words)
        and not _THING.search(words)
        and (is_body(words) or bool(_OFFICE.search(words)))
    )
