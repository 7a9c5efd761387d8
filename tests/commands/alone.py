"""The product used from its first index to a report of its benchmark, on a machine that has nothing but itself.

Run as a program in a network and a mount of its own, where the only resolver is this one. It prints, as JSON, the names
that were looked up, the packets that were for other machines, and the files that were left outside the product's folders.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from tests.terminal import command

QUESTION = "示例区在线新经济的在线教育由哪些部门负责？"
WATCHED = 20  # seconds that the service is left running after its answer: uploads wait for a few together
_PORT = 7950


def resolver(names: set[str]) -> None:
    """Records each name that is asked for, over UDP and TCP, and knows none."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 53))
    tcp = socket.create_server(("127.0.0.1", 53))

    def answer(query: bytes) -> bytes:
        names.add(name_in(query))
        return query[:2] + b"\x81\x83" + query[4:6] + bytes(6) + query[12:]  # no such name

    def by_udp() -> None:
        while True:
            query, client = udp.recvfrom(4096)
            udp.sendto(answer(query), client)

    def by_tcp() -> None:
        while True:
            client, _ = tcp.accept()
            with client:
                query = client.recv(4096)[2:]
                if query:
                    answered = answer(query)
                    client.sendall(struct.pack("!H", len(answered)) + answered)

    for serve in (by_udp, by_tcp):
        threading.Thread(target=serve, daemon=True).start()


def name_in(query: bytes) -> str:
    labels, at = [], 12
    while length := query[at]:
        labels.append(query[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return ".".join(labels)


def packets(addresses: set[str]) -> None:
    """Records where packets go that aren't for this machine. All leave by the one interface that there is."""
    sniffing = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0003))
    sniffing.bind(("lo", 0))

    def record() -> None:
        while True:
            packet = sniffing.recv(65535)
            version = packet[0] >> 4
            if version == 4 and packet[16] != 127:
                addresses.add(socket.inet_ntop(socket.AF_INET, packet[16:20]))
            elif version == 6 and packet[24:40] != socket.inet_pton(socket.AF_INET6, "::1"):
                addresses.add(socket.inet_ntop(socket.AF_INET6, packet[24:40]))

    threading.Thread(target=record, daemon=True).start()


def run(*arguments: str) -> None:
    done = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr}")


def get(path: str, body: object = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{_PORT}{path}", data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def served() -> None:
    log = Path(os.environ["TMPDIR"]) / "log"
    with log.open("w") as err:
        service = subprocess.Popen(command("serve", "--port", str(_PORT)), stderr=err)
    try:
        for _ in range(600):
            try:
                get("/readyz")
                break
            except OSError:
                if service.poll() is not None:
                    sys.exit(log.read_text())
                time.sleep(0.1)
        page = get("/").decode()
        assert "/assets/" in page
        get("/")
        answer = json.loads(get("/api/ask", {"question": QUESTION}))
        assert answer["status"] == "answered", answer
        time.sleep(WATCHED)
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(30)
        log.unlink()


def main(folder: Path) -> None:
    names: set[str] = set()
    addresses: set[str] = set()
    resolver(names)
    packets(addresses)
    run("index")
    run("ask", QUESTION)
    run("eval", "run", "--questions", str(folder / "questions.jsonl"), "--out", str(folder / "run"))
    run("eval", "report", str(folder / "run"))
    served()
    home, temporary = Path(os.environ["HOME"]), Path(os.environ["TMPDIR"])
    left = [str(p.relative_to(folder)) for place in (home, temporary) for p in place.rglob("*") if p.is_file()]
    print(json.dumps({"names": sorted(names), "addresses": sorted(addresses), "files": sorted(left)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
