"""Links, addresses and markup in a sentence that no row prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINKS = re.compile(
    r"!?\[[^\[\]]*\]\([^()\s]*\)?|(?:https?|ftp|file|data|javascript|mailto|tel)\s*:\s*[^\s，。；）]+|www\.[^\s，。；）]+"
    r"|[a-z0-9._-]+@[a-z0-9-]+\.[a-z]+|(?<![a-z0-9])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|io|info|top|xyz|cc|vip|shop|site|app|me)(?![a-z])[^\s，。；）]*"
)
_MARKS = re.compile(
    r"<[/!]?[a-z][^<>]*>?|&(?:#\d+|[a-z]+);|!\[|\]\(|\[[^\[\]]+\]\[|^\s*\[[^\]]+\]:|```|~~|\*\*|\$\$|\{\{|<\|"
)


def foreign_markup(said: str, here: str) -> Iterator[str]:
    """Whatever looks like an address or like markup and isn't printed in `here`; both folded."""
    plain = here.replace(" ", "")
    rest = said
    for found in _LINKS.finditer(said):
        if found[0].replace(" ", "").rstrip("/.,") not in plain:
            yield found[0]
        rest = rest.replace(found[0], "，")
    for found in _MARKS.finditer(rest):
        if found[0] not in here:
            yield found[0]
