"""A document that is brought: a text as it is, any other file in base64."""

from __future__ import annotations

from base64 import b64encode

import pytest
from pydantic import ValidationError

from api.schemas import DocumentIn
from corpus.readers import READERS
from records.errors import UnusableError


def test_a_text_is_taken_as_it_is_and_a_file_in_base64() -> None:
    assert DocumentIn(text="一、甲。").data() == "一、甲。".encode()
    words = b64encode(b"PK\x03\x04").decode()
    assert DocumentIn(text=f"{words[:4]}\r\n{words[4:]}", encoding="base64", suffix=".docx").data() == b"PK\x03\x04"


def test_what_is_no_base64_is_said_to_be_none() -> None:
    with pytest.raises(UnusableError, match="no base64"):
        DocumentIn(text="一、甲。", encoding="base64").data()


@pytest.mark.parametrize("suffix", READERS)
def test_every_kind_that_is_read_may_be_brought(suffix: str) -> None:
    assert DocumentIn(text="a", suffix=suffix).suffix == suffix


@pytest.mark.parametrize("suffix", [".zip", ".doc", "", ".exe"])
def test_another_kind_is_refused(suffix: str) -> None:
    with pytest.raises(ValidationError, match=r"one of \.txt, \.md"):
        DocumentIn(text="a", suffix=suffix)


def test_the_schema_lists_the_kinds() -> None:
    assert DocumentIn.model_json_schema()["properties"]["suffix"]["enum"] == list(READERS)
