"""Which clauses, or paragraphs and items inside them, an address means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.address import Address, find
from corpus.headings import Label, label_at
from corpus.numerals import numeral_of
from corpus.script import fold
from corpus.types import BODY, Document, Node
from rag.confidence import pair_coverage
from rag.reading.addresses import ANNEX, DECIMAL, Step, Steps
from rag.reading.addresses import BODY as BODY_STEP
from rag.titles import both_numerals

_PAIR = 2
_CLEARLY = 0.2  # share of character pairs by which one clause must fit better than the next
_STEP_OF_RANK = {"一、": "、", "1.": "、", "专项1": ":"}  # what a label needs behind it to be read as one


@dataclass(frozen=True)
class Spot:
    """Where in which document an address leads."""

    document: Document
    address: Address

    @property
    def node(self) -> Node:
        return self.address.node


@dataclass(frozen=True)
class Sighting:
    """What a question says beside the address: the parts it names, its searched words, its topic's words."""

    parts: tuple[str, ...]
    text: str
    topics: tuple[str, ...]


def spots(documents: Sequence[Document], steps: Steps, seen: Sighting) -> list[Spot]:
    """Everything that the address can mean; of several, what the question's other words point at clearly."""
    rows = [spot for document in documents for spot in _spots_in(document, steps, seen)]
    if len(rows) != 1 and len(steps) > 1 and len(below := _below_heading(documents, steps, seen)) == 1:
        rows = below
    if len(rows) > 1:
        rows = _under_named_headings(rows, seen) or rows
    return _fitting_best(rows, steps, seen) if len(rows) > 1 else rows


def parts_and_steps(steps: Steps, parts: tuple[str, ...]) -> tuple[tuple[str, ...], Steps]:
    """The annex or main body that an address begins with, and the steps inside it."""
    if not steps or steps[0].ranks[0] not in (ANNEX, BODY_STEP):
        return parts, steps
    first = steps[0]
    if first.ranks[0] == BODY_STEP:
        return (BODY,), steps[1:]
    kind = fold(first.words)[:2].strip()
    kind = kind if len(kind) > 1 else "附件"
    return tuple(f"{kind}{form}" for form in both_numerals(str(first.number))), steps[1:]


def in_parts(node: Node, parts: tuple[str, ...]) -> bool:
    return not parts or node.path.split("/")[0] in parts


def numbered_so(document: Document, rank: str, parts: tuple[str, ...]) -> list[tuple[int, Node]]:
    """The nodes numbered in this way, by number, in the parts named."""
    labels = [(n, _label(own_step(n), rank)) for n in document.nodes if in_parts(n, parts)]
    rows = {label.number: n for n, label in reversed(labels) if label is not None and label.number is not None}
    return sorted(rows.items(), key=lambda row: row[0])


def own_step(node: Node) -> str:
    return node.path.split("/")[-1]


def nodes_at(document: Document, steps: Steps, parts: tuple[str, ...]) -> list[Node]:
    """The nodes whose last number is the last step's, with the earlier steps above it, by the likeliest rank."""
    *above, last = steps
    here = [node for node in document.nodes if in_parts(node, parts)]
    for rank in last.ranks:
        rows = [n for n in here if _is_at(own_step(n), rank, last) and _has_above(n, above, document)]
        if rows:
            return rows
    return []


def _spots_in(document: Document, steps: Steps, seen: Sighting) -> list[Spot]:
    """Nodes at the whole address; else those at its first steps, with the rest inside them."""
    parts, steps = parts_and_steps(steps, seen.parts)
    if not steps or (parts != (BODY,) and parts and not any(in_parts(n, parts) for n in document.nodes)):
        return []
    parts = parts if any(in_parts(n, parts) for n in document.nodes) else ()
    named = [n for rank in steps[-1].ranks for n in _named_nodes(document, steps, rank, parts, seen)]
    nodes = named if len(named) == 1 else nodes_at(document, steps, parts)
    if nodes:
        return [Spot(document, Address(node, None, 0, len(node.text))) for node in nodes]
    for count in range(len(steps) - 1, 0, -1):
        holders = nodes_at(document, steps[:count], parts)
        if holders:
            found = [address for node in holders if (address := _inside(document, node, steps[count:]))]
            return [Spot(document, address) for address in found]
    return []


def _named_nodes(document: Document, steps: Steps, rank: str, parts: tuple[str, ...], seen: Sighting) -> list[Node]:
    """Nodes at the address under a heading that the question names."""
    *above, last = steps
    rows = [
        n for n in document.nodes
        if in_parts(n, parts) and _is_at(own_step(n), rank, last) and _has_above(n, above, document)
    ]  # fmt: skip
    return [spot.node for spot in _under_named_headings([_whole(document, n) for n in rows], seen)]


