from __future__ import annotations

import pytest

from corpus.readers.rows_encoding import encoding_of_rows

ROWS = '{"question": "谁负责？"}\n{"question": "何时？"}\n'


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ROWS.encode(), ("utf-8", 0)),
        (ROWS.encode("utf-8-sig"), ("utf-8", 3)),
        (ROWS.encode("gb18030"), ("gb18030", 0)),
        (b"\xff\xfe" + ROWS.encode("utf-16-le"), ("utf-16-le", 2)),
        (b"\xfe\xff" + ROWS.encode("utf-16-be"), ("utf-16-be", 2)),
        (b"plain\n", ("utf-8", 0)),
        (b"", ("utf-8", 0)),
        (b"\xff\xff\n", ("utf-8", 0)),
        (ROWS.encode("utf-16-le"), ("utf-8", 0)),
    ],
)
def test_the_encoding_is_that_which_explains_the_rows(data: bytes, encoding: tuple[str, int]) -> None:
    assert encoding_of_rows(data) == encoding


@pytest.mark.parametrize("broken", [b"\xb0\xa1\xb0\xa1", b"\xff", "甲".encode()[:2]])
def test_a_row_that_is_broken_doesnt_change_the_others(broken: bytes) -> None:
    assert encoding_of_rows(broken + b"\n" + ROWS.encode() + broken) == ("utf-8", 0)
