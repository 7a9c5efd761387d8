"""Which nodes an address can mean: by number and rank, below headings, by the question's other words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import Label, label_at
from corpus.script import fold
from corpus.types import Document, Node
from rag.confidence import pair_coverage
from rag.question import Query
from rag.spoken_address import Step

_CLEARLY = 0.2  # share of character pairs by which one clause must fit better than the next


def below_heading(
    documents: Sequence[Document], steps: Sequence[Step], query: Query, folded: str
) -> list[tuple[Document, Node]]:
    """重点任务的第一大点下面头一条: counted off below a heading that is named, whatever its items are numbered by."""
    rows = []
    for document in documents:
        headings = [
            n for n in document.nodes
            if (not query.scope.parts or n.path.split("/")[0] in query.scope.parts)
            and len(_bare(fold(n.heading))) > 1 and _bare(fold(n.heading)) in folded
        ]  # fmt: skip
        for heading in headings:
            node: Node | None = heading
            for step in steps:
                children = document.children(node.path) if node else ()
                node = children[step.number - 1] if 0 < step.number <= len(children) else None
            rows += [(document, node)] if node else []
    return rows


def nodes_at(document: Document, steps: Sequence[Step], query: Query) -> list[Node]:
    """The nodes whose last number is the last step's, with the earlier steps above it."""
    parts = query.scope.parts
    here = [n for n in document.nodes if not parts or n.path.split("/")[0] in parts]
    *above, last = steps
    found = {
        rank: [
            n for n in here if is_numbered(n.path.split("/")[-1], rank, last.number) and _has_above(n, above, document)
        ]
        for rank in last.ranks
    }
    named = under_named_headings([(document, n) for rows in found.values() for n in rows], fold(query.asked))
    if len(named) == 1:
        return [named[0][1]]
    return next((rows for rows in found.values() if rows), [])


def is_numbered(step: str, rank: str, number: int) -> bool:
    label = _label(step, rank)
    return label is not None and label.number == number


def _label(step: str, rank: str) -> Label | None:
    """What the step of a path is numbered as, when it is of this rank."""
    label = label_at(re.sub(r"~\d+$", "", step) + ("、" if rank in ("一、", "1.") else ":" if rank == "专项1" else ""))
    return label if label is not None and label.rank.name == rank else None


def _has_above(node: Node, above: Sequence[Step], document: Document) -> bool:
    """Each earlier step stands in the path or among the chapters, in order."""
    chain = [*node.path.split("/")[:-1]]
    parent = document.node(node.parent) if node.parent else None
    while parent is not None:
        if parent.path.split("/")[-1] not in chain:
            chain.insert(0, parent.path.split("/")[-1])
        parent = document.node(parent.parent) if parent.parent else None
    position = 0
    for step in above:
        found = next(
            (
                i
                for i in range(position, len(chain))
                if any(is_numbered(chain[i], rank, step.number) for rank in step.ranks)
            ),
            None,
        )
        if found is None:
            return False
        position = found + 1
    return True


def under_named_headings(matches: Sequence[tuple[Document, Node]], folded: str) -> list[tuple[Document, Node]]:
    """Of several, those under the headings that the question names."""
    scored = []
    for document, node in matches:
        headings = fold(node.label).split(" > ")[:-1]
        named = sum(1 for heading in headings if len(_bare(heading)) > 1 and _bare(heading) in folded)
        scored.append((named, document, node))
    best = max((named for named, *_ in scored), default=0)
    return [(document, node) for named, document, node in scored if named == best] if best else []


def fitting_best(
    matches: Sequence[tuple[Document, Node]], query: Query, steps: Sequence[Step]
) -> list[tuple[Document, Node]]:
    """Of several, the one that has most of the question's other words, when it has clearly more than the next."""
    rest = query.residue_without(*(step.words for step in steps))
    fits = [pair_coverage(rest, fold(node.label + node.text)) for _, node in matches]
    order = sorted(range(len(fits)), key=fits.__getitem__, reverse=True)
    clear = len(rest) > 1 and fits[order[0]] - fits[order[1]] >= _CLEARLY
    return [matches[order[0]]] if clear else list(matches)


def _bare(heading: str) -> str:
    return re.sub(r"^[^一-鿿]*[一二三四五六七八九十]*[、)）.]?", "", heading).strip()


def numbered_so(document: Document, rank: str, query: Query) -> list[tuple[int, Node]]:
    """The nodes numbered in this way, by number, in the part that the question names."""
    parts = query.scope.parts
    here = [n for n in document.nodes if not parts or n.path.split("/")[0] in parts]
    labels = [(n, _label(own_step(n), rank)) for n in here]
    rows = {label.number: n for n, label in reversed(labels) if label is not None and label.number is not None}
    return sorted(rows.items(), key=lambda row: row[0])


def own_step(node: Node) -> str:
    return node.path.split("/")[-1]
