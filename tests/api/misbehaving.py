"""`policyqa` whose libraries misbehave: a question's words go where the question says. Run as a program."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import cli
from records.answers import RecordedAnswers


def a_route(words: str) -> None:
    raise ValueError(words) from KeyError(words)


def a_database(words: str) -> None:
    from sqlalchemy import create_engine, text

    create_engine("sqlite://").connect().execute(text("SELECT :words FROM nowhere"), {"words": words})


def a_thread(words: str) -> None:
    thread = threading.Thread(target=a_route, args=(words,))
    thread.start()
    thread.join()


def a_task(words: str) -> None:
    async def fails() -> None:
        raise ValueError(words)

    async def never_looks() -> None:
        task = asyncio.create_task(fails(), name=words)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()

    asyncio.run(never_looks())


def a_warning(words: str) -> None:
    warnings.warn(words, stacklevel=1)


def a_printed_traceback(words: str) -> None:
    try:
        a_route(words)
    except ValueError:
        traceback.print_exc()


def a_print(words: str) -> None:
    print(words)
    print(words, file=sys.stderr)
    sys.stdout.writelines([words])
    sys.stderr.flush()


def a_librarys_log(words: str) -> None:
    logger = logging.getLogger("some.library")
    logger.error("failed for %s", words, extra={"question": words})
    logger.error(words, stack_info=True)
    try:
        a_route(words)
    except ValueError:
        logger.exception(words)


def a_log_with_a_handler_of_its_own(words: str) -> None:
    logger = logging.getLogger("another.library")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.addHandler(logging.StreamHandler(sys.__stderr__))
    logger.error(words)


def a_log_that_cannot_be_written(words: str) -> None:
    logging.getLogger("policyqa.broken").error("%d", words)


def a_destructor(words: str) -> None:
    class Fails:
        def __del__(self) -> None:
            raise ValueError(words)

    Fails()
    gc.collect()


def compiled_code(words: str) -> None:
    os.write(1, words.encode())
    os.write(2, f"Traceback\n{words}\n".encode())


def a_program(words: str) -> None:
    subprocess.run([sys.executable, "-c", "import sys; raise ValueError(sys.argv[1])", words], check=False)


KINDS: dict[str, Callable[[str], None]] = {
    made.__name__: made
    for made in (
        a_route, a_database, a_thread, a_task, a_warning, a_printed_traceback, a_print, a_librarys_log,
        a_log_with_a_handler_of_its_own, a_log_that_cannot_be_written, a_destructor, compiled_code, a_program,
    )
}  # fmt: skip

_stream = RecordedAnswers.stream


def misbehaving(self: RecordedAnswers, question: str, *arguments: Any, **options: Any) -> Any:
    for name, made in KINDS.items():
        if name in question:
            made(question)
    return _stream(self, question, *arguments, **options)


RecordedAnswers.stream = misbehaving  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(cli.main())
