"""Whose a request is, as far as rates and shares go."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from records.keys import ANONYMOUS, Holder

_V6_NETWORK = 64  # bits of an IPv6 address that one customer has to himself


def asker_of(scope: Mapping[str, Any]) -> str:
    """The key of an ASGI request, `key:…`, or where it comes from, `address:…`."""
    holder: Holder = scope.get("state", {}).get("caller", ANONYMOUS)
    return f"key:{holder.key_id}" if holder.key_id else f"address:{network_of(scope)}"


def network_of(scope: Mapping[str, Any]) -> str:
    """The client's address; of an IPv6 one the network, which is what one customer has."""
    address = (scope.get("client") or ("unknown", 0))[0]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:  # how a socket for both kinds shows the older one
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _V6_NETWORK), strict=False))
