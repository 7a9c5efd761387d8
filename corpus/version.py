"""What a reading of a document depends on beside its bytes: this code, its tables and the libraries it reads with."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).parent
_LIBRARIES = ("lxml", "numpy", "opencc", "openpyxl", "pypdfium2", "python-docx")


@cache
def reader_version() -> str:
    """Changes whenever this package does: nobody has to remember to raise a number."""
    total = hashlib.sha256(sys.version.encode())
    for library in _LIBRARIES:
        total.update(f"{library} {version(library)}\0".encode())
    for path in sorted([*_HERE.rglob("*.py"), *_HERE.glob("names/*"), *_HERE.glob("models/*")]):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
