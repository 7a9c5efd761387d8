"""Which part each body has in a text: 牵头, 配合, 负责, 批准, 备案, or the one that something is handed to.

The names are put out of the way first, each replaced by one sign, so that the grammar is a short table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

Part = Literal[
    "lead", "responsible", "cooperating", "participating", "approving", "supervising", "filing", "receiving", "doing"
]
_FIRST = 0xE000  # signs for names: characters that no text prints
_SIGN = "[\ue000-\uf8ff]"
_ROW = rf"{_SIGN}(?:\([^()]{{0,30}}\))?(?:(?:[、,]|和|及|与|以及|、以及|或|或者){_SIGN}(?:\([^()]{{0,30}}\))?)*(?:等(?:多个|相关|有关|职能|各)*(?:部门|单位|机构)?)?"
_HOW = "(?:[一-鿿]{0,2}(?:按照|按|根据)(?:各自)?(?:的)?(?:职责|职能|分工)+(?:分工)?|分别|共同|具体|统一|统筹|组织|联合|各自|积极|密切|主动|予以|给予|做好|全力|也|都|均|一起|来|则|要|应当?|须|需|必须|可以?|将|会){0,4}"
_IS = "(?:分别|都|均|就)?(?:是|为|有|包括|由|:|系|:是)?"
_UNIT = "(?:单位|部门|机构|的是|方|者|的|角色|的单位|的部门|工作由)"
# (words around a row of names, the part they give it)
TABLE: tuple[tuple[re.Pattern[str], Part], ...] = tuple(
    (re.compile(pattern), part)  # type: ignore[misc]
    for pattern, part in (
        (rf"(?P<row>{_ROW}){_HOW}(?:负责)?(?:总|统筹)?(?:牵头|主办|抓总|主责)(?![、和]?(?:配合|协办))", "lead"),
        (rf"(?:总?牵头|主办|主责){_UNIT}{_IS}(?P<row>{_ROW})", "lead"),
        (rf"(?P<row>{_ROW})(?:是|为|作为|担任|系)[一-鿿]{{0,8}}(?:牵头|主办|主责)", "lead"),
        (rf"(?P<row>{_ROW}){_HOW}(?:会同|商|会商){_ROW}", "doing"),
        (rf"(?P<row>{_ROW}){_HOW}(?:配合|协助|协同|协办|支持配合)", "cooperating"),
        (rf"(?:配合|协办|协同|协助){_UNIT}{_IS}(?P<row>{_ROW})", "cooperating"),
        (rf"(?P<row>{_ROW})(?:是|为|作为|担任|系)[一-鿿]{{0,8}}(?:配合|协办|协同|协助)", "cooperating"),
        (rf"(?:会同|会商|商)(?P<row>{_ROW})", "cooperating"),
        (rf"(?P<row>{_ROW}){_HOW}(?:参与|参加)", "participating"),
        (rf"(?:参与|参加){_UNIT}{_IS}(?P<row>{_ROW})", "participating"),
        (rf"(?:报请?|报经|经|由|须经|应经|需经|提请|商)(?P<row>{_ROW})[一-鿿]{{0,4}}?(?:审批|批准|同意|核准|审定|批复|审核同意|审查同意|许可)", "approving"),
        (rf"(?P<row>{_ROW}){_HOW}(?:审批|批准|核准|审定|批复)", "approving"),
        (rf"(?:批准|审批|核准|审定){_UNIT}{_IS}(?P<row>{_ROW})", "approving"),
        (rf"(?:报送?|向|到|在|送|抄送)(?P<row>{_ROW})[一-鿿]{{0,4}}?(?:备案|登记备案)", "filing"),
        (rf"(?:备案){_UNIT}{_IS}(?P<row>{_ROW})", "filing"),
        (rf"(?:向|报送?给?|到|至|送|交给?|递交给?|提交给?|抄送|上报)(?P<row>{_ROW})", "receiving"),
        (rf"(?P<row>{_ROW}){_HOW}(?:监督|监管|督促|督导|督查)", "supervising"),
        (rf"(?:监督|监管|督导){_UNIT}{_IS}(?P<row>{_ROW})", "supervising"),
        (rf"(?P<row>{_ROW}){_HOW}(?:[一-鿿]{{0,8}}?(?:工作)?(?:由|归))?(?:负责|承担|承办|主管|落实|组织实施|组织|推进|实施|管|受理|审核|认定|办理)", "responsible"),
        (rf"(?:责任|承办|负责|落实|实施|主管|受理|承担|分管){_UNIT}{_IS}(?P<row>{_ROW})", "responsible"),
        (rf"(?:由|归|是)(?P<row>{_ROW})", "doing"),
        (rf"(?P<row>{_ROW})[,，]?(?:应当?|须|必须|要|将|可以?|不得|依法|按照|根据|有权|会)", "doing"),
    )
)  # fmt: skip
_BY = re.compile(rf"(?:由|归)(?P<row>{_ROW})")
_WEAK: frozenset[Part] = frozenset(["doing", "responsible", "receiving"])  # said also where another part is meant
# What a sentence may call a part, by the parts that the clause gives the body.
STANDS_FOR: Mapping[Part, frozenset[Part]] = {
    "lead": frozenset(["lead"]),
    "responsible": frozenset(["responsible", "lead", "approving", "supervising", "doing", "receiving"]),
    "doing": frozenset(["responsible", "lead", "approving", "supervising", "doing", "receiving"]),
    "cooperating": frozenset(["cooperating", "participating"]),
    "participating": frozenset(["participating", "cooperating"]),
    "approving": frozenset(["approving", "doing"]),
    "supervising": frozenset(["supervising", "responsible", "lead", "doing"]),
    "filing": frozenset(["filing"]),
    "receiving": frozenset(["receiving", "filing", "approving", "responsible", "lead"]),
}


def parts_in(text: str, spans: Sequence[tuple[int, int]]) -> list[frozenset[Part]]:
    """The parts that the text gives each of the names at `spans`, in order; empty for one that is only named."""
    masked, at = text, {}
    for number, (start, end) in sorted(enumerate(spans), key=lambda row: -row[1][0]):
        masked = masked[:start] + chr(_FIRST + number) + masked[end:]
        at[chr(_FIRST + number)] = number
    rows: list[set[Part]] = [set() for _ in spans]
    for pattern, part in TABLE:
        for found in pattern.finditer(masked):
            for sign in re.findall(_SIGN, found["row"]):
                rows[at[sign]].add(part)
    return [_plain(row) for row in rows]


def _plain(row: set[Part]) -> frozenset[Part]:
    """Without the weak parts where a plain one is said: 由市科委牵头 says that it leads."""
    strong = frozenset(row) - _WEAK
    return strong or frozenset(row)


def is_misread(said: Iterable[Part], own: frozenset[Part]) -> bool:
    """Whether a part that is said is none of the clause's; no part known says nothing."""
    return bool(own) and any(not STANDS_FOR[part] & own for part in said)
