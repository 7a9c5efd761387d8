"""Writing to terminals and files: JSON that never fails on a stray character, text that is never lost."""

from __future__ import annotations

import json
import sys
from typing import Any

# What other tools take for the end of a line, and JSON allows unescaped.
_LINE_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def prepare_streams() -> None:
    """UTF-8 whatever the locale says; what can't be encoded or decoded is kept, escaped."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def as_line(value: Any) -> str:
    """One line of JSON, Chinese as it is; escaped throughout where a lone surrogate has no UTF-8."""
    text = json.dumps(value, ensure_ascii=False).translate(_LINE_BREAKS)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True)
    return text


def complain(message: str) -> None:
    """One line on standard error."""
    print("policyqa: " + " ".join(message.split()), file=sys.stderr)
