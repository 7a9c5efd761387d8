"""Names of hosts as requests and operators write them."""

from __future__ import annotations

import ipaddress
import re

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,253})(?::[0-9]{1,5})?")
_ANY_ADDRESS = ("0.0.0.0", "[::]")  # to listen on, no name to be asked under


def name_in(host: str) -> str | None:
    """The name in a Host header, in lower case and without the port; None for what is no name."""
    found = _HOST.fullmatch(host.lower())
    if found is None:
        return None
    name = found[1]
    if not name.startswith("["):
        return name
    try:
        return f"[{ipaddress.IPv6Address(name[1:-1]).compressed}]"
    except ValueError:
        return None


def allowed_name(text: str) -> str:
    """A name as an operator writes it: `policy.example.org`, `*.example.org`, an address. Raises ValueError."""
    wildcard = "*." if text.startswith("*.") else ""
    bare = text.removeprefix("*.").lower()
    if ":" in bare and not bare.startswith("["):
        bare = f"[{bare}]"
    try:
        bare = bare if bare.isascii() else bare.encode("idna").decode("ascii")
    except UnicodeError:
        bare = ""
    name = name_in(bare)
    if name is None or (bare.startswith("[") and not bare.endswith("]")) or (wildcard and "." not in name):
        raise ValueError(f"{text!r} is no host such as policy.example.org, *.example.org or 192.0.2.7, without a port")
    return wildcard + name


def served_under(host: str) -> tuple[str, ...]:
    """The names of a service that listens on `host` and was told no others."""
    try:
        name = allowed_name(host)
    except ValueError:
        return LOOPBACK
    return LOOPBACK if name in (*LOOPBACK, *_ANY_ADDRESS) else (*LOOPBACK, name)
