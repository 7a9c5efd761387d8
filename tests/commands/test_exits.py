"""The exit statuses that the contract fixes."""

from __future__ import annotations

from commands.exits import CANT, INTERRUPTED, NOTHING, OK, WRONG_USE, CommandError


def test_the_statuses_are_the_contracts() -> None:
    assert (OK, NOTHING, WRONG_USE, CANT, INTERRUPTED) == (0, 1, 2, 3, 130)


def test_an_error_without_a_status_means_that_it_cant_be_done_here() -> None:
    assert CommandError("the disk is full.").status == 3


def test_an_error_carries_its_status_and_its_message() -> None:
    error = CommandError("nothing was asked.", WRONG_USE)
    assert (error.status, str(error)) == (2, "nothing was asked.")
