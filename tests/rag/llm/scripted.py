"""An OpenAI-compatible server on loopback that plays a script: one behaviour a request, the last one again and again."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


@dataclass
class Script:
    """What to play, and what came in: request bodies, and how many clients left in the middle."""

    behaviours: Sequence[Behaviour]
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    script: Script
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        script = self.script
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        script.requests.append(json.loads(body))
        turn = min(len(script.requests), len(script.behaviours)) - 1
        try:
            script.behaviours[turn](self)
        except OSError:
            script.left.append(time.monotonic())
        self.close_connection = True

    def log_message(self, *_arguments: object) -> None:
        """Nothing on stderr."""

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("connection", "close")
        self.end_headers()

    def piece(self, text: str) -> None:
        chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "scripted",
                 "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}]}  # fmt: skip
        self.raw(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def done(self) -> None:
        self.raw(b"data: [DONE]\n\n")


def says(*pieces: str, pause: float = 0.0) -> Behaviour:
    """A well-behaved stream of these pieces."""

    def play(handler: Handler) -> None:
        handler.begin()
        for text in pieces:
            handler.piece(text)
            time.sleep(pause)
        handler.done()

    return play


def fails(status: int, body: str = "{}", **headers: str) -> Behaviour:
    def play(handler: Handler) -> None:
        handler.begin(status, "application/json", **headers)
        handler.raw(body.encode())

    return play


def silent(handler: Handler) -> None:
    """Accepts the request and never says a word."""
    handler.begin()
    while not handler.script.stop.wait(0.05):
        handler.raw(b": ping\n\n")


def stalls_after(text: str) -> Behaviour:
    def play(handler: Handler) -> None:
        handler.begin()
        handler.piece(text)
        while not handler.script.stop.wait(0.05):
            handler.raw(b": ping\n\n")

    return play


def cut_in_a_character(text: str) -> Behaviour:
    """Ends the connection in the middle of the last character's bytes."""

    def play(handler: Handler) -> None:
        handler.begin()
        handler.piece(text)
        handler.raw('data: {"id":"x","choices":[{"index":0,"delta":{"content":"区'.encode()[:-1])

    return play


def malformed(handler: Handler) -> None:
    handler.begin()
    handler.raw(b"data: {this is no json}\n\n")


def wrong_type(handler: Handler) -> None:
    handler.begin(200, "text/html")
    handler.raw(b"<html><body>Bad gateway</body></html>")


def endless(text: str) -> Behaviour:
    def play(handler: Handler) -> None:
        handler.begin()
        while not handler.script.stop.is_set():
            handler.piece(text)

    return play


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Script]:
    """The script with its server's address; the server is ended at the end."""
    script = Script(behaviours)
    handler = type("Playing", (Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
