"""`policyqa mcp`: tools for language models, on standard input and output."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from commands.environment import kept, open_answers, settings_from
from commands.exits import OK


def configure(parser: ArgumentParser) -> None:
    """No options."""


def run(_options: Namespace) -> int:
    """Serves until standard input ends."""
    from api.mcp import mcp_server
    from rag.live import LiveQa
    from records.services import services_of

    qa = open_answers(settings_from())
    with kept() as records:
        mcp_server(services_of(LiveQa(qa), records)).run("stdio")
    return OK
