"""The index as a folder. `manifest.json` names the data folder and is replaced last: that is the swap."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import REBUILD, DamagedIndexError, IndexStoreError, MissingIndexError, StaleIndexError

FORMAT = 2
MANIFEST = "manifest.json"
LOCK = ".build.lock"


@dataclass(frozen=True)
class Manifest:
    """What the index was built from. `files` are sizes and SHA-256 by path inside `folder`."""

    format: int
    product: str
    folder: str
    embedder: str
    dimension: int
    corpus: str
    units: str
    settings: str
    counts: Mapping[str, int]
    files: Mapping[str, str]


def read_manifest(store: Path) -> Manifest:
    """Raises MissingIndexError, or DamagedIndexError when the manifest can't be read."""
    path = store / MANIFEST
    try:
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(table, dict) and isinstance(table.get("format"), int) and table["format"] != FORMAT:
            raise StaleIndexError(
                f"{store} was built by another version (format {table['format']}, this one reads {FORMAT}). {REBUILD}"
            )
        manifest = Manifest(**table)
        if not (isinstance(manifest.folder, str) and isinstance(manifest.files, dict)):
            raise TypeError("folder and files")
        if not isinstance(manifest.dimension, int):
            raise TypeError("dimension")
        return manifest
    except FileNotFoundError:
        raise MissingIndexError(f"{store}: no index here yet. Build it: policyqa index") from None
    except (OSError, ValueError, TypeError) as error:
        raise DamagedIndexError(f"{path}: can't be read ({type(error).__name__}). {REBUILD}") from None


def check_files(store: Path, manifest: Manifest) -> Path:
    """The data folder, once every file is what the manifest says. Raises DamagedIndexError naming the file."""
    folder = store / manifest.folder
    for name, digest in manifest.files.items():
        path = folder / name
        try:
            actual = _digest(path)
        except OSError:
            raise DamagedIndexError(f"{path}: missing or unreadable. {REBUILD}") from None
        if actual != digest:
            raise DamagedIndexError(f"{path}: not the file that was written. {REBUILD}")
    return folder


@contextmanager
def building(store: Path) -> Iterator[bool]:
    """One build at a time in a store, among threads and processes; yields whether another one was waited for.

    The system opens the lock when a builder dies. Raises IndexStoreError where the store can't be written.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        # for this user alone: who can open it could hold every build up
        lock = os.open(store / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise unwritable(store, error) from error
    try:
        yield _locked(store, lock)
    finally:
        os.close(lock)


def _locked(store: Path, lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return True
    except OSError as error:
        raise unwritable(store, error) from error


def new_folder(store: Path) -> Path:
    """An empty folder to build in, inside the store so that renaming never copies."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=store, prefix="data-", suffix=".index"))
        folder.chmod(0o755)  # another user of the machine may serve what this one built
        return folder
    except OSError as error:
        raise unwritable(store, error) from error


def swap_in(store: Path, folder: Path, manifest: Manifest) -> None:
    """Makes `folder` the index: files first, the manifest last and at once, then the old data goes.

    Within `building` only: then every other data folder is of the index before, or of a builder that died.
    """
    temporary = store / f".{MANIFEST}.new"
    try:
        temporary.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        temporary.replace(store / MANIFEST)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise unwritable(store, error) from error
    for old in store.glob("data-*.index"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)


def discard(folder: Path) -> None:
    """Removes a folder that didn't become the index."""
    shutil.rmtree(folder, ignore_errors=True)


def files_in(folder: Path) -> dict[str, str]:
    return {str(f.relative_to(folder)): _digest(f) for f in sorted(folder.rglob("*")) if f.is_file()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unwritable(store: Path, error: OSError) -> IndexStoreError:
    return IndexStoreError(
        f"{store}: the index can't be written ({error.strerror or error}). An index that was there is unharmed. "
        "Free some space or set POLICYQA_STORE to another folder, then run: policyqa index"
    )
