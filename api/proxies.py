"""The proxies in front of the service, whose word about a request counts."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any


class Proxies:
    """Peers in these networks. An IPv4 peer on a socket for both kinds is the IPv4 address it is."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = tuple(ipaddress.ip_network(network) for network in networks)

    def sent(self, scope: Mapping[str, Any]) -> bool:
        """Whether a proxy handed the request on: asked before X-Forwarded-For puts the client into the proxy's place."""
        try:
            peer = ipaddress.ip_address((scope.get("client") or ("", 0))[0])
        except ValueError:
            return False
        if isinstance(peer, ipaddress.IPv6Address) and peer.ipv4_mapped is not None:
            peer = peer.ipv4_mapped
        return any(peer in network for network in self._networks)
