"""Databases to test on: an SQLite file, and a PostgreSQL server that is started for the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def programs() -> Path | None:
    """Where PostgreSQL's own programs are; Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The URL of a server with an empty database, on a free port of loopback; ended with its process."""
    bin_folder = programs()
    assert bin_folder is not None
    user = USER if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        shutil.chown(folder, user)
        for parent in folder.parents:
            if parent.is_relative_to("/tmp") and parent != Path("/tmp"):
                parent.chmod(parent.stat().st_mode | 0o011)
    data = folder / "data"
    subprocess.run(
        [bin_folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"],
        user=user, cwd=folder, capture_output=True, check=True,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"]
    server = subprocess.Popen(
        [bin_folder / "postgres", *options], user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, server)
        yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(200):
        assert server.poll() is None, "PostgreSQL ended at once"
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user={USER} dbname=postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL didn't come up")
