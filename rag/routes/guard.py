"""Questions that are refused before any search: unsafe, out of scope, about places or documents that aren't here."""

from __future__ import annotations

import re

from corpus.script import fold
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import short_title
from rag.question import Query
from rag.routes import lookup
from rag.talk import reply
from rag.types import Draft

# (folded) A request to reveal what the product is made of.
_REVEALS = re.compile(
    r"系统提示词|提示词|system\s*prompt|环境变量|api\s*密?key|api密钥|你的(?:指令|设定|配置|规则|密钥)|"
    r"(?:初始|内部|隐藏|原始)的?(?:指令|设定|设置|提示|规则)|开发者模式|越狱|jailbreak|管理员(?:权限|密码|身份)|源代码|数据库密码|"
    r"(?:repeat|print|reveal|output)[^,.?]{0,20}(?:above|prompt|instruction|system)"
)
# (folded) Acts that harm; a question for the way to do one is refused, one for what follows from it is a question.
_HARMS = re.compile(
    r"逃税|偷税|漏税|骗补|骗取|造假|作假|伪造|编造|行贿|洗钱|走私|刷单|高仿|假货|假酒|假证|假发票|虚开发票|绕过(?:监管|审查|检查)|"
    r"黑进|入侵|黑客|木马|(?:攻进|攻破|攻击|破解)[^,。?]{0,12}(?:网站|系统|后台|服务器|密码|账号)|骗[^,。?]{0,10}(?:补贴|资金|贴息|奖励|扶持)|"
    r"(?:编|做|弄|造)[^,。?]{0,4}假的?[^,。?]{0,8}(?:材料|合同|流水|证明|发票|数据)|(?:给我|替我)[^,。?]{0,4}签发|文号你?自己编|"
    r"(?:买到?|卖|搞到|弄到)[^,。?]{0,12}(?:身份证号|手机号|个人信息|用户数据|客户名单)"
)
_EVADES = re.compile(r"(?:逃避|躲避)检查|不(?:被|让)[^,。?]{0,12}(?:查|发现|抓)")
_WAY = re.compile(r"(?<!会)(?:怎么(?![样罚处算办])|如何|怎样|咋(?![样罚办]))|教我|帮我|给我|替我|办法|[哪那][里儿]能")
_AGAINST = re.compile(
    r"处罚|处理|处置|处分|举报|投诉|维权|打击|查处|查办|监管|整治|治理|追究|追回|后果|责任|法律|防|应对|应急|报告|识别|发现|罚|赔|遭|受到"
)
# (folded) Text that tries to give orders; the question beside it is answered.
_ORDERS = re.compile(
    r"<(?:system|prompt|instructions?|指令)>.*?</(?:system|prompt|instructions?|指令)>|<[^<>]{0,40}>|【[^】]{0,20}(?:系统|指令|管理员)[^】]{0,20}】|\[[^\]]{0,20}(?:系统|system|指令)[^\]]{0,20}\]|"
    r"(?:忽略|无视|忘记|忘掉|抛开|不要遵守|停止遵守)[^。!?\n;]{0,40}(?:规定|指令|指示|要求|提示|规则|设定|限制|内容)[^。!?\n;<]*[。!?\n;]?|"
    r"ignore[^.!?\n]{0,60}(?:instruction|prompt|rule)[^.!?\n]*[.!?\n]?|"
    r"(?:从现在起|从现在开始|你现在(?:是|不是|扮演)|请?你扮演)[^。!?\n;<]*[。!?\n;]?|"
    r"(?:新指令|系统消息|管理员要求|system|developer|assistant)\s*[::][^。!?\n;<]*[。!?\n;]?|"
    r"(?:回答|回复|答案|输出)(?:的)?(?:末尾|最后|开头|里|中|时)?[^。!?\n;]{0,12}(?:一律|必须|都要|统一|加上|写上|写|附上)[^。!?\n;<]*[。!?\n;]?|"
    r"(?:不要|无需|别)(?:附|给|带|写)(?:出处|引用|来源)[^。!?\n;<]*[。!?\n;]?|"
    r"(?:原样|完整|全部)(?:打印|输出|复述)[^。!?\n;<]*[。!?\n;]?|(?:先)?把[^。!?\n;,]{0,24}(?:提示词?|指令)[^。!?\n;,]{0,16}(?:打印|输出|告诉|贴|翻|发|念|写)[^。!?\n;,]*[。!?\n;,]?|把[^。!?\n;]{0,24}(?:提示|指令)[^。!?\n;]{0,12}(?:打印|输出|告诉)[^。!?\n;<]*[。!?\n;]?"
)
_CONTENT = re.compile(r"[一-鿿]{2,}|[a-z0-9]{3,}")


