"""`policyqa serve`: the HTTP service on one port."""

from __future__ import annotations

import ipaddress
import logging
import multiprocessing
import os
import socket
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from commands.environment import kept, open_answers, open_corpus, read_settings, settings_from
from commands.exits import CANT, OK, WRONG_USE, CommandError
from index.errors import StaleIndexError
from index.settings import IndexSettings

if TYPE_CHECKING:
    import asyncio

    from fastapi import FastAPI

    from api.places import Places

_HIGHEST, _WORKERS = 65535, 64
_GRACE = 1  # seconds for connections to close once nothing is under way
_FACTORY = "commands.serve:application"
LOG = logging.getLogger("policyqa.service")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="the port (default 7860)")
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        help="processes that share the index; more than one serve the API without the window (default 1)",
    )
    parser.add_argument(
        "--evaluate-here",
        action="store_true",
        help="whoever sits at this machine may run the benchmark without a key: not with other users, not behind a proxy",
    )


def run(options: Namespace) -> int:
    """Serves until interrupted. Raises CommandError (2, 3) for a port or a database that can't be used."""
    from api.host_names import served_under
    from api.places import Places, open_files
    from api.settings import ServiceSettings, parts_of
    from api.streams import take_streams
    from records.private_files import only_for_owner

    if not 0 < options.port <= _HIGHEST:
        raise CommandError(f"--port {options.port}: must be between 1 and {_HIGHEST}.", WRONG_USE)
    if not 0 < options.workers <= _WORKERS:
        raise CommandError(f"--workers {options.workers}: must be between 1 and {_WORKERS}.", WRONG_USE)
    settings, told = settings_from(), read_settings(ServiceSettings)
    _check_evaluate_here(options, told.evaluate_here)
    hosts = parts_of(told.allowed_hosts) or served_under(options.host)
    give_back = take_streams(native=options.workers == 1)
    try:
        places = Places(told.connections, told.connections_each, open_files(), parts_of(told.trusted_proxies))
        with only_for_owner(), _listen(options.host, options.port, places) as listening:
            with kept():
                pass  # brought up to date before anyone asks
            _fresh_index(settings)
            _serve(options, hosts, listening, places)
    finally:
        give_back()
    return OK


def _serve(options: Namespace, hosts: Sequence[str], listening: socket.socket, places: Places) -> None:
    """Until interrupted, from one process or several, which read their settings from the environment themselves."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from api.connections import Connection
    from api.host_names import LOOPBACK
    from commands.worker import threads_beside

    threads_beside(options.workers)
    os.environ["POLICYQA_ALLOWED_HOSTS"] = ",".join(hosts)
    os.environ["POLICYQA_EVALUATE_HERE"] = str(options.evaluate_here)
    config = uvicorn.Config(
        _FACTORY, factory=True, workers=options.workers, log_config=None, access_log=False, proxy_headers=False,
        server_header=False, timeout_graceful_shutdown=_GRACE, loop="asyncio", ws="none",
        http=cast("type[asyncio.Protocol]", partial(Connection, places)),  # with the places that `listening` counts
    )  # fmt: skip
    LOG.info("serving on http://%s:%d (Ctrl-C ends it)", options.host, options.port)
    names = ", ".join(dict.fromkeys((*LOOPBACK, *hosts)))
    LOG.info("answers under the names %s; others: POLICYQA_ALLOWED_HOSTS", names)
    if options.workers == 1:
        uvicorn.Server(config).run([listening])
        return
    LOG.info("the window needs one process: with --workers only the API is served")
    with tempfile.TemporaryDirectory() as metrics:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        Multiprocess(config, [listening]).run()


def application() -> FastAPI:
    """What each serving process runs. One of several has streams of its own to take, before anything else is loaded."""
    if is_one_of_several():
        from api.streams import take_streams

        take_streams(native=True)
    from commands.worker import app_from_environment

    return app_from_environment(with_window=not is_one_of_several())


def is_one_of_several() -> bool:
    """The window keeps each visitor's conversation in its process: it can't be served by several."""
    return multiprocessing.parent_process() is not None


def _fresh_index(settings: IndexSettings) -> None:
    """Built if it isn't there yet or is of other texts, as after a document's change that was cut short."""
    from commands.index import build

    try:
        open_answers(settings, say=LOG.info)
    except StaleIndexError:
        build(open_corpus(settings, LOG.info), settings, LOG.info)


def _check_evaluate_here(options: Namespace, told: bool) -> None:
    """Raises CommandError (2): the right is given in so many words, and only where the network can't reach it."""
    if told and not options.evaluate_here:
        raise CommandError(
            "POLICYQA_EVALUATE_HERE: is set by --evaluate-here. Unset it and give the option.", WRONG_USE
        )
    if options.evaluate_here and not _is_loopback(options.host):
        raise CommandError(
            f"--evaluate-here with --host {options.host}: only with 127.0.0.1, ::1 or localhost, which others can't reach.",
            WRONG_USE,
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int, places: Places) -> socket.socket:
    """Before the model is loaded: is the address one of ours, and nobody else's?"""
    from api.places import Listening

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # with a protocol, or asyncio wouldn't send without delay
        listening = Listening(places, family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise _taken(host, port, error) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise _taken(host, port, error) from None
    return listening


def _taken(host: str, port: int, error: OSError) -> CommandError:
    return CommandError(f"{host}:{port}: {error.strerror or error}. Choose another --host or --port.", CANT)
