"""`policyqa` alone: a conversation, or three examples where nobody types."""

from __future__ import annotations

import io
import sys

import pytest

from commands.converse import PROMPT
from tests.terminal import PolicyQaCommand

UGLY = (
    "😀😀😀",
    "\x01\x02",
    "Which department is responsible for online finance in Hongkou?",
    "'; DROP TABLE clauses; --",
    "在线\ud800金融由谁负责？",
    "\u202e负责谁由",
    "(((.*)+)+)+$ [",
    "%s %n {0} {answer} [bold]",
    "在" * 50_000,
)
FIRST, FOLLOW_UP = "示例区科委负责哪些任务？", "那样板区呢？"


class Keyboard(io.StringIO):
    """A terminal at which these lines are typed, then Ctrl-D."""

    def isatty(self) -> bool:
        return True


class Interrupted(Keyboard):
    """Ctrl-C once the lines are typed."""

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(-1 if size is None else size)
        if not line:
            raise KeyboardInterrupt
        return line


def type_lines(monkeypatch: pytest.MonkeyPatch, *lines: str, keyboard: type[Keyboard] = Keyboard) -> None:
    monkeypatch.setattr(sys, "stdin", keyboard("".join(f"{line}\n" for line in lines)))


def test_without_a_terminal_the_three_examples_are_answered(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("not asked\n"))
    ended = policyqa()
    assert (ended.status, ended.err) == (0, "")
    asked = [row for row in ended.out.splitlines() if row.startswith(PROMPT)]
    assert len(set(asked)) == 3
    assert ended.out.count("依据：") == 3
    assert "not asked" not in ended.out


def test_with_standard_input_closed_the_examples_are_answered(
    small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)  # as Python has it after `policyqa <&-`
    ended = small()
    assert ended.status == 0
    assert PROMPT in ended.out


def test_at_a_terminal_what_is_there_and_how_to_leave_come_first(
    small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch)
    ended = small()
    assert (ended.status, ended.err) == (0, "")
    assert "3 份文件" in ended.out.splitlines()[0]
    assert "可以这样问" in ended.out
    assert "Ctrl-D" in ended.out


def test_a_question_is_answered_and_a_blank_line_is_passed_over(
    small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch, "", "   ", FIRST)
    ended = small()
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count(PROMPT) == 4
    assert ended.out.count("答：") == 1


def test_a_follow_up_is_read_with_what_came_before(small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, FIRST, FOLLOW_UP)
    _, first, second, _ = small().out.split(PROMPT)
    assert "理解）" not in first
    assert "（按“" in second
    assert "样板区" in second.splitlines()[0]


def test_a_refusal_does_not_end_the_conversation(small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, "😀", "\ud800\x00", FIRST)
    ended = small()
    assert ended.status == 0
    assert ended.out.count("未能回答：") == 2
    assert ended.out.count("答：") - ended.out.count("未能回答：") == 1


def test_ugly_questions_do_not_end_the_conversation(small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, *UGLY, FIRST)
    ended = small()
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count(PROMPT) == len(UGLY) + 2
    assert "区科委" in ended.out.split(PROMPT)[-2]
    assert ended.out.encode("utf-8")


def test_a_long_conversation_goes_on(small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, *[FIRST] * 30)
    ended = small()
    assert ended.status == 0
    assert ended.out.count("答：") == 30


def test_ctrl_c_ends_it_with_130(small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, FIRST, keyboard=Interrupted)
    ended = small()
    assert ended.status == 130
    assert "答：" in ended.out
    assert "Traceback" not in ended.err
