"""Bodies that a sentence sends somebody to: 向X申请, 报X备案, 经X同意, 由X受理, by the words before and after the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.departments.kinds import is_body
from corpus.departments.names import names_in
from corpus.types import Role

_BEFORE = re.compile(
    "(?:报送|报请|报经|上报|送交|前往|联系|接受|设在|设于|按照|汇总报|(?<![一-鿿]报)报(?![告名销])|(?<!方)向|经(?![济办营])|由|到(?!期|位))"
)
_VERB = re.compile(
    "的|"
    "提出|提交|提供|申请|申报|申办|申领|举报|报告|报备|备案|批准|同意|审[核批查定]|办理|受理|登记|认[定证]|反映|投诉|领取|签订|咨询|协商|说明|"
    "如实|书面|及时|进行|开展|另行|制[定订]|通知|组织(?!部)|负责|会同|牵头|统一|初审|复核|查验|核准|发[放布给]|公布|处理|兼任|组成|的公告|的指挥|要求|指定|"
    "(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导|人员)"
)
_STOP = re.compile("[,。;:!?“”《》\n]")
_APPROVAL = re.compile("[^,。;]{0,4}(?:批准|同意|审[核批查定]|核准|认[定证]|备案后)")
_WHOSE = re.compile(
    "^(?:其|该|本人|申请人|单位)?(?:所在地?|户籍所在地|户籍地|居住地|经常居住地|住所地|注册地|登记地|属地|当地)(?:的)?(?:或者?(?:居住地|户籍地|工作地))?(?:的)?"
)
_OFFICE = re.compile("(?:局|委|部门|中心|办|处|厅)[一-鿿]{1,8}[科室处股窗口]$")
_NOBODY = frozenset(["社会", "大会", "机会", "学校"])
_LONGEST = 90


def named_in(folded: str) -> Iterator[tuple[int, int, Role]]:
    """Start and end of each name with its role: approving where what follows says so, else responsible."""
    for found in _BEFORE.finditer(folded):
        start = found.end()
        stop = _STOP.search(folded, start, start + _LONGEST)
        end = stop.start() if stop else min(len(folded), start + _LONGEST)
        whose = _WHOSE.match(folded[start:end])
        start += whose.end() if whose else 0
        verb = _VERB.search(folded, start, end)
        end = verb.start() if verb else end
        names = list(_names(folded, start, end))
        role: Role = "approving" if names and _APPROVAL.match(folded, names[-1][1]) else "responsible"
        yield from ((first, last, role) for first, last in names)


def _names(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The row of names from `start` on; half a name is none."""
    for name in names_in(folded, start, end):
        words = folded[name.start : name.end]
        if not _is_name(words):
            return
        yield name.start, name.end


def _is_name(words: str) -> bool:
    return words not in _NOBODY and (is_body(words) or bool(_OFFICE.search(words)))
