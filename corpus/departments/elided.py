"""Names that share a beginning or an end: 市发展改革、财政部门 are 市发展改革部门 and 市财政部门."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.departments.kinds import is_body
from corpus.names_table import fields, office_stems

_KIND = re.compile("(?:行政)?(?:主管|管理|监督管理|执法)?(?:部门|机关|机构)$")
_KIND_AFTER = re.compile("等(?:相关|有关|其他)*(?P<kind>(?:行政)?(?:主管|管理)?(?:部门|机关|机构))")
_NO_LEVEL = "(?!场|政(?![府协])|容|民|域|长)"  # 市场监管
_OF_GOVERNMENT = "(?:[一-鿿]{0,8}?(?:人民)?政府(?:及其)?)"
_LEVEL = rf"(?:(?:自治)?[省市区县州旗]{_NO_LEVEL}(?:\([省市区县、旗州]+\))?)"
_PLACE = rf"(?:[一-鿿]{{2,6}}?(?:新区|[省市区县州]){_NO_LEVEL})"
_WHOSE = re.compile(
    rf"(?:国务院|县级以上(?:地方)?(?:各级)?{_OF_GOVERNMENT}|(?:各级|地方){_OF_GOVERNMENT}|(?:全[国省市区县])?各级"
    rf"|[市省]和{_PLACE}|各?{_LEVEL}(?:[、和及]{_LEVEL})*{_OF_GOVERNMENT}?|{_PLACE})"
)
_OFFICE_LEVEL = re.compile(f"[省市区县州旗]{_NO_LEVEL}")


def completed(names: Sequence[str], after: str = "") -> list[str | None]:
    """For each simplified name of one row its whole name, None where the print is whole. `after` follows the row."""
    if len(names) < 2 and not after:
        return [None] * len(names)
    kind = _kind_of_row(names, after)
    whose = _WHOSE.match(names[0]) if names else None
    return [_whole(name, kind, whose[0] if whose else "", index) for index, name in enumerate(names)]


def _kind_of_row(names: Sequence[str], after: str) -> str:
    following = _KIND_AFTER.match(after)
    own = _KIND.search(names[-1]) if names else None
    return following["kind"] if following else own[0] if own else ""


def _whole(name: str, kind: str, whose: str, index: int) -> str | None:
    ending = _KIND.search(name)
    bare = name[: ending.start()] if ending else name
    has_end = ending is not None or is_body(name)
    end = "" if has_end or not kind else kind
    begin = whose if index and whose and not _WHOSE.match(name) and _may_share(name, bare, bool(end), whose) else ""
    return f"{begin}{name}{end}" if begin or end else None


def _may_share(name: str, bare: str, is_elided: bool, whose: str) -> bool:
    """Whether the body is one that the level named before it has too: 海关 and 人民银行 are nobody's."""
    if is_elided or bare in fields():
        return True
    return bool(_OFFICE_LEVEL.fullmatch(whose)) and name in office_stems()
