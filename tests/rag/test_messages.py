"""Everything the product says: each message formats, in Chinese, and a refusal offers another wording."""

from __future__ import annotations

import string
from typing import get_args

import pytest

from corpus.types import Role
from rag.messages import MESSAGES, ROLES, VALUES
from rag.printed_values import PRINTED

REFUSALS = [
    "not_stated", "value_not_stated", "department_not_found", "body_not_stated", "place_not_in_corpus",
    "document_not_in_corpus", "out_of_scope", "unsafe",
]  # fmt: skip


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_formats_with_its_own_names(key: str) -> None:
    given = {name: f"〈{name}〉" for name in placeholders(MESSAGES[key])}
    said = MESSAGES[key].format(**given)
    assert "{" not in said
    assert "}" not in said
    assert all(value in said for value in given.values())


@pytest.mark.parametrize("key", MESSAGES)
def test_every_placeholder_has_a_name(key: str) -> None:
    assert all(name.isidentifier() for name in placeholders(MESSAGES[key]))


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_is_chinese(key: str) -> None:
    plain = MESSAGES[key].format(**dict.fromkeys(placeholders(MESSAGES[key]), ""))
    assert not any(character.isascii() and character.isalpha() for character in plain)


@pytest.mark.parametrize("key", REFUSALS)
def test_a_refusal_offers_something_to_try(key: str) -> None:
    assert "可以" in MESSAGES[key]


@pytest.mark.parametrize("key", [key for key in REFUSALS if key.endswith("not_stated")])
def test_what_the_texts_do_not_say_is_called_that(key: str) -> None:
    assert MESSAGES[key].startswith("政策未规定")


@pytest.mark.parametrize("key", ["place_not_in_corpus", "document_not_in_corpus"])
def test_what_the_corpus_does_not_have_is_called_that(key: str) -> None:
    assert MESSAGES[key].startswith("本库未收录")


@pytest.mark.parametrize("role", get_args(Role))
def test_every_role_has_a_name(role: str) -> None:
    assert ROLES[role]  # type: ignore[index]


@pytest.mark.parametrize("kind", PRINTED)
def test_every_kind_of_value_has_a_name(kind: str) -> None:
    assert VALUES[kind]
