"""`policyqa serve`: the HTTP service on one port."""

from __future__ import annotations

import socket
from argparse import ArgumentParser, Namespace

from commands.environment import open_answers, settings_from
from commands.exits import CANT, OK, WRONG_USE, CommandError
from commands.output import complain

_HIGHEST = 65535
_GRACE = 20  # seconds that requests in flight are given


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="the port (default 7860)")


def run(options: Namespace) -> int:
    """Serves until interrupted. Raises CommandError (2, 3) for a port that can't be used."""
    import uvicorn

    from api.services import services_of
    from server import build_app

    if not 0 < options.port <= _HIGHEST:
        raise CommandError(f"--port {options.port}: must be between 1 and {_HIGHEST}.", WRONG_USE)
    _check_free(options.host, options.port)
    app = build_app(services_of(open_answers(settings_from())))
    complain(f"serving on http://{options.host}:{options.port} (Ctrl-C ends it)")
    uvicorn.run(
        app, host=options.host, port=options.port, log_level="warning", access_log=False,
        timeout_graceful_shutdown=_GRACE, server_header=False,
    )  # fmt: skip
    return OK


def _check_free(host: str, port: int) -> None:
    """Before the model is loaded: is the address one of ours, and nobody else's?"""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise CommandError(
            f"{host}:{port}: {error.strerror or error}. Choose another --host or --port.", CANT
        ) from None
