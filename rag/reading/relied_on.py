"""What a question names only as what something else rests on: 落实市里方案的意见, 按照《……》."""

from __future__ import annotations

import re

_RELIED_ON = re.compile(r"(?:落实|按照|根据|依据|依照|执行|贯彻|参照|对接)[^《》,。]{0,6}$")


def is_relied_on(before: str) -> bool:
    """Whether the folded words that stand before a name say so."""
    return bool(_RELIED_ON.search(before))