def _whole(document: Document, node: Node) -> Spot:
    return Spot(document, Address(node, None, 0, len(node.text)))


def _inside(document: Document, node: Node, steps: Steps) -> Address | None:
    """The paragraph or item of the clause that the rest of an address counts off."""
    forms = [_inner_forms(step) for step in steps]
    for number in range(max(map(len, forms))):
        inner = "/".join(rows[min(number, len(rows) - 1)] for rows in forms)
        if (address := find(document, f"{node.path}/{inner}")) and address.node is node:
            return address
    return None


def _inner_forms(step: Step) -> tuple[str, ...]:
    """第二款 as it is; 第一项 and 第(一)项 as items are printed."""
    numeral = numeral_of(step.number)
    return (f"第{numeral}款",) if step.is_paragraph else (f"({numeral})", str(step.number), f"({step.number})")


def _is_at(own: str, rank: str, step: Step) -> bool:
    if rank == DECIMAL:
        return own == step.words.replace(" ", "")
    label = _label(own, rank)
    return label is not None and label.number == step.number


@lru_cache(maxsize=1 << 16)  # steps are few and short, and every address is held against all of them
def _label(step: str, rank: str) -> Label | None:
    """What the step of a path is numbered as, when it is of this rank."""
    label = label_at(re.sub(r"~\d+$", "", step) + _STEP_OF_RANK.get(rank, ""))
    return label if label is not None and label.rank.name == rank else None


def _has_above(node: Node, above: Sequence[Step], document: Document) -> bool:
    """Each earlier step stands in the path or among the chapters, in order."""
    chain = [*node.path.split("/")[:-1]]
    parent = document.node(node.parent) if node.parent else None
    while parent is not None:
        if own_step(parent) not in chain:
            chain.insert(0, own_step(parent))
        parent = document.node(parent.parent) if parent.parent else None
    position = 0
    for step in above:
        places = range(position, len(chain))
        found = next((i for i in places if any(_is_at(chain[i], rank, step) for rank in step.ranks)), None)
        if found is None:
            return False
        position = found + 1
    return True


def _below_heading(documents: Sequence[Document], steps: Steps, seen: Sighting) -> list[Spot]:
    """重点任务的第一大点下面头一条: counted off below a heading that is named, whatever its items are numbered by."""
    rows = []
    folded = fold(seen.text)
    for document in documents:
        parts, inner = parts_and_steps(steps, seen.parts)
        for heading in document.nodes:
            if not (in_parts(heading, parts) and len(_bare(heading.heading)) > 1 and _bare(heading.heading) in folded):
                continue
            node: Node | None = heading
            for step in inner:
                children = document.children(node.path) if node else ()
                node = children[step.number - 1] if 0 < step.number <= len(children) else None
            rows += [_whole(document, node)] if node else []
    return rows


def _under_named_headings(rows: Sequence[Spot], seen: Sighting) -> list[Spot]:
    """Of several, those under the headings that the question names."""
    folded = fold(seen.text)
    scored = []
    for spot in rows:
        headings = [_bare(heading) for heading in spot.node.label.split(" > ")[:-1]]
        scored.append((sum(len(heading) for heading in headings if len(heading) > 1 and heading in folded), spot))
    best = max((named for named, _ in scored), default=0)
    return [spot for named, spot in scored if named == best] if best else []


def _fitting_best(rows: Sequence[Spot], steps: Steps, seen: Sighting) -> list[Spot]:
    """Of several, the one that has most of the question's other words, when it has clearly more than the next."""
    rest = _other_words(steps, seen)
    fits = [pair_coverage(rest, _words_of(spot)) for spot in rows]
    order = sorted(range(len(fits)), key=fits.__getitem__, reverse=True)
    clear = len(rest) > 1 and fits[order[0]] - fits[order[1]] >= _CLEARLY
    return [rows[order[0]]] if clear else list(rows)


def is_heard(spot: Spot, steps: Steps, seen: Sighting) -> bool:
    """The clause, or its document's title, has something of the question's other words, if there are any."""
    rest = _other_words(steps, seen)
    return len(rest) < _PAIR or pair_coverage(rest, _words_of(spot)) > 0


def _other_words(steps: Steps, seen: Sighting) -> str:
    spoken = "".join(step.words for step in steps)
    return "，".join(word for word in seen.topics if word not in spoken and not any(s.words in word for s in steps))


def _words_of(spot: Spot) -> str:
    return fold(spot.document.metadata.title + spot.node.label + spot.node.text)


def _bare(heading: str) -> str:
    return re.sub(r"^[^一-鿿]*[一二三四五六七八九十]*[、)）.]?", "", fold(heading)).strip()
