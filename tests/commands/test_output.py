"""Lines of JSON and of complaint: one line each, nothing lost."""

from __future__ import annotations

import io
import json
import sys

import pytest

from commands.output import as_line, complain, prepare_streams


def test_chinese_is_written_as_it_is() -> None:
    assert as_line({"问": "在线金融"}) == '{"问": "在线金融"}'


@pytest.mark.parametrize("text", ["第一行\n第二行", "回车\r", "\x00\x1b[31m", "制表\t"])
def test_control_characters_stay_on_one_line_and_read_back(text: str) -> None:
    line = as_line({"question": text})
    assert line.isprintable()
    assert json.loads(line) == {"question": text}


@pytest.mark.parametrize("text", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_whatever_breaks_a_line_anywhere_stays_on_one_line(text: str) -> None:
    line = as_line({"question": f"在线{text}金融"})
    assert line.splitlines() == [line]
    assert json.loads(line) == {"question": f"在线{text}金融"}


@pytest.mark.parametrize("text", ["\ud800", "在线\udcff金融"])
def test_a_lone_surrogate_is_escaped_and_reads_back(text: str) -> None:
    line = as_line({"question": text})
    assert line.isascii()
    assert json.loads(line) == {"question": text}


def test_a_complaint_is_one_line_whatever_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    complain("no file a\nb\r\nc.  Check\tthe path.")
    assert capsys.readouterr() == ("", "policyqa: no file a b c. Check the path.\n")


def test_streams_write_utf8_whatever_the_locale_says(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    prepare_streams()
    print("在线", flush=True)
    assert written.getvalue() == "在线\n".encode()


def test_what_utf8_has_no_bytes_for_is_shown_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="utf-8"))
    prepare_streams()
    print("在\ud800线", flush=True)
    assert written.getvalue() == "在\\ud800线\n".encode()


def test_a_stream_that_is_closed_or_replaced_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", None)
    prepare_streams()
    print("在线")
    assert sys.stdout.getvalue() == "在线\n"
