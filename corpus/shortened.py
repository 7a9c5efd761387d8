"""A long text cut to what is read of it."""

from __future__ import annotations


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning and end with a blank between, together `limit` characters and one."""
    half = limit // 2
    return text if len(text) <= limit else f"{text[:half]} {text[-half:]}"
