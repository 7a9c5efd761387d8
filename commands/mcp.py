"""`policyqa mcp`: tools for language models, on standard input and output."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from commands.environment import open_answers, settings_from
from commands.exits import OK


def configure(parser: ArgumentParser) -> None:
    """No options."""


def run(_options: Namespace) -> int:
    """Serves until standard input ends."""
    from api.mcp import mcp_server
    from api.services import services_of

    mcp_server(services_of(open_answers(settings_from()))).run("stdio")
    return OK
