"""Words that widen or narrow whom or what a rule is for: said only where the clause has one of their like."""

from __future__ import annotations

import re
from collections.abc import Iterator

# (what a sentence says, what the clause must have for it)
TABLE: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(pattern), re.compile(own))
    for pattern, own in (
        ("所有(?!权|者|制|人)|一切|全部|一律|任何|无论|不论|全都|全体|随时|(?<!规模)不限(?!制)|无条件|统统|通通",
         "所有(?!权|者|制)|一切|全部|一律|任何|无论|不论|不管|凡|均|各|全体|全[市省国区县]|不限|每|都|不得|禁止|一并"),
        ("只(?!要|需|好|得|怕|是|有权|罚|没收)|仅(?!仅?是)|唯一|限于|单单", "只|仅|唯一|限于|专|不得|禁止|方可|除|范围"),
        ("统一(?!战线|的)", "统一|统筹|全国|集中"),
        ("自行(?!车)", "自行|自己|自主|自愿|依法"),
        ("酌情|视情况?|斟酌", "酌情|视|情节|情况|根据|可以"),
        ("自愿", "自愿|自主|可以|协商|约定"),
        ("直接(?!负责|责任|关系|利害|损失|选举)", "直接"),
        ("即可(?!以)|便可", "可以?|即可"),
        ("永久|终身|长期有效|无限期", "永久|终身|长期|无限期"),
        ("免费|免收|无偿|免交|不收费|不花钱", "免|无偿|不收|不得收"),
        ("补贴|补助|奖励(?!办法|制度|仪式)|奖金|现金|报销", "补贴|补助|奖|资助|扶持|资金|给付|报销|补偿"),
        ("罚款|罚金", "罚"),
        ("书面", "书面|文书|函|签订|合同|材料|报告|方案|申请书|通知书|决定书|协议"),
        ("刑事|判刑|坐牢|拘留", "刑|犯罪|拘留|治安"),
        ("也(?:要?按|属于|适用|视同|包括在内|算|归|一样)", "也|同样|参照|视同|按照|以及|包括|适用|属于|和|、|除"),
    )
)  # fmt: skip
_EVERY = re.compile(
    "每(?:隔)?[一二两三四五六七八九十半0-9]*个?(?:年|月|日|天|周|季度?|学期|学年|小时|人|户|次|平方米|亩|公里|件|家)"
)
_EVERY_LIKE = re.compile("每|按[年月日天季周]|年度|逐[年月]|人均|户均|一年|定期")


def widened(said: str, here: str) -> Iterator[str]:
    """Words of `said` for which `here`, all the clause, has none."""
    for pattern, own in TABLE:
        if not own.search(here):
            yield from pattern.findall(said)
    if not _EVERY_LIKE.search(here):
        yield from _EVERY.findall(said)
