"""Who may run the benchmark, bring a question file and take a report away."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from records.keys import ANONYMOUS

SIGN_IN = "评测需要工作人员身份：先在“热线工作台”的“审核”里用密钥登录。"
_HANDED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_OWN_PAGES = ("same-origin", "none")  # `none`: typed into the address bar


@dataclass(frozen=True)
class Evaluators:
    """Staff; where the operator has said `here`, also whoever sits at the machine, be it another of its users.

    A proxy that hands on no header of its own makes everybody sit at the machine: nobody but the operator knows that
    there is none.
    """

    here: bool = False

    def include(self, scope: Scope) -> bool:
        caller = scope.get("state", {}).get("caller", ANONYMOUS)
        return bool(caller.may("staff")) or (self.here and at_the_machine(scope))


def at_the_machine(scope: Scope) -> bool:
    """Whether a request was made on this machine, for this machine, and by no page of another site.

    Behind a proxy every peer is this machine: what any proxy has handed on doesn't count.
    """
    headers = Headers(scope=scope)
    return (
        _is_loopback((scope.get("client") or ("", 0))[0])
        and _is_loopback(_name_in(headers.get("host", "")))
        and not any(name in headers for name in _HANDED_ON)
        and not scope.get("state", {}).get("handed_on")
        and headers.get("sec-fetch-site", "none") in _OWN_PAGES
    )


def _name_in(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: Any) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