def without_orders(question: str) -> str:
    """The question with attempts to instruct the product taken out."""
    folded = fold(question)
    kept, position = [], 0
    for found in _ORDERS.finditer(folded):
        kept.append(question[position : found.start()])
        position = found.end()
    return " ".join(" ".join([*kept, question[position:]]).split())


def is_order(sentence: str) -> bool:
    """Whether a sentence tries to instruct the product; no answer does."""
    return bool(_ORDERS.search(fold(sentence)))


def refuse(asked: str, query: Query, library: Library, follows: bool = False) -> Draft | None:
    """A refusal for what must not or can't be answered, or the reply to what is no question; None when it may go on.

    `follows` of a question that something was said before.
    """
    folded = fold(asked)
    own = fold(without_orders(asked))
    is_named = query.scope.places or query.bodies
    if (
        _is_unsafe(own)
        or _is_unsafe(fold(query.asked))
        or (_ORDERS.search(folded) and not _CONTENT.search(own))
        or (_is_unsafe(folded) and not is_named)
    ):
        return Draft("refused", MESSAGES["unsafe"], reason="unsafe")
    if query.kinds.is_talk:
        return reply(next(iter(query.kinds.talk)), library.corpus, library.handover)  # type: ignore[arg-type]
    if not _CONTENT.search(fold(query.asked)) or (not follows and _is_elsewhere(query, library)):
        return Draft("refused", MESSAGES["out_of_scope"], reason="out_of_scope")
    if query.scope.foreign and not query.scope.places:
        return of_no_place(query, library)
    if query.scope.missing_document:
        known = "、".join(f"《{short_title(document)}》" for document in library.corpus.documents)
        message = MESSAGES["document_not_in_corpus"].format(document=query.scope.missing_document, known=known)
        return Draft("refused", message, reason="not_in_corpus")
    return None


def of_no_place(query: Query, library: Library) -> Draft:
    """The refusal for places that no document is of."""
    places = "、".join((*query.scope.foreign, *query.scope.spoken_of))
    message = MESSAGES["place_not_in_corpus"].format(places=places, known="、".join(_places(library)))
    return Draft("refused", message, reason="not_in_corpus")


def _is_unsafe(folded: str) -> bool:
    """Whether the way to do harm is asked for, or what the product is made of."""
    if _REVEALS.search(folded):
        return True
    harm = _HARMS.search(folded)
    if not _WAY.search(folded) or not (harm or _EVADES.search(folded)):
        return False
    return bool(_EVADES.search(folded)) or not _AGAINST.search(_HARMS.sub("", folded))


def _is_elsewhere(query: Query, library: Library) -> bool:
    """It sounds like no matter of policy, names nothing that the texts have, and nothing of theirs is near."""
    if not query.kinds.is_elsewhere or query.scope.places or query.scope.documents or query.bodies:
        return False
    return not lookup.is_near(query, library)


def _places(library: Library) -> tuple[str, ...]:
    rows = (document.metadata.jurisdiction for document in library.corpus.documents)
    return tuple(dict.fromkeys(place for place in rows if place))
