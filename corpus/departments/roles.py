"""The words that say which part a body has, as tables: a new wording is a row. All match folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.types import Role

_UNIT = r"(?:(?:单位|部门|机构|机关|主体|科室|处室|股室)(?:[、/和及或与]?(?:\(?(?:单位|部门|机构)\)?))?)"
_WHOSE = "(?:主要|第一|具体|[省市区县]级?|项目|任务)?"
# Label of a bracket, a line or a column -> role.
ROLE_LABELS: tuple[tuple[str, Role], ...] = (
    (
        rf"{_WHOSE}(?:(?:总?牵头|主办|主责|主管|主体责任)(?:责任|负责)?{_UNIT}|(?:总?牵头|主办|主责)(?:[、及和/]?(?:配合|责任|协办))?{_UNIT}?)",
        "lead",
    ),
    (
        rf"{_WHOSE}(?:责任|负责|承办|落实|实施|组织实施|执行|办理|完成|承担|经办|受理|对接|推进)(?:责任)?{_UNIT}|(?:责任|职责|任务)?分工",
        "responsible",
    ),
    (rf"{_WHOSE}(?:(?:配合|协办|协助|协同|支持|协作)(?:责任)?{_UNIT}?)", "cooperating"),
    (rf"{_WHOSE}(?:(?:共同)?(?:参与|参加|指导)(?:{_UNIT})?)", "participating"),
    (rf"(?:审批|批准|审核){_UNIT}", "approving"),
    (rf"(?:监督|督办|督导|督查|监管|监督管理){_UNIT}", "supervising"),
)
_DUTY = "(?:职责|职能|职权|权限|任务)"
_BY_DUTY = f"(?:(?:按照?|依照?|根据|依据)(?:各自|相应|有关)*(?:工作|部门)?{_DUTY}?(?:范围)?(?:分工)?|(?:各自)?{_DUTY}?(?:范围)?(?:分工)?)"
_HOW = "(?:分别|共同|具体|分头|统筹|联合|各自|分级|总体|归口|抓好|协同|组织|积极|密切|全力)*"
_DOING = "(?:指导|落实|实施|推进|组织实施|组织|协调|推动|办理|执行|完成|承担)?"
# Words after the names, in brackets such as （市科委牵头，市商务委配合） -> role.
ROLE_VERBS: tuple[tuple[str, Role], ...] = (
    (rf"(?:负责)?总?牵头(?:负责|抓总|组织)?{_DOING}|主办|主责|抓总|为主(?:负责)?", "lead"),
    (
        rf"{_BY_DUTY}{_HOW}负责{_DOING}|承办|{_HOW}(?:贯彻)?(?:落实|实施|承担|办理|执行)|(?:按照?|依照?)(?:各自)?职[责能](?:分工)?{_HOW}(?:落实|推进|实施|推动|组织)+",
        "responsible",
    ),
    (rf"{_BY_DUTY}{_HOW}(?:配合|协助|协办|支持配合)(?:落实|实施|做好|推进)?", "cooperating"),
    (rf"{_BY_DUTY}(?:共同|等|积极|协同)?(?:参与|参加)", "participating"),
)
_SAME = re.compile(r"(?:[、,]?与?)(?:同上|同前|上同|同上[一]?[条项款])")
_FIRST = "(?:第一(?:位|名|个|家)?|首(?:位|个|家|列|名)?|最前(?:面)?|前)"
_FIRST_LEADS = re.compile(
    rf"(?:排名?|排列|列|居|位|名列|位列|排序)?[在于]?{_FIRST}(?:者|的)?(?:责任)?(?:单位|部门|机构)?(?:均|皆)?(?:为|是|系)(?:该?项?(?:任务|工作)的?)?"
    r"(?:总?牵头|主办|主责)"
)
_HOLDS_ON = re.compile("下同|以下|各项|各条|均|每项|余同")
_OTHER_LABEL = re.compile(r"(?:^|[;,。\s])(?P<label>[一-鿿]{2,10}):")  # (…;适用范围:…), (…,完成时限:…)
_STOP = re.compile("。")
_HOSTS = re.compile("[主承协]办")
_LONGEST_VERB = 24  # characters in which a verb at the end of the words lies


_ANY_LABEL = "|".join(f"(?P<{role}>{words})" for words, role in ROLE_LABELS)
_LABEL = re.compile(rf"(?:{_ANY_LABEL})\s*(?:分别)?(?:为|是)?\s*:")
_LABEL_ALONE = re.compile(_ANY_LABEL)
_VERBS = tuple((re.compile(rf"(?:{words})$"), role) for words, role in ROLE_VERBS)


@dataclass(frozen=True)
class Labelled:
    """Words after a role's label: `start` and `end` in the text, the label not in them."""

    role: Role
    start: int
    end: int


