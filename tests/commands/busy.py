"""The product's commands, but every answer keeps a thread and a processor for a minute."""

from __future__ import annotations

import sys
import time

import cli
from rag.events import AnswerStream


def spin(_stream: AnswerStream) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


AnswerStream.answer = spin  # type: ignore[method-assign, assignment]

if __name__ == "__main__":
    sys.exit(cli.main())
