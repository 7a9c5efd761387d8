"""The default embedder's windows and batches, on a model of three dimensions that can be worked out by hand."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.errors import EmbedderError
from index.onnx_embedder import OnnxEmbedder, _batches
from index.onnx_model import MANIFEST, MODEL_FILE, TOKENIZER_FILE, is_unpacked


@pytest.fixture
def embedder(tiny_model: Path) -> OnnxEmbedder:
    return OnnxEmbedder(tiny_model)


def one_long(*vector: float) -> list[float]:
    length = math.sqrt(sum(value * value for value in vector))
    return [pytest.approx(value / length, abs=1e-6) for value in vector]


def test_name_and_dimension_are_the_manifests(embedder: OnnxEmbedder) -> None:
    assert (embedder.name, embedder.dimension) == ("tiny", 3)


def test_questions_and_passages_have_their_own_prompts(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_queries(["甲"]).tolist() == [one_long(1, 0, 1)]
    assert embedder.embed_passages(["甲"]).tolist() == [one_long(1, 0, -1)]


def test_vectors_are_float32_rows_of_length_one(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed_passages(["甲 乙", "甲 甲 甲 乙", "乙"])
    assert (vectors.shape, vectors.dtype) == ((3, 3), np.float32)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1, 1])


def test_no_texts_have_no_vectors(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_queries([]).shape == (0, 3)


def test_an_empty_text_is_its_prompt(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_queries([""]).tolist() == [one_long(0, 0, 1)]


def test_a_text_that_just_fills_the_window_is_one(embedder: OnnxEmbedder) -> None:
    # passage: 甲 甲 乙
    assert embedder.embed_passages(["甲 甲 乙"]).tolist() == [one_long(2, 1, -1)]


def test_a_text_past_the_window_is_averaged_over_its_windows_by_their_length(embedder: OnnxEmbedder) -> None:
    # <s> passage: 甲 甲 甲 </s> is (3, 0, -1) and six tokens long; <s> 乙 乙 </s> is (0, 2, 0) and four.
    first, second = np.array([3, 0, -1]) / math.sqrt(10), np.array([0, 1, 0])
    expected = 6 * first + 4 * second
    assert embedder.embed_passages(["甲 甲 甲 乙 乙"]).tolist() == [one_long(*expected)]


def test_the_last_words_of_a_long_text_count(embedder: OnnxEmbedder) -> None:
    long = " ".join(["甲"] * 40)
    same, other = embedder.embed_passages([long + " 甲", long + " 乙"])
    assert other[1] > same[1] == 0


def test_a_text_is_embedded_the_same_alone_and_among_others(embedder: OnnxEmbedder) -> None:
    texts = ["甲", "乙 甲 甲 甲 乙 乙 乙", "", "乙", "甲 乙", "乙 乙 乙"]
    together = embedder.embed_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(embedder.embed_passages([text])[0], vector, atol=1e-6)


def test_many_texts_of_mixed_length_keep_their_order(embedder: OnnxEmbedder) -> None:
    texts = [" ".join(["甲"] * (i % 7) + ["乙"] * (i % 3)) for i in range(1500)]
    vectors = embedder.embed_passages(texts)
    for i in (0, 1, 699, 1499):
        np.testing.assert_allclose(vectors[i], embedder.embed_passages([texts[i]])[0], atol=1e-6)


def test_a_lone_surrogate_is_embedded_as_an_unknown_token(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_queries(["甲 \ud800"]).tolist() == embedder.embed_queries(["甲 丙"]).tolist()


def a_window(tokens: int) -> tuple[int, list[int]]:
    return 0, [7] * tokens


@pytest.mark.parametrize(
    ("lengths", "sizes"),
    [
        ([], []),
        ([10], [1]),
        ([512] * 5, [4, 1]),  # 4 * 512 = 2048
        ([100, 600, 700], [2, 1]),  # 2 * 600 fit, 3 * 700 would be 2100
        ([3000, 3000], [1, 1]),  # past the budget each goes alone
        ([1] * 2049, [2048, 1]),
    ],
)
def test_a_batch_holds_at_most_2048_tokens_padding_included(lengths: list[int], sizes: list[int]) -> None:
    windows = [a_window(length) for length in lengths]
    batches = list(_batches(windows))
    assert [len(batch) for batch in batches] == sizes
    assert [window for batch in batches for window in batch] == windows


def test_a_folder_without_its_manifest_is_not_unpacked(tiny_model: Path, tmp_path: Path) -> None:
    assert is_unpacked(tiny_model)
    assert not is_unpacked(tmp_path)
    shutil.copytree(tiny_model, tmp_path / "cut")
    (tmp_path / "cut" / MANIFEST).unlink()
    assert not is_unpacked(tmp_path / "cut")


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE, MANIFEST])
@pytest.mark.parametrize("content", [None, b"", b"\xff damaged"], ids=["missing", "empty", "garbage"])
def test_a_damaged_model_says_which_folder_to_remove(
    name: str, content: bytes | None, tiny_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(EmbedderError, match="policyqa index") as caught:
        OnnxEmbedder(folder)
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_manifest_of_another_kind_is_damage(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    (folder / MANIFEST).write_text(json.dumps({"name": "tiny", "size": 3}), encoding="utf-8")
    with pytest.raises(EmbedderError, match="damaged"):
        OnnxEmbedder(folder)


@pytest.mark.parametrize("token", ["<s>", "</s>", "<pad>"])
def test_a_tokenizer_without_a_special_token_is_damage(token: str, tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    table = json.loads((folder / TOKENIZER_FILE).read_text(encoding="utf-8"))
    table["model"]["vocab"] = {name: i for name, i in table["model"]["vocab"].items() if name != token}
    (folder / TOKENIZER_FILE).write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(EmbedderError, match="policyqa index") as caught:
        OnnxEmbedder(folder)
    assert str(folder) in str(caught.value)
