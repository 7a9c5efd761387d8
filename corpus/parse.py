"""A policy text -> its tree of clauses. Spans tile the text; nothing is dropped or moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.annexes import Part, parts_of
from corpus.bounds import MAX_LINES, MAX_NODES
from corpus.departments import departments_in, ends_with_bracket, is_role_line, spread
from corpus.errors import UnreadableTextError
from corpus.header import metadata_of, sign_off, title_end
from corpus.headings import ARTICLE, CHAPTERS, SECTION, SECTION_OF_ARTICLES, Heading, Label, enter, label_at
from corpus.lines import SPACE, Line, lines_of
from corpus.numbering import numbering_notices
from corpus.script import simplify
from corpus.types import Document, Metadata, Node

TITLE, PREAMBLE, CLOSING, SIGN_OFF, ANNEX_LIST, PARAGRAPH = "标题", "前言", "结尾", "落款", "附件清单", "段"
_FRONT = (TITLE, SIGN_OFF, ANNEX_LIST)
_HEADING_LIMIT = 40
_STOP = re.compile("[。；;]")


@dataclass(frozen=True)
class Opening:
    """Where a node begins, before its text is cut: its address in the part and the headings above it."""

    line: Line
    part: Part
    address: tuple[str, ...]
    label: Label | None = None
    above: tuple[str, ...] = ()  # addresses of the headings that hold it, chapters included


def parse(document_id: str, text: str, metadata: Metadata | None = None) -> Document:
    """The document's tree. Without `metadata`, what the text prints about itself is taken.

    Raises UnreadableTextError naming the line past which there is more than a document can have.
    """
    lines = lines_of(text)
    _check_count(lines, MAX_LINES, "lines")
    parts = parts_of(lines)
    openings = [opening for part in parts for opening in _openings(part)]
    _check_count([opening.line for opening in openings], MAX_NODES, "headings and items")
    own = metadata or _own_metadata(parts, document_id, text)
    nodes = _nodes(document_id, text, openings, own)
    return Document(document_id, text, own, nodes, numbering_notices(openings))


def _check_count(lines: Sequence[Line], most: int, what: str) -> None:
    if len(lines) > most:
        raise UnreadableTextError(f"line {lines[most].number}: more than {most:,} {what}. Split the file.")


def _own_metadata(parts: Sequence[Part], document_id: str, text: str) -> Metadata:
    if not parts:
        return Metadata(title=document_id)
    body = parts[0].lines
    first = next((i for i, line in enumerate(body) if label_at(line.text)), len(body))
    closing = sign_off(body) or sign_off(parts[-1].lines)
    return metadata_of(body[:first], closing, document_id, text)


def _openings(part: Part) -> list[Opening]:
    """Where the part's nodes begin, in order."""
    lines = part.lines
    end = len(lines)
    tail: list[Opening] = []
    first = _first_numbered(lines)
    if (signed := sign_off(lines)) and (signed.index > first or first == len(lines)):
        tail.append(Opening(lines[signed.index], part, (SIGN_OFF,)))
        end = signed.index
    if part.annex_list is not None:
        tail.append(Opening(lines[part.annex_list], part, (ANNEX_LIST,)))
        end = min(end, part.annex_list)
    tail.sort(key=lambda opening: opening.line.start)
    body = lines[:end]
    first = _first_numbered(body)
    rows = _front(part, body[:first], numbered=first < len(body))
    rows += _numbered(part, body[first:])
    return rows + tail


def _first_numbered(lines: Sequence[Line]) -> int:
    contents = _table_of_contents(lines)
    for index, line in enumerate(lines):
        if index not in contents and label_at(line.text):
            return index
    return len(lines)


def _table_of_contents(lines: Sequence[Line]) -> range:
    """The chapter titles under a line 目录, up to where the first of them comes again."""
    for index, line in enumerate(lines):
        if label_at(line.text):
            break
        if re.fullmatch(r"#*\s*目\s*[录錄次]", line.text) and index + 1 < len(lines):
            first = _squeezed(lines[index + 1].text)
            again = (i for i in range(index + 2, len(lines)) if _squeezed(lines[i].text) == first)
            return range(index, next(again, index))
    return range(0)


def _squeezed(words: str) -> str:
    return re.sub(r"[#\s\u3000\u00a0]", "", words)


def _front(part: Part, lines: Sequence[Line], numbered: bool) -> list[Opening]:
    if not lines:
        return []
    count = 1 if part.is_annex and len(lines) == 1 else title_end(lines)
    if part.is_annex:
        count = max(count, _annex_title_end(lines))
    rows = [Opening(lines[0], part, (TITLE,))] if count else []
    if numbered:
        rows += [Opening(line, part, (PREAMBLE,)) for line in lines[count : count + 1]]
    else:
        rows += [Opening(line, part, (f"{PARAGRAPH}{n}",)) for n, line in enumerate(lines[count:], start=1)]
    return rows


