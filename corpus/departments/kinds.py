"""What kind of body a name is of, and which place it belongs to: by the ends and beginnings of printed names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.script import fold
from corpus.types import BodyKind


@dataclass(frozen=True)
class Where:
    """The place of the document that is read, and the place above it."""

    jurisdiction: str | None
    parent: str | None = None


# A collective or a body that is no office of the government.
_OTHER = re.compile(
    r"^各|^有关|^相关|(?:集团|公司|控股|镇|街道|加工区|园区|企业|协会|商会|学会|联盟|学校|大学|医院|银行|城|平台|成员单位)(?:\(.*\))?$"
    r"|[镇村]街?$"
)
_BANK_OFFICES = re.compile(r"^(?:中国)?人民银行")
# The kind of a body alone: a list of them tells nobody whom to ask.
BARE = frozenset(
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
        "政府",
        "人民政府",
        "地方",
        "主体",
    ]
)
_END = re.compile(
    "(?:委员会|委|局|办公厅|办公室|办|厅|部|中心|部门|政府|机关|机构|院|署|海关|分局|支行|分行|中支|银行|公司|集团|控股|街道|[街乡村]镇|镇|乡|"
    "工会|妇联|残联|文联|社联|侨联|科协|工商联|联社|团[省市区县州]委|协会|商会|学会|联合会|促会|基金会|联盟|学校|大学|高校|院校|医院|"
    "单位|主体|企业|银监会|保监会|证监会|[总支大中]队|消防|指挥部|[工作领导]组|专班|联席会议|管委会|组委|法院|检察院|处|所|站|台|馆|兵团|"
    "园区|开发区|新区|示范区|工业园|平台|地区|行署|营业管理部|会|社区|城|家|社|政协|人大|[城交国水文旅农]投|供电|海事|武警|部队|国企|央企|[省市区县州旗盟])$"
)
_LEVEL = re.compile(
    "^(?:各|有关|相关|[省市区县州旗镇乡](?!场|政|容)|国|全[国省市区县]|中[国央共]|自治|[一-鿿]{2,3}[省市区县州旗])"
)
_NO_NAME = re.compile(
    "[的了是被把须“”《》:。]|应(?![急用城县])|(?<!机)要|(?<!有)为|将(?!乐)|\\d{2,}|^[不未非含包指即如以或]|^其(?!他)"
    "|^(?:鼓励|支持|引导|推动|组织(?!部)|加强|促进|依托|建立|完善|推进|通过|根据|按照|开展|实施|落实|发挥|提高|强化|动员)"
)
_GLOSS = re.compile(r"\([^()]*\)")
_LONGEST_BODY = 32


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


def is_body(folded: str) -> bool:
    """Whether folded words can be a body's name and nothing else: they end like one and hold no sentence."""
    return may_be_body(folded) and bool(_END.search(_GLOSS.sub("", folded.strip())))


def may_be_body(folded: str) -> bool:
    """Whether words are short enough for a name and hold no sentence, whatever they end in."""
    words = _GLOSS.sub("", folded.strip())
    return 1 < len(words) <= _LONGEST_BODY and not _NO_NAME.search(words)


def has_level(folded: str) -> bool:
    """市科委, 各街镇, 国家税务总局: a name that begins with whose it is."""
    return bool(_LEVEL.match(folded))


def is_collective(name: str) -> bool:
    """各有关部门, 各相关单位: whom it means the words leave open."""
    return bool(re.match("各(?:有关|相关)", name))
