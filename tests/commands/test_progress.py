"""The progress bar: for a person who watches, and for nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from commands.progress import Progress


class Screen(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_written_when_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("answering", 3) as bar:
        bar.update(1)
        bar.update(3)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_what_is_done_of_how_many(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("answering", 3) as bar:
        bar.update(2)
    assert "answering" in screen.getvalue()
    assert "2/3" in screen.getvalue()
    assert capsys.readouterr().out == ""


def test_the_total_may_come_later(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("embedding", None) as bar:
        bar.update(64, 902)
    assert "64/902" in screen.getvalue()


def test_an_error_inside_goes_on_up() -> None:
    with pytest.raises(KeyboardInterrupt), Progress("answering", 3):
        raise KeyboardInterrupt