def _annex_title_end(lines: Sequence[Line]) -> int:
    """The annex mark, and the title line under it when there is one."""
    has_title = len(lines) > 1 and len(lines[1].text) <= _HEADING_LIMIT * 2 and lines[1].text[-1] not in "。；：;:"
    return 2 if has_title else 1


def _numbered(part: Part, lines: Sequence[Line]) -> list[Opening]:
    rows: list[Opening] = []
    headings: tuple[Heading, ...] = ()
    labels = _labels(lines)
    last_label = max((i for i, label in enumerate(labels) if label), default=-1)
    closed = False
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        in_article = bool(headings) and headings[-1].level == ARTICLE.level
        if label and not (in_article and label.rank.level > ARTICLE.level):
            headings = enter(headings, label)
            rows.append(Opening(line, part, _address(headings), label, tuple(h.address for h in headings[:-1])))
            closed = False
        elif closed and index > last_label and not is_role_line(line.text):
            rows.append(Opening(line, part, (CLOSING,)))
            break
        closed = closed or ends_with_bracket(line.text, lines[index - 1].text if index else "")
    return rows


def _labels(lines: Sequence[Line]) -> list[Label | None]:
    """Each line's label. A `一、` right above an article is a chapter, as in judicial interpretations."""
    labels = [label_at(line.text) for line in lines]
    following: Label | None = None
    for index in range(len(labels) - 1, -1, -1):
        label = labels[index]
        if label and label.rank is SECTION and following and following.rank is ARTICLE:
            labels[index] = replace(label, rank=SECTION_OF_ARTICLES)
        following = label or following
    return labels


def _address(headings: tuple[Heading, ...]) -> tuple[str, ...]:
    """Articles run on through the chapters, so an address starts at the article."""
    names = [heading.address for heading in headings]
    article = next((i for i, heading in enumerate(headings) if heading.level == ARTICLE.level), None)
    return tuple(names[article:] if article is not None else names)


def _nodes(document_id: str, text: str, openings: Sequence[Opening], metadata: Metadata) -> tuple[Node, ...]:
    if not openings:
        return ()
    paths = _paths(openings)
    starts = [0, *(opening.line.start for opening in openings[1:]), len(text)]
    rows: list[Node] = []
    latest: dict[tuple[str, tuple[str, ...]], Node] = {}  # the open node at each address of a part
    for opening, path, (start, stop) in zip(openings, paths, pairwise(starts), strict=True):
        own = text[start:stop].rstrip(SPACE)
        parent = _parent(opening, latest)
        heading = _heading(opening)
        node = Node(
            document_id=document_id,
            path=path,
            label=" > ".join(filter(None, (parent.label if parent else opening.part.label, heading))),
            heading=heading,
            text=own,
            start=start,
            end=start + len(own),
            span_end=stop,
            line=opening.line.number,
            heading_only=False,
            parent=parent.path if parent else None,
            departments=departments_in(
                own, metadata.jurisdiction, metadata.parent_jurisdiction, opening.address[-1] in _FRONT
            ),
        )
        latest[opening.part.mark, (*opening.above, opening.address[-1])] = node
        rows.append(node)
    parents = {node.parent for node in rows}
    rows = spread(rows, text)
    return tuple(replace(node, heading_only=node.path in parents and _is_bare(node)) for node in rows)


def _paths(openings: Iterable[Opening]) -> list[str]:
    """`正文/三/(一)`; a second node of the same path gets `~2`."""
    seen: dict[str, int] = {}
    rows = []
    for opening in openings:
        path = "/".join(filter(None, (opening.part.mark, *opening.address)))
        seen[path] = seen.get(path, 0) + 1
        rows.append(path if seen[path] == 1 else f"{path}~{seen[path]}")
    return rows


def _parent(opening: Opening, latest: dict[tuple[str, tuple[str, ...]], Node]) -> Node | None:
    return latest.get((opening.part.mark, opening.above)) if opening.above else None


def _heading(opening: Opening) -> str:
    """What the label shows for a node: its number with its title, when it has one."""
    if opening.label is None:
        return opening.address[-1]
    first = simplify(opening.line.text.lstrip("#* "))
    skipped = len(opening.line.text) - len(opening.line.text.lstrip("#* "))
    words = first[opening.label.end - skipped :]
    title = _STOP.split(words.strip(SPACE), maxsplit=1)[0]
    number = first[: opening.label.end - skipped].rstrip(SPACE)
    is_article = opening.label.rank is ARTICLE
    if is_article or not title or len(title) > _HEADING_LIMIT:
        return number.rstrip("、.．:：")
    gap = " " if opening.label.rank.level in CHAPTERS and number.startswith("第") else ""
    return f"{number}{gap}{title.rstrip('：:')}"


def _is_bare(node: Node) -> bool:
    """A heading line with nothing under it but items."""
    lines = [line for line in node.text.splitlines() if line.strip(SPACE)]
    if len(lines) != 1:
        return False
    label = label_at(lines[0])
    words = lines[0][label.end :].strip(SPACE) if label else lines[0]
    return len(words) <= _HEADING_LIMIT and not _STOP.search(words.rstrip("。；;：:"))
