"""Questions and scores are values: what is read or scored once stays so."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from eval.types import GoldClause
from tests.eval.builders import a_question, a_score


@pytest.mark.parametrize("value", [GoldClause("demo#一", "空中课堂"), a_question("demo#一"), a_score()])
def test_none_can_be_changed(value: object) -> None:
    with pytest.raises(FrozenInstanceError):
        value.id = "other"  # type: ignore[attr-defined]


def test_a_question_has_no_history_unless_it_is_given() -> None:
    assert a_question().history == ()


def test_what_does_not_apply_is_none_and_not_0() -> None:
    assert a_score().recall is None
