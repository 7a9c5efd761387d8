"""Who does things in a text: offices, firms and persons, by the ends of their names and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from index.words import Words

Place = Literal["doer", "receiver", "object", "named"]
# Ends of names: of offices and firms, and of persons by what they are in the matter.
_ORGAN = re.compile(
    "(?:委员会|常委会|管委会|居委会|村委会|业委会|理事会|董事会|股东会|主席团|联席会议|部门|机关|机构|政府|法院|检察院|国务院|办公厅|办公室|办事处|中心|公司|企业|集团|监委|"
    "学校|大学|学院|中学|小学|幼儿园|医院|银行|协会|商会|学会|工会|妇联|残联|团体|组织|单位|平台|监狱|管教所|派出所|事务所|律所|研究所|研究院|养老院|海关|街道办|[省市区县]级?财政|财政|居委|村委|人大|政协|"
    "[支大总中]队|消防队|合作社|旅行社|出版社|报社|(?:服务|工作|救助|监测|气象|卫生)站|基金会|小组|法庭|银监会|(?<=[一-鿿]{2})(?:局|厅|(?<!常)(?<!人大常)委|部|署)|(?<=[市省县区])[局厅委])$"
)
_PERSON = re.compile(
    "(?:[一-鿿]{2}(?:人|者|员|方|商|户)|[老证工军法病客商主][人]|农户|住户|商户|租户|学者|患者|记者|买方|卖方|供方|被告|原告|父母|家长|职工|员工|教师|老师|学生|居民|公民|村民|农民|代表|"
    "[市省县区镇乡村局厅处科校院所站队班社部司署组]长|检察长|委员长|秘书长|理事长|董事长|审判长|检察官|督学|主任|法官|警察|交警|民警|亲属|子女|配偶|业主|旅客|乘客|考生|医生|律师|专家|市长|局长|厅长|部长|房东|租客|老板|顾客|法定代表|第三方)$"
)
_NONE = re.compile(
    "[一-鿿]*(?:场所|社会|机会|全部|内部|外部|部分|一部|布局|格局|结局|大局|网站|公告|之所|相关|有关|无关|或者|地方|人员|成员|双方|各方|对方|一方|后方|前方|下方|上方|多方|官方|干部|用户|账户|协商|会商|"
    "任何人|有人|别人|他人|个人|本人|的人|每人|招人|换人|名人|的单位|的组织|动员|全员|裁员|[一两三四五六七八九十百千万]人|[一两三四五六七八九十]方|后者|前者|再者)|"
    "[干局一本分中东西北南上下这那]部|医院|法院|学院|当局|开局|组织|平台|个人|人|用人|无人|等人|为人|让人|由人"
)
_GENERIC = re.compile(
    "^(?:别的|该|其|本|此|有关|相关|上述|前述|下列|各|所有|任何|全体|具体|一般|其他|当地|所在地|相应|专门|指定|负责的?|主管的?|自己的?|我|你|你们|原|新|受理|双方|一方|各自)*"
    "(?:.*所在单位|.*所在部门|单位|部门|机关|机构|企业|组织|平台|中心|公司|人员|政府|学校|成员|用户|双方|主管部门|代表|专家|个人|团体|职工|负责人|当事人|工作人员|委员会|办公室|小组|法定代表)$"
)
_MODIFIER = ("n", "b", "j", "vn", "an", "a", "f", "m", "q", "s", "r", "l", "i", "z", "eng", "t", "h", "k")
_BARE = re.compile("^.{0,6}(?:单位|部门|机关|机构|组织|平台|中心|人员|成员|用户|双方|代表|个人|小组)$")
_CONTROL = re.compile(
    "要求|责令|组织|委托|通知|会同|商请|协助|提请|接受|支持|鼓励|指导|督促|监督|告知|移送|提交|属于|作为|成为|根据|按照|依据|报|由|经|请|向|对|给|为|与|和|及|在|从|将|把|被|让|使|令|配合|会|到|归|"
    "带|处分|征得|征求|听取|再办|没有|未经|前|后|时|内|中|外|上|下|间|得|还|失效|具有|担任|跟|找|让|去|告诉|告知|写清|妨碍|影响|领|组|按|办|选|聘|派|请|招|换|代|管|查|罚|是|有|无|指|包括|通报|报送|报告|送|交|应当|可以|需要|不得|必须|要|需|可|先|再|也|都|还|并|而|如|当|以|用|违反|设立|成立|建立|邀请|聘请|选择|具有|取得|提供|列入|进入|作出|协调|引导|推动|加强|开展"
)
_LEADING = re.compile(
    "^(?:[这那第]?[一二三四五六七八九十两]?[些个届次名位](?!体)|由|向|对|给|为|与|和|及|在|从|将|把|被|让|使|令|经|报|请|到|归|是|则|但|而|并|或|等|的|了|以|用|按|把|就|还|应|只|只有|如|若|凡|每|这|那|当(?!事人)|该)+(?=[一-鿿]{2})"
)
_OBJECT_BEFORE = re.compile(
    "(?:去|跟|找|告诉|妨碍|影响|损害|侵害|通过|依托|属于|负责|替|帮|收|罚|处罚|聘用|聘请|选举|选择|任命|担任|查处|管理|检查|在|违反|取消|撤销|向|对|给|为|与|同|会同|至|到|报|抄送|报送|交|送|商请|要求|责令|委托|通知|提请|请|告知|移送|提交|督促|指导|组织|协助|支持|鼓励|引导|监督|配合|通报|交由|邀请|聘请|责成|授权|对于|针对|"
    "把|将|使|让|令|和|帮助|保障|根据|依据|按照|在|从|是|为了|包括|以及)$"
)
_BY_BEFORE = re.compile("(?:由|被|归|经|受|得到|征得|通过|经过|交由)$")
_RECEIVER_BEFORE = re.compile("(?:向|给|报送?|抄送|上报|提交|交给|征求|听取|协助|配合|帮助|补偿|通报)$")
_BETWEEN = re.compile("(?:报请?|报经|经|由|提请|商)$")
_AGREES = re.compile("[一-鿿]{0,4}(?:批准|同意|审批|核准|审定|批复)")
_SOMEBODY = re.compile("自己|本人|其|谁|双方|他|她|你|我|此|各自")
_SHORTEST_OFFICE = 2
_DONE_TO = re.compile("(?:单位|人|方|机构|者|企业)$")
_OBJECT_OF = re.compile("(?:到|向|在|去|对|给|报|通知|告知|征求|取得|违反)[一-鿿]{1,8}的$")
_BY_ONE_OF = re.compile("(?:由|经)[一-鿿]{1,14}的$")
_DONE_TO = re.compile("(?:单位|人|方|机构|者|企业)$")
_OBJECT_OF = re.compile("(?:到|向|在|去|对|给|报|通知|告知|征求|取得|违反)[一-鿿]{1,8}的$")
_BY_ONE_OF = re.compile("(?:由|经)[一-鿿]{1,14}的$")
_COMMA_DOES = re.compile("[,，](?:应当?|可以?|不得|必须|须|要|有权|负责)")
_NAMED_BEHIND = re.compile(
    "^(?:各自所|所在|会议|大会|名册|的|之|所在地|名单|名称|证|内|外|里|以外|资格|身份|资质|制度|工作|之间|等级|[,，。;；:：、)）])|^$"
)


_CUT = re.compile(
    "^.*(?:由|向|(?<!已)经(?![济营贸信办纪])|报(?![社道纸])|(?:办理|要求|责令|通知|委托|指定|会同|没有|征得|征求|处分|再办|设置|违反|检查|动用|低于|建议|组织))(?=[一-鿿]{3,}$)"
)


@dataclass(frozen=True)
class Actor:
    """A name at `start`..`end`: who does something, gets something, is made to do something, or is only named."""

    name: str
    start: int
    end: int
    place: Place
    is_organ: bool

    @property
    def is_generic(self) -> bool:
        """Whether the words leave open who is meant: 有关部门, 该单位."""
        return bool(_GENERIC.match(self.name))

    @property
    def is_bare(self) -> bool:
        """Whether it is the kind of a body alone, of which a text has many: 单位, 部门, 机构."""
        return bool(_BARE.match(self.name))


def actors_in(text: str, words: Words) -> tuple[Actor, ...]:
    """In order; a row of names (A、B和C) gives one each."""
    return _actors(text, words)


@lru_cache(maxsize=2048)
def _actors(text: str, words: Words) -> tuple[Actor, ...]:
    tokens: list[tuple[str, str, int]] = []
    at = 0
    for word, tag in words.tagged(text):
        tokens.append((word, tag, at))
        at += len(word)
    rows: list[Actor] = []
    for index, (word, tag, start) in enumerate(tokens):
        end = start + len(word)
        begin = _begin(tokens, index)
        name = text[begin:end]
        stripped = _LEADING.sub("", _CUT.sub("", name))
        begin += len(name) - len(stripped)
        if text[begin - 1 : begin] == "被" and _DONE_TO.search(stripped):
            begin, stripped = begin - 1, "被" + stripped
        organ = bool(_ORGAN.search(stripped)) and not _is_none(stripped) and _is_whole(word, tag)
        person = bool(_PERSON.search(stripped)) and not _is_none(stripped) and tag[:1] not in ("v", "p", "d")
        organ = organ and (word not in ("局", "厅") or len(stripped) > _SHORTEST_OFFICE)
        if (
            not (organ or person)
            or (stripped.endswith("组织") and tag == "v")
            or len(stripped) < 2
            or _goes_on(tokens, index)
        ):
            continue
        rows.append(Actor(stripped, begin, end, _place(text, begin, end), organ))
    rows += [row for row in _after_by(tokens) if not any(row.start < o.end and o.start < row.end for o in rows)]
    return tuple(_placed_in_rows(text, sorted(rows, key=lambda row: row.start)))


def _after_by(tokens: Sequence[tuple[str, str, int]]) -> Iterator[Actor]:
    """Whatever stands between 由 and a verb: 由资方负担."""
    for index, (word, _, start) in enumerate(tokens):
        if word != "由":
            continue
        names = list(takewhile(lambda row: row[1].startswith(_MODIFIER), tokens[index + 1 :]))
        behind = tokens[index + 1 + len(names)][1] if index + 1 + len(names) < len(tokens) else "x"
        name = "".join(row[0] for row in names)
        if names and behind.startswith(("v", "d")) and 1 < len(name) < 14 and not _SOMEBODY.search(name):
            yield Actor(name, start + 1, start + 1 + len(name), "doer", False)


def _is_whole(word: str, tag: str) -> bool:
    """局, 部 end a name only in a word of three characters, or one that the segmenter takes for a body."""
    known = len(word) > 2 or tag == "nt" or word in ("监委", "居委", "村委", "局", "厅")
    return not re.search("[局厅委部署]$", word) or known


def _is_none(name: str) -> bool:
    return bool(_NONE.fullmatch(name))


def _begin(tokens: Sequence[tuple[str, str, int]], index: int) -> int:
    """Where the name that ends with a token begins: nouns before it, and one verb (保护中心, 传承人)."""
    begin = tokens[index][2]
    verbs = 0
    at = index - 1
    while at >= 0 and tokens[index][2] - tokens[at][2] < 16:
        word, tag, start = tokens[at]
        if tag.startswith(("x", "p", "c", "d", "u", "y", "e", "o")) or _CONTROL.fullmatch(word):
            break
        if tag == "v" or not tag.startswith(_MODIFIER):
            verbs += 1
            if verbs > 1 or (len(tokens[index][0]) > 1 and at != index - 1):
                break
        begin = start
        at -= 1
    return begin


def _goes_on(tokens: Sequence[tuple[str, str, int]], index: int) -> bool:
    """Whether a longer name holds this one: 教育 in 教育局 is none, nor 单位 in 单位负责人."""
    if index + 1 >= len(tokens):
        return False
    word, tag, _ = tokens[index + 1]
    joined = tokens[index][0] + word
    return tag.startswith("n") and bool(_ORGAN.search(joined) or _PERSON.search(joined)) and not _is_none(joined)


def _place(text: str, start: int, end: int) -> Place:
    before, behind, ahead = text[max(0, start - 4) : start], text[end : end + 40], text[max(0, start - 16) : start]
    behind = re.sub(r"^(?:\([^()]*\)|自己|本人|自行|本身|一方|等(?:有关|相关)?(?:部门|单位)?)", "", behind)
    if _BY_BEFORE.search(before) or _BY_ONE_OF.search(ahead):
        return "doer"
    if _BETWEEN.search(before) and _AGREES.match(behind):
        return "doer"
    if _RECEIVER_BEFORE.search(before):
        return "receiver"
    if _OBJECT_BEFORE.search(before) or _OBJECT_OF.search(ahead):
        return "object"
    if _COMMA_DOES.match(behind):
        return "doer"
    return "named" if _NAMED_BEHIND.match(behind) else "doer"


def _placed_in_rows(text: str, rows: Sequence[Actor]) -> Iterator[Actor]:
    """Names of one row have the place of its last one, or of the word before its first."""
    groups: list[list[Actor]] = []
    for row in rows:
        if groups and re.fullmatch(
            r"(?:\([^()]*\))?(?:、|和|及|与|以及|或者?|、或者)", text[groups[-1][-1].end : row.start]
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    for group in groups:
        first, last = group[0], group[-1]
        place: Place = (
            first.place
            if first.place in ("object", "receiver") or _BY_BEFORE.search(text[: first.start][-4:])
            else last.place
        )
        for row in group:
            yield Actor(row.name, row.start, row.end, place, row.is_organ)
