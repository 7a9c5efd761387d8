"""Each message says what to do, and one `except` catches them all."""

from __future__ import annotations

import pytest

from index import errors
from index.errors import REBUILD, DamagedIndexError, EmbedderError, IndexStoreError, MissingIndexError, StaleIndexError


@pytest.mark.parametrize("kind", [MissingIndexError, StaleIndexError, DamagedIndexError, EmbedderError])
def test_everything_that_goes_wrong_with_the_index_is_one_kind_of_error(kind: type[Exception]) -> None:
    assert issubclass(kind, IndexStoreError)


def test_the_remedy_names_the_command() -> None:
    assert "policyqa index" in REBUILD


def test_no_error_hides_a_builtin() -> None:
    assert not set(vars(errors)) & {"IndexError", "LookupError", "OSError"}
