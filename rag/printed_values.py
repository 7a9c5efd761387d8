"""How a value of each kind may be printed, widely: where nothing of a clause matches, the clause gives none.

For finding out that a value isn't there; what matches need not be one. A new form is a word of a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_N = "(?:[0-9][0-9,.]*|[一二三四五六七八九十百千万两零〇半几数]+)"
_COUNTED = (
    "个|家|户|条|项|座|处|辆|台|套|人|名|位|件|批|所|类|种|次|倍|只|张|份|间|部|公里|千米|米|厘米|吨|公斤|千克|克|岁|万|亿|艘|架|层|楼|根|"
    "字|本|门|班|床|级|档|期|届|支|篇|号|瓦|千瓦|度|升|毫升|组|对|头|株|棵|杆|块|盏|站|套|线|%|\\+|余|多|左右|以上|以下|以内"
)
_MONEY = (
    f"{_N}(?:余|多)?(?:百|千|万|亿)*(?:元|块|角|分钱|美元)|免费|免收|免交|免缴|不收|无偿|减免|实报实销|全额|市场租金"
)
_TIME = (
    f"{_N}(?:余|多)?个?(?:工作日|自然日|日|天|小时|分钟|秒|月|年|周|星期|学期|学年|季度|季)|"
    "当[日天场月年]|即时|即日|随时|立即|及时|长期|永久|终身|有效期|次[日月年]|同时|届满|[每按半逐](?:日|天|周|月|年|季)"
)
_DATE = f"[0-9]{{2,4}}年|{_N}[月日号]|年[末底内初中]|[上下]半年|起施行|之日|之前|以前|截止|时限|期限|期间|{_TIME}"
_PLACE = "路|街|道|号|楼|室|栋|区|镇|乡|村|城|站|场|园|院|校|馆|厅|所|处|局|窗口|网点|中心|大厅|平台|机构|地点|地址|地区|门店|银行|社区|网上|线上|现场|当地|所在地|居住地|户籍地"
PRINTED: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "money": _MONEY,
        "percent": f"[0-9][0-9.]*[%‰]|百分|千分|{_N}分之|{_N}(?:成|折|倍)|[半全]价|[半全]额|减半|免费|比例|费率|利率|百分点",
        "count": f"{_N}(?:{_COUNTED})|[0-9]|唯一|不限|每",
        "duration": _TIME,
        "date": _DATE,
        "phone": "[0-9]{7,}|(?<![0-9])(?:1[0-9]{4}|9[0-9]{4})(?![0-9])|[0-9]{3,4}-[0-9]|电话[:为是]|热线",
        "website": "https?:|www|[a-z]\\.(?:com|cn|gov|net|org)|网[址站页]|公众号|小程序|app|客户端|平台|邮箱|@|网上|服务网",
        "place": _PLACE,
        "age": f"{_N}(?:周岁|岁)|周岁|成年|年龄|老年人|儿童|婴幼儿",
        "area": f"{_N}(?:余|多|万|百|千)*(?:平方|平米|亩|公顷|㎡|m2)|面积",
        "points": f"{_N}(?:\\.[0-9]+)?分(?!之)|积分|分值|得分|评分",
    }.items()
}


def has_any(kind: str, folded: str) -> bool:
    """Whether a folded text may give a value of the kind; of a kind without printed forms it always may."""
    return kind not in PRINTED or bool(PRINTED[kind].search(folded))
