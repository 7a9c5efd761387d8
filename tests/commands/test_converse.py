"""`policyqa` alone: a conversation, or three examples where nobody types."""

from __future__ import annotations

import io
import sys

import pytest

from commands.converse import EXAMPLES, PROMPT
from tests.terminal import ISSUED, PolicyQaCommand

FIRST, FOLLOW_UP = "虹口区科委负责哪些任务？", "那嘉定区呢？"


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
    assert [row for row in ended.out.splitlines() if row.startswith(PROMPT)] == [PROMPT + asked for asked in EXAMPLES]
    assert "not asked" not in ended.out
    assert len(EXAMPLES) == 3


def test_with_standard_input_closed_the_examples_are_answered(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)  # as Python has it after `policyqa <&-`
    ended = policyqa()
    assert ended.status == 0
    assert EXAMPLES[0] in ended.out


def test_at_a_terminal_what_is_there_and_how_to_leave_come_first(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch)
    ended = policyqa()
    assert (ended.status, ended.err) == (0, "")
    assert "5 份文件" in ended.out.splitlines()[0]
    assert all(example in ended.out for example in EXAMPLES)
    assert "Ctrl-D" in ended.out


def test_a_question_is_answered_and_a_blank_line_is_passed_over(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch, "", "   ", ISSUED)
    ended = policyqa()
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count(PROMPT) == 4
    assert ended.out.count("答：") == 1


def test_a_follow_up_is_read_with_what_came_before(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch, FIRST, FOLLOW_UP)
    _, first, second, _ = policyqa().out.split(PROMPT)
    assert "理解）" not in first
    assert "（按“" in second
    assert "嘉定" in second.splitlines()[0]


def test_a_refusal_does_not_end_the_conversation(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, "😀", "\ud800\x00", ISSUED)
    ended = policyqa()
    assert ended.status == 0
    assert ended.out.count("未能回答：") == 2
    assert ended.out.count("答：") - ended.out.count("未能回答：") == 1


def test_a_long_conversation_goes_on(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, *[ISSUED] * 30)
    ended = policyqa()
    assert ended.status == 0
    assert ended.out.count("答：") == 30


def test_ctrl_c_ends_it_with_130(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, ISSUED, keyboard=Interrupted)
    ended = policyqa()
    assert ended.status == 130
    assert "答：" in ended.out
    assert "Traceback" not in ended.err
