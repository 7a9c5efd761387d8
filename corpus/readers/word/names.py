"""Word's XML by its qualified names."""

from __future__ import annotations

from typing import Any

Element = Any  # an lxml element: lxml ships no types

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFF = frozenset(["0", "false", "off", "none"])


def w(name: str) -> str:
    """w:name."""
    return _MAIN + name


def m(name: str) -> str:
    """m:name, of a formula."""
    return _MATHS + name


def local(element: Element) -> str:
    """The name without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(parent: Element | None, *path: str) -> str | None:
    """w:val of the element down this path of names; None where one is missing."""
    for name in path:
        parent = parent.find(w(name)) if parent is not None else None
    return None if parent is None else parent.get(w("val"), "")


def number(parent: Element | None, *path: str) -> int | None:
    """As `value`, where it is a number."""
    found = value(parent, *path)
    try:
        return int(found) if found and len(found) < 12 else None
    except ValueError:
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where it isn't said."""
    found = value(parent, name)
    return None if found is None else found not in _OFF