def begins_with_label(folded: str, at: int = 0) -> bool:
    """Whether a role's label with its colon stands at `at`."""
    return bool(_LABEL.match(folded, at))


def is_labelled(folded: str) -> bool:
    """Whether the words begin with a label and one of a role is among theirs."""
    start = len(folded) - len(folded.lstrip())
    return begins_with_label(folded, start) or bool(_OTHER_LABEL.match(folded, start) and _LABEL.search(folded))


def is_label_of_units(folded: str, at: int = 0) -> bool:
    """责任单位：, not 支持：, which may open a sentence too."""
    found = _LABEL.match(folded, at)
    return bool(found and re.search(_UNIT, found[0]))


def is_label_of_hosts(folded: str, at: int = 0) -> bool:
    """主办：, 承办单位：: who runs a web site or an event, said below pages and notices."""
    found = _LABEL.match(folded, at)
    return bool(found and _HOSTS.match(found[0]))


def role_of_label(folded: str) -> Role | None:
    """The role that words say as a label alone: the head of a column, 【责任单位】."""
    found = _LABEL_ALONE.fullmatch(re.sub(r"[\s:*]", "", folded))
    return found.lastgroup if found else None  # type: ignore[return-value]


def labelled(folded: str) -> Iterator[Labelled]:
    """Each role's label with the words up to the next label, of a role or of anything else."""
    labels = list(_LABEL.finditer(folded))
    stops = sorted(
        {found.start() for found in labels} | {found.start("label") for found in _OTHER_LABEL.finditer(folded)}
    )
    for label in labels:
        end = next((stop for stop in stops if stop >= label.end()), len(folded))
        yield Labelled(label.lastgroup, label.end(), end)  # type: ignore[arg-type]


def verb_at_end(folded: str) -> tuple[Role, int] | None:
    """The role that the last words say, and how many characters stand before them."""
    offset = max(0, len(folded) - _LONGEST_VERB)
    tail = folded[offset:]
    best: tuple[Role, int] | None = None
    for pattern, role in _VERBS:
        found = pattern.search(tail)
        if found and offset + found.start() > 1 and (best is None or offset + found.start() < best[1]):
            best = role, offset + found.start()
    return best


def says_the_same(folded: str) -> bool:
    """同上, with or without a label before it."""
    words = re.sub(r"[\s:。;]", "", folded)
    found = _LABEL_ALONE.match(words)
    return any(_SAME.fullmatch(part) for part in (words, words[found.end() :] if found else ""))


def without_remark(folded: str) -> str:
    """The words up to a sentence about them: 。列第一位者为牵头单位, 下同."""
    stops = [found.start() for found in (_STOP.search(folded), _FIRST_LEADS.search(folded)) if found]
    words = folded[: min(stops)] if stops else folded
    return re.sub(r"[,;、(\s]*(?:以?下同|余同)?[,;、(\s]*$", "", words)


def first_leads(folded: str) -> bool:
    """Whether the words say that of the bodies listed the first leads."""
    return bool(_FIRST_LEADS.search(folded))


def first_leads_from_here(folded: str) -> bool:
    """Whether they say so of what comes after them too."""
    found = _FIRST_LEADS.search(folded)
    return bool(found and _HOLDS_ON.search(folded, max(0, found.start() - 30), found.end() + 16))
