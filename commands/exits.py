"""Exit statuses, and the errors that carry one. The contract fixes their meaning."""

from __future__ import annotations

OK, NOTHING, WRONG_USE, CANT, INTERRUPTED = 0, 1, 2, 3, 130


class CommandError(Exception):
    """Ends the command with one line on standard error and `status`."""

    def __init__(self, message: str, status: int = CANT) -> None:
        super().__init__(message)
        self.status = status
