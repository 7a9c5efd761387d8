"""Sentences whose subject is an office that shall do something: 市、区民政部门应当…, 公安机关负责…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.departments.kinds import BARE, Where, is_body
from corpus.departments.listed import listed
from corpus.departments.pairs import CLOSE, OPEN
from corpus.script import fold
from corpus.types import Department

_OFFICE = (
    r"(?:(?:行政)?(?:主管|管理)?部门|(?:公安|税务|监察|审计|司法|检察|审判|国家安全|海事|行政|交通管理|登记)机关|人民政府|[一-鿿]政府|"
    r"人民法院|人民检察院|街道办事处|[一-鿿]{2}[局厅]|联席会议|管理委员会|管委会|国务院)"
)
_NUMBER = "[零〇一二三四五六七八九十百0-9]{1,7}"
_BEGIN = rf"(?:^|[。;\n])\s*(?:第{_NUMBER}条(?:之{_NUMBER})?\s*|\({_NUMBER}\)\s*|[0-9]{{1,2}}[.、]\s*)?"
_SHALL = r"(?:应当|要(?!求)|应(?![急用])|必须|负责(?!人)|不得拒绝)"
_SUBJECT = re.compile(
    rf"{_BEGIN}(?P<bodies>(?:[一-鿿]|[、()]){{0,60}}?{_OFFICE})(?:等(?:相关|有关|其他)*(?:主管|行政|管理)*部门)?{_SHALL}"
)
_NO_SUBJECT = re.compile(
    r"[在将按向与把让被为从给]|(?<!自)由|对(?!外)|经(?![济信贸开营])|以(?![上下])|自(?![治然由来])|会同|鼓励|支持|提倡|引导|应当|可以|需要|要求|办法|标准|工作由|依法|负责|根据|委托|授权|之日|有关部门和|"
    r"的(?!地方)|(?:居民|村民|业主|评定|仲裁|答辩|学术|专业)委员会|^(?:国家机关|行政机关|人民政府|该|本|此|其|上述|前款|承办|责任|用人|原)|请$"
)


def bodies_as_subjects(folded: str, text: str, where: Where) -> Iterator[Department]:
    """The subjects of such sentences; none of a row in which one is no body."""
    for found in _SUBJECT.finditer(folded):
        start, end = found.span("bodies")
        rows = tuple(listed(text, start, end, "responsible", "text", where))
        if rows and all(_is_subject(row) for row in rows):
            yield from rows


def _is_subject(body: Department) -> bool:
    name = fold(body.full or body.name)
    if name.count(OPEN) != name.count(CLOSE):
        return False
    return is_body(name) and body.name not in BARE and not _NO_SUBJECT.search(body.name)
