"""Words that exclude one another: where the clause has one of a row, a sentence may not say the other.

Each row is one question that a policy settles (who pays, which way, whether at all); each cell holds the words for one
of its answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ROWS: tuple[tuple[str, ...], ...] = (
    ("支持|鼓励|扶持|资助|奖励|补贴|补助|推动|推进|促进|加快|发展|建设|开展|实施|启动|恢复|增设|设立|新设|建立|扩大|推广",
     "暂停|停止|中止|终止|取消|叫停|撤销|关停|关闭|淘汰|清退|停办|废除|废止|压缩|缩减|限制|严控|遏制|打击|放缓|推迟"),
    ("增长|增加|提高|提升|上升|上调|上浮|扩大|增强|延长|放宽|加大|新增|增至", "下降|降低|减少|压减|缩小|下调|下浮|削弱|缩短|收紧|减小|减至|降至|缩减"),
    ("免费|免收|免除|免征|免缴|免交|不收|无偿|豁免|全免|减免|减征", "收费|收取|征收|加收|缴纳|缴交|有偿|自费|付费|交费|缴费|征缴"),
    ("省内|市内|境内|区内|国内|室内|户内|院内", "省外|市外|境外|区外|国外|室外|户外|院外"), ("共同|连带", "个人|单独|独自|陪同"), ("故意", "过失|失误"),
    ("事前|事先|预先|提前", "事后|事中事后|逾期|延后|推迟|滞后"),
    ("线上|网上|在线|网络", "线下|现场|窗口|当面|实地"),
    ("公开|公示|公布", "保密|不公开|内部|秘密"),
    ("书面", "口头|口述"),
    ("主动", "被动|依申请"),
    ("自愿", "强制|强迫"),
    ("全日制", "非全日制|在职"),
    ("本市户籍|本地户籍|本区户籍|户籍人口|本市居民", "外地户籍|非户籍|外来人口|非本市户籍|非本地户籍|外省"),
    ("一次性", "分期|分批|分次|逐年|按年|按月|多次"),
    ("固定期限|有期限", "无固定期限|永久|长期有效|无期限"),
    ("有限责任", "无限责任|连带责任"),
    ("增值税", "所得税", "消费税", "房产税", "契税", "印花税"),
    ("公办", "民办"), ("公立", "私立"), ("国有", "民营|私营"), ("营利性(?<!非营利性)", "非营利性"),
    ("男性|男职工", "女性|女职工"),
    ("初次|首次|第一次|首个|首年", "再次|续期|复审|重复|第二次"),
    ("中小微?企业|小微企业|小型微型企业|微型企业", "大型企业|大企业|龙头企业|规模以上企业|头部企业"),
    ("个人|自然人", "法人|单位|企业"),
    ("优先|优先考虑", "最后|靠后|暂缓"),
    ("从轻|减轻|从宽", "从重|加重|从严"),
    ("上级", "下级"), ("上年|上一年|去年|上年度", "当年|本年|今年|当年度|本年度", "次年|下一年|明年|下年度|次年度"),
    ("当月|本月", "次月|下月|下个月", "上月|上个月"), ("上半年", "下半年"), ("上午", "下午"), ("年初", "年底|年末"), ("月初", "月底|月末"), ("季初", "季末"),
    ("第一季度|一季度", "第二季度|二季度", "第三季度|三季度", "第四季度|四季度"),
    ("工作日", "自然日|日历日"), ("市级", "区级", "县级", "省级", "国家级"),
    ("内资", "外资"), ("进口", "出口"), ("有效", "无效|失效"), ("合格", "不合格"), ("定期", "不定期"),
    ("直接", "间接"), ("全部|全额|全体|所有|一律|均", "部分|差额"),
    ("至少|不少于|不低于|以上|起码", "至多|不超过|不高于|以下|以内"), ("以前|之前", "以后|之后"),
    ("城镇|城市|城区", "农村|乡村|农民"), ("集中", "分散"), ("统一", "自行|各自|分头"),
    ("一级|甲级|特级", "二级|乙级", "三级|丙级"), ("东部", "西部", "南部", "北部"),
    ("买方|购买方|承租人|承租方", "卖方|出售方|出租人|出租方"), ("用人单位", "劳动者|职工个人"),
    ("贷款人|出借", "借款人|借入"), ("招标人", "投标人"), ("申请人", "审批机关|受理机关"), ("甲方", "乙方"),
)  # fmt: skip
_CELLS = tuple(tuple(re.compile(rf"(?<![不非未无])(?:{words})") for words in row) for row in ROWS)


_WHEN = re.compile("([一-鿿]{2})(?:之|以)?(前|后)(?![一-鿿]?(?:款|述|期|往|沿|台|果|续|者|勤))")
_OTHER_WHEN = {"前": "后", "后": "前"}


_SINCE = re.compile("([一-鿿]{2})之日")


def counted_from(said: str, carried: str) -> Iterator[str]:
    """Another event from which a time is counted: 缴费之日 for 出生之日."""
    own = set(_SINCE.findall(carried))
    for event in _SINCE.findall(said):
        if own and event not in own and event not in carried:
            yield event + "之日"


def moved(said: str, carried: str) -> Iterator[str]:
    """Before for after: 施工后 where the clause says 施工前."""
    own = {found.groups() for found in _WHEN.finditer(carried)}
    for found in _WHEN.finditer(said):
        event, when = found.groups()
        if (event, when) not in own and (event, _OTHER_WHEN[when]) in own:
            yield found[0]


def opposed(said: str, carried: str, here: str) -> Iterator[str]:
    """Words of `said` whose opposite, and not they, stand in `carried`, the stretches that carry it, nor in `here`."""
    for cells in _CELLS:
        for index, cell in enumerate(cells):
            for found in cell.finditer(said):
                others = [other for at, other in enumerate(cells) if at != index]
                if cell.search(carried) or any(other.search(said) for other in others):
                    continue
                if found[0] not in here and any(other.search(carried) for other in others):
                    yield found[0]
