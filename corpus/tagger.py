"""Which stretches of a text are bodies that it gives something to do, by a small fitted network.

Eight gated convolutions over characters, fitted on labelled clauses and on what a larger model made of many more
(docs/model-card.md). Numpy only: it runs while documents are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.script import fold
from corpus.types import Role

MODEL_FILE = Path(__file__).parent / "models" / "bodies.npz"
ROLES: tuple[Role, ...] = ("lead", "responsible", "cooperating", "participating", "approving", "supervising")
SURE = 0.8  # mean probability over a stretch from which on it counts: an empty list is better than a guess
_DOUBTFUL = 0.25
_REMEMBERED = 512  # segments whose bodies are kept
_JOINS = "和与及、,;:。"  # what no name ends with
_LETTER = re.compile("[一-鿿]")
_SEGMENT = 420  # characters looked at together
_SHORTEST = 60  # of a segment that ends before its sentence does
_DILATIONS = (1, 2, 4, 8, 1, 2, 4, 8)
_HEADS = re.compile(
    "委员会|政府|办公厅|办公室|机关|部门|单位|机构|法院|检察院|银行|公司|协会|联合会|工会|妇联|残联|中心|办事处|街道|指挥部|"
    "小组|党委|大会|海关|学校|医院|[乡镇]|企业|园区|平台|[各同县市区地]级|各[地区市县]|财政|公安|税务|组织|联席会议|国务院|[委局厅院署处部办会]"
)  # what names end in, or stand beside: windows without any hold no body
_REACH = 46  # characters to either side: a name's length, and as far as the network looks
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Tagged:
    """`text[start:end]` is a body; `probability` is the mean over its characters."""

    start: int
    end: int
    role: Role
    probability: float


@dataclass(frozen=True)
class _Network:
    characters: dict[str, int]
    embedding: Floats
    first: tuple[Floats, Floats]
    layers: tuple[tuple[Floats, Floats], ...]  # (3 * channels, 2 * channels) and the bias
    inside: tuple[Floats, Floats]
    roles: tuple[Floats, Floats]


@cache
def _network(path: Path) -> _Network:
    with np.load(path, allow_pickle=False) as file:
        table = {name: file[name] for name in file.files}

    def of(name: str) -> Floats:
        return np.asarray(table[name], np.float32)

    def dense(name: str) -> tuple[Floats, Floats]:
        return np.ascontiguousarray(of(f"{name}.weight").T), of(f"{name}.bias")

    layers: list[tuple[Floats, Floats]] = []
    while (name := f"cs.{len(layers)}") + ".weight" in table:
        weight = of(f"{name}.weight")  # (out, in, 3)
        layers.append((np.ascontiguousarray(np.concatenate([weight[:, :, k].T for k in range(3)])), of(f"{name}.bias")))
    characters = {character: number + 2 for number, character in enumerate(str(table["chars"]))}
    return _Network(characters, of("e.weight"), dense("i"), tuple(layers), dense("o"), dense("r"))


def tagged(text: str, model: Path = MODEL_FILE, least: float = SURE) -> Iterator[Tagged]:
    """The bodies that `text` gives something to do, in order, of at least that probability; none where no network has been
    fitted. Another network marks something else.
    """
    if not is_fitted(model):
        return
    folded = fold(text)
    for start, end in segments(folded):
        for first, last in _windows(folded, start, end):
            for found in _found(folded[first:last], model, least):
                yield replace(found, start=first + found.start, end=first + found.end)


@cache
def is_fitted(model: Path = MODEL_FILE) -> bool:
    """Whether there is a network (docs/model-card.md); without one bodies are read by rules alone."""
    return model.exists()


def segments(text: str) -> Iterator[tuple[int, int]]:
    """Starts and ends, cut at line and sentence ends, so that each stretch can be looked at alone."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _SEGMENT)
        if end < len(text):
            stop = max(text.rfind(sign, start, end) for sign in "\n。;")
            end = stop + 1 if stop > start + _SHORTEST else end
        yield start, end
        start = end


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a segment that lie near the end of a name."""
    first = last = -1
    for found in _HEADS.finditer(text, start, end):
        low, high = text.rfind("\n", start, found.start()) + 1, text.find("\n", found.end(), end)
        begin, stop = max(start, low, found.start() - _REACH), min(end, found.end() + _REACH)
        stop = high if start < high < stop else stop
        if first >= 0 and begin <= last:
            last = max(last, stop)
            continue
        if first >= 0:
            yield first, last
        first, last = begin, stop
    if first >= 0:
        yield first, last


@lru_cache(maxsize=_REMEMBERED)
def _found(segment: str, model: Path, least: float) -> tuple[Tagged, ...]:
    """Lines that a text repeats are read once."""
    return tuple(_spans(segment, _network(model), least))


def _spans(segment: str, network: _Network, least: float) -> Iterator[Tagged]:
    tags, roles = _read(segment, network)
    inside = 1 - tags[:, 0]
    index = 0
    while index < len(segment):
        if inside[index] <= 0.5:
            index += 1
            continue
        end = index + 1
        while end < len(segment) and inside[end] > 0.5 and tags[end, 2] >= tags[end, 1]:
            end += 1
        last = index + len(segment[index:end].rstrip(_JOINS))
        probability = float(inside[index:end].mean())
        role = ROLES[int(roles[index:end].mean(axis=0).argmax())]
        is_whole = last - index > 1 and _ends_cleanly(segment, inside, index, end)
        if probability >= least and is_whole and not _is_addressed(segment, index, last):
            yield Tagged(_begin(segment, index), last, role, probability)
        index = end


def _begin(segment: str, start: int) -> int:
    """A name never begins with 的, nor after 由 in 自由, which elsewhere leads to one."""
    if segment[max(start - 2, 0) : start] == "自由":
        return start - 2
    return start + (segment[start] == "的")


def _is_addressed(segment: str, start: int, end: int) -> bool:
    """Whether the name is a line of its own that ends with a colon."""
    begins = start == 0 or segment[start - 1] == "\n"
    return begins and segment[end : end + 2] in (":", ":\n")


def _ends_cleanly(segment: str, inside: Floats, start: int, end: int) -> bool:
    """Whether neither neighbour may well belong to the name too: half a name is no body, and neither is 部门 in 部门间."""
    before = start > 0 and _LETTER.match(segment[start - 1]) and inside[start - 1] > _DOUBTFUL
    after = end < len(segment) and _LETTER.match(segment[end]) and _DOUBTFUL < inside[end] <= 0.5
    return not before and not after and segment[end : end + 1] != "间"


def _read(segment: str, network: _Network) -> tuple[Floats, Floats]:
    """Probabilities of outside, beginning and inside (len, 3), and of the roles (len, 6)."""
    numbers = [network.characters.get(character, 1) for character in segment]
    state = network.embedding[numbers] @ network.first[0] + network.first[1]
    for (weight, bias), dilation in zip(network.layers, _DILATIONS, strict=False):
        before, after = np.zeros_like(state), np.zeros_like(state)
        if dilation < len(segment):
            before[dilation:], after[:-dilation] = state[:-dilation], state[dilation:]
        given = np.concatenate([before, state, after], axis=1) @ weight + bias
        half = given.shape[1] // 2
        state = state + given[:, :half] / (1 + np.exp(np.clip(-given[:, half:], None, 60)))
    return _softmax(state @ network.inside[0] + network.inside[1]), _softmax(
        state @ network.roles[0] + network.roles[1]
    )


def _softmax(values: Any) -> Floats:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
