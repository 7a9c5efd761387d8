"""What is asked: where it looks, whom it names, and what kind of answer it wants."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from corpus.bodies import BodyMention, BodyTable
from corpus.script import fold
from rag.scope import Gazetteer, Scope

Asks = Literal["departments", "number", "list", "yes_no"]
ValueKind = Literal["phone", "money", "percent", "address", "website", "materials", "deadline", "person", "count"]
QUESTION_LIMIT = 2000  # characters searched; a longer story is cut at its end, and the answer says so

# What a question wants to be told, by its words (folded).
_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (
        "departments",
        re.compile(
            r"(?:哪|什么|几)[个些家一几]{0,2}(?:区级|市级|政府)?(?:部门|单位|机构|委办局|局|机关|牵头)|(?:责任|牵头|主管|配合|参与|负责|主责|归口)(?:部门|单位|方|的)?[^,。?]{0,6}(?:是谁|有谁|有哪|是哪|谁|哪|是什么|是\?|是$)"
            r"|谁[^,。?]{0,4}(?:负责|牵头|管|主管|抓|来做|做主|配合|参加)|(?:归|由|是|找)谁|归哪|哪[里儿]管|谁家管|(?:牵头|责任|配合|参与)(?:单位|部门)$|谁负责|谁牵头|哪家(?:单位)?(?:牵头|负责)?|谁来"
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|几[个家项条年成万亿千百元座处名所辆类次倍种]|百分之几|多大|多高|多久|多长|规模有|数量|增长率|比例|目标值|金额|总额|增速|占比"
        ),
    ),
    (
        "list",
        re.compile(
            r"(?:有|列出|包括|包含|分为|分成|列了|提了|定了|讲了|是)(?:的)?(?:哪|那)[些几]|哪几|列[出全举]|分别(?:是|指|有)|都有(?:哪|什么)|所有|逐[条项]|哪[一二三四五六七八九十0-9]+[个项条]|全部|请都|有几[项条个]|是哪[三四五六七八九]|几[项条大]"
        ),
    ),
    (
        "yes_no",
        re.compile(
            r"吗|是不是|有没有|能不能|可不可以|是否|会不会|支不支持|支持不|对吧|是吧|真的假的|给不给|要不要|算不算"
        ),
    ),
)
# A value that the answer must show; where no clause gives one the texts don't say (folded).
_VALUES: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    ("phone", re.compile(r"电话|热线号码|联系方式|手机号|座机|传真|怎么联系|联系人")),
    ("website", re.compile(r"网址|网站地址|链接|公众号|邮箱|邮件地址|小程序叫|哪个app")),
    (
        "address",
        re.compile(r"地址|在哪(?:条路|个窗口|办公)|几楼|窗口在|在哪里办|去哪里?办|到哪里?办|去哪申请|哪里申请"),
    ),
    (
        "materials",
        re.compile(
            r"什么材料|哪些材料|要带|提交.{0,4}材料|申报表|表格|怎么申请|如何申请|申请流程|申请条件|办理流程|怎么申报|如何申报|申报流程"
        ),
    ),
    (
        "deadline",
        re.compile(
            r"截止|几个工作日|多少个?工作日|几天(?:内|能|可以)|多少天|办理时限|什么时候(?:开始)?(?:申请|申报|受理)|几月几[日号]"
        ),
    ),
    (
        "money",
        re.compile(
            r"多少钱|几(?:百|千|十)?[万亿]|多少(?:个)?[万亿]?元|多少[万亿]|几块|收多少|交多少|(?:补贴|奖励|补助|资助|扶持|费用|价格|租金|经费|资金|投资|罚|诊疗费|场地费|奖金|拨款|预算|投入)[^,。?]{0,10}(?:多少|几|标准|上限|最高|额度)|(?:多少|最多|最高|上限)[^,。?]{0,6}(?:补贴|奖励|补助|资助|经费|资金|投资|钱|罚款|罚金|罚)|额度"
        ),
    ),
    ("percent", re.compile(r"百分之几|百分比|比例(?:是|为|多)|利率|贴息率|税率|几个点|占比|打几折")),
    ("person", re.compile(r"(?:局长|主任|区长|镇长|负责人|联系人|书记)(?:是谁|叫什么|姓名|的名字)|叫什么名字")),
)
# How a value looks in a text (folded).
VALUE_FORMS: dict[str, re.Pattern[str]] = {
    "phone": re.compile(r"(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)12\d{3}(?!\d)|电话[:：]"),
    "website": re.compile(r"https?://|www\.|@[a-z]"),
    "address": re.compile(r"路\d+号|\d+号楼|\d+室"),
    "materials": re.compile(r"提交(?:下列|以下)?材料|申请表|申报材料|提供(?:下列|以下)材料|复印件"),
    "deadline": re.compile(r"工作日|\d+日内|个月内|截止"),
    "money": re.compile(r"[\d一二三四五六七八九十百千]+\s*(?:百|千|万|亿|万亿)*元|百亿|千亿|万亿"),
    "percent": re.compile(r"\d+(?:\.\d+)?%|百分之"),
    "person": re.compile(r"(?!)"),
}
# Words of a question that name no topic (folded). What is left once they are gone is what it is about.
_EMPTY_WORDS = re.compile(
    r"请问|请教|请|您好|你好|麻烦|谢谢|我想(?:知道|了解|问)(?:一下)?|想问(?:一下)?|帮(?:我|忙)(?:查|看|列|找)?(?:一下|下)?|问一下|告诉我|一共|总共|共有|合计|总计|"
    r"到底|具体|主要|分别|都|各|各自|大概|现在|目前|这(?:件事|次|份|个|些|里|项|条)?|那(?:份|个|些|里|项|条)?|其中|里面?|中|上|下|方面|当中|关于|对于|在|对|从|把|被|让|将|要|需要|应该|应当|会|能|可以|得|"
    r"负责|牵头|承担|参与|参加|配合|主管|分管|管|做|干|抓|落实|担任|涉及|出现|提到|列|列出|列全|列举|分到|排|数|统计|作为|"
    r"任务|工作|事项|事情|事|活儿?|职责|职能|责任|内容|项目|条款|条目|条|项|个|件|处|份|次|"
    r"哪些|哪几|哪个|哪|什么|啥|多少|几|谁|怎么|怎样|如何|吗|呢|吧|啊|呀|的|了|是|有|和|与|及|或|还|也|就|只|看|光|单|被|由|归|"
    r"部门|单位|牵头单位|责任单位|责任部门|政府|全部|所有|完整|清单|一览|含附件|附件|正文|文件|政策|方案|意见|规划|计划|行动|文本|"
    r"以及|包括|全|名下|最|出来|一下|告诉|给|我|你|您|他们|它|其|该"
)
_PUNCTUATION = re.compile(r"[^一-鿿a-z0-9+]")


@dataclass(frozen=True)
class Query:
    """A question understood. `text` is what is searched; `residue` what it is about once names and empty words go."""

    asked: str
    text: str
    scope: Scope
    bodies: tuple[BodyMention, ...]
    asks: frozenset[Asks]
    values: tuple[ValueKind, ...]
    residue: str
    alternatives: tuple[Scope, ...] = ()
    rewritten: str | None = None

    def narrowed(self, scope: Scope) -> Query:
        return replace(self, scope=scope, alternatives=())

    def about(self, text: str) -> Query:
        return replace(self, text=text)


def cleaned(question: str) -> str:
    """The question on one line, control characters out, no longer than can be searched."""
    visible = "".join(
        " " if character.isspace() else character
        for character in question
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return re.sub(" {2,}", " ", visible).strip()[:QUESTION_LIMIT]


class Understanding:
    """Reads questions against what the corpus has."""

    def __init__(self, gazetteer: Gazetteer, bodies: BodyTable, titles: tuple[str, ...]) -> None:
        self._gazetteer = gazetteer
        self._bodies = bodies
        self._title_words = _title_words(titles)

    def query(self, question: str) -> Query:
        scope = self._gazetteer.scope_of(question)
        mentions = self._bodies.mentions(question, scope.places)
        folded = fold(question)
        return Query(
            asked=question,
            text=question,
            scope=scope,
            bodies=mentions,
            asks=frozenset(kind for kind, pattern in _ASKS if pattern.search(folded)),
            values=tuple(kind for kind, pattern in _VALUES if pattern.search(folded)),
            residue=self._residue(question, mentions),
            alternatives=self._gazetteer.alternatives(question, scope),
        )

    def _residue(self, question: str, mentions: tuple[BodyMention, ...]) -> str:
        kept, position = [], 0
        for mention in mentions:
            kept.append(question[position : mention.start])
            position = mention.end
        plain = fold("，".join([*kept, question[position:]]))
        plain = re.sub("《[^》]*》", "，", plain)
        plain = re.sub(r"(?:19|20)\d\d(?:\s*[-至到]\s*(?:20)?\d\d)?\s*年?|\d\d年", "，", plain)
        for place in self._gazetteer.place_words:
            plain = plain.replace(place, "，")
        for words in self._title_words:
            plain = plain.replace(words, "，")
        return _PUNCTUATION.sub("", _EMPTY_WORDS.sub("", plain))


def _title_words(titles: tuple[str, ...]) -> tuple[str, ...]:
    """The stretches of Chinese that titles are made of, longest first: naming them names no topic."""
    runs: set[str] = set()
    for title in titles:
        plain = fold(title)
        for run in re.findall(r"[一-鿿a-z+]{2,}", plain):
            runs.add(run)
            runs.update(part for part in re.split(r"促进|推进|发展|行动|实施|落实|关于|[市区]", run) if len(part) > 2)
    return tuple(sorted(runs, key=len, reverse=True))
