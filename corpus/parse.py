"""A policy text -> its tree of clauses. Spans tile the text; nothing is dropped or moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.annexes import Part, parts_of
from corpus.bounds import MAX_LINES, MAX_NODES
from corpus.colophon import colophon_of
from corpus.contents import contents_of
from corpus.departments import departments_in, ends_with_bracket, is_role_line, spread
from corpus.errors import UnreadableTextError
from corpus.flow import flowing
from corpus.furniture import furniture_of
from corpus.header import SignOff, metadata_of, sign_off, title_end, with_repeal
from corpus.headings import ARTICLE, CHAPTERS, Heading, Label, enter
from corpus.labels import labels_of
from corpus.lines import SPACE, Line, lines_of
from corpus.numbering import long_clauses, numbering_notices
from corpus.printed_forms import visible
from corpus.questions import QUESTION
from corpus.script import simplify
from corpus.tables import is_row
from corpus.types import Department, Document, Metadata, Node
from corpus.wrapped import unfinished_before

TITLE, PREAMBLE, CLOSING, SIGN_OFF, ANNEX_LIST, PARAGRAPH = "标题", "前言", "结尾", "落款", "附件清单", "段"
CONTENTS, COLOPHON = "目录", "版记"
_FRONT = (TITLE, SIGN_OFF, ANNEX_LIST)
_NO_CLAUSE = (CONTENTS, COLOPHON)
_HEADING_LIMIT, _QUESTION_LIMIT = 40, 80
_STOP = re.compile("[。；;]")
_BLANKS = re.compile(r"[\s*_\\]")  # inside a label, with the signs of emphasis
_SPACED_OUT = re.compile(r"[一-鿿](?:\s{1,4}[一-鿿]){1,5}")  # 总　则


@dataclass(frozen=True)
class Opening:
    """Where a node begins, before its text is cut: its address in the part and the headings above it."""

    line: Line
    part: Part
    address: tuple[str, ...]
    label: Label | None = None
    above: tuple[str, ...] = ()  # addresses of the headings that hold it, chapters included


def parse(document_id: str, text: str, metadata: Metadata | None = None, with_bodies: bool = True) -> Document:
    """The document's tree. Without `metadata`, what the text prints about itself is taken; with it, that the text is
    printed as repealed, unless the metadata says whether it is. Without bodies it takes a tenth of the time.

    Raises UnreadableTextError naming the line past which there is more than a document can have.
    """
    lines = lines_of(text)
    _check_count(lines, MAX_LINES, "lines")
    furniture = furniture_of(lines)
    lines = tuple(line for index, line in enumerate(lines) if index not in furniture) or lines
    contents = contents_of(lines)
    listed, lines = lines[contents.start : contents.stop], (*lines[: contents.start], *lines[contents.stop :])
    parts = [_Numbered(part, labels_of(part.lines)) for part in parts_of(lines)]
    openings = [opening for numbered in parts for opening in _openings(numbered)]
    if listed:
        openings = _with_contents(openings, listed, lines[contents.start :], parts)
    _check_count([opening.line for opening in openings], MAX_NODES, "headings and items")
    own = _given(metadata, parts) if metadata else _own_metadata(parts, document_id, text)
    nodes = _nodes(document_id, text, openings, own, with_bodies)
    notices = sorted((*numbering_notices(openings), *long_clauses(nodes)), key=lambda notice: notice.line)
    return Document(document_id, text, own, nodes, tuple(notices))


@dataclass(frozen=True)
class _Numbered:
    """A part with the label of each of its lines."""

    part: Part
    labels: Sequence[Label | None]

    @property
    def first(self) -> int:
        """The first numbered line."""
        return next((index for index, label in enumerate(self.labels) if label), len(self.labels))


def _check_count(lines: Sequence[Line], most: int, what: str) -> None:
    if len(lines) > most:
        raise UnreadableTextError(f"line {lines[most].number}: more than {most:,} {what}. Split the file.")


def _given(metadata: Metadata, parts: Sequence[_Numbered]) -> Metadata:
    return with_repeal(metadata, parts[0].part.lines[: parts[0].first]) if parts else metadata


def _own_metadata(parts: Sequence[_Numbered], document_id: str, text: str) -> Metadata:
    if not parts:
        return Metadata(title=document_id)
    body, last = parts[0], parts[-1]
    closing = _closing(body.part.lines) or _closing(last.part.lines)
    return metadata_of(body.part.lines[: body.first], closing, document_id, visible(text))


def _closing(lines: Sequence[Line]) -> SignOff | None:
    """The sign-off, what it doesn't say taken from the colophon below it."""
    colophon = colophon_of(lines)
    signed = sign_off(lines[: colophon.index] if colophon else lines)
    if colophon is None or not (colophon.issuer or colophon.issued_on):
        return signed
    if signed is None:
        return SignOff(colophon.index, colophon.issuer, colophon.issued_on)
    return SignOff(signed.index, signed.issuer or colophon.issuer, signed.issued_on or colophon.issued_on)


def _with_contents(
    openings: Sequence[Opening], listed: Sequence[Line], after: Sequence[Line], parts: Sequence[_Numbered]
) -> list[Opening]:
    """The contents as a node, and what is left of the front behind them as another."""
    part = parts[0].part if parts else Part("", "", ())
    rows = [*openings, Opening(listed[0], part, (CONTENTS,))]
    if after and after[0].start not in {opening.line.start for opening in openings}:
        body = parts[0].part.lines
        index = next((i for i, line in enumerate(body) if line.start == after[0].start), len(body))
        is_title = index < title_end(body[: parts[0].first])
        rows.append(Opening(after[0], part, (TITLE if is_title else PREAMBLE,)))
    return sorted(rows, key=lambda opening: opening.line.start)


def _openings(numbered: _Numbered) -> list[Opening]:
    """Where the part's nodes begin, in order."""
    part, lines = numbered.part, numbered.part.lines
    end = len(lines)
    tail: list[Opening] = []
    if colophon := colophon_of(lines):
        tail.append(Opening(lines[colophon.index], part, (COLOPHON,)))
        end = colophon.index
    if (signed := sign_off(lines[:end])) and (signed.index > numbered.first or numbered.first == len(lines)):
        tail.append(Opening(lines[signed.index], part, (SIGN_OFF,)))
        end = signed.index
    if part.annex_list is not None:
        tail.append(Opening(lines[part.annex_list], part, (ANNEX_LIST,)))
        end = min(end, part.annex_list)
    tail.sort(key=lambda opening: opening.line.start)
    first = min(numbered.first, end)
    rows = _front(part, lines[:first], numbered=first < end)
    rows += _numbered(part, lines[first:end], numbered.labels[first:end])
    return rows + tail


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
        paragraphs = _paragraphs(lines[count:])
        rows += [Opening(line, part, (f"{PARAGRAPH}{n}",)) for n, line in enumerate(paragraphs, start=1)]
    return rows


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines that begin a paragraph of a text without numbering: a table is one, and so is one over several lines."""
    going_on = unfinished_before(lines)
    tabled = [is_row(line.text) for line in lines]
    return [
        line
        for index, line in enumerate(lines)
        if index not in going_on and not (tabled[index] and index and tabled[index - 1])
    ]


def _annex_title_end(lines: Sequence[Line]) -> int:
    """The annex mark, and the title line under it when there is one."""
    has_title = len(lines) > 1 and len(lines[1].text) <= _HEADING_LIMIT * 2 and lines[1].text[-1] not in "。；：;:"
    return 2 if has_title else 1


def _numbered(part: Part, lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Opening]:
    rows: list[Opening] = []
    headings: tuple[Heading, ...] = ()
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


def _address(headings: tuple[Heading, ...]) -> tuple[str, ...]:
    """Articles run on through the chapters, so an address starts at the article."""
    names = [heading.address for heading in headings]
    article = next((i for i, heading in enumerate(headings) if heading.level == ARTICLE.level), None)
    return tuple(names[article:] if article is not None else names)


def _nodes(
    document_id: str, text: str, openings: Sequence[Opening], metadata: Metadata, with_bodies: bool
) -> tuple[Node, ...]:
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
            departments=_departments(own, metadata, opening.address[-1]) if with_bodies else (),
        )
        latest[opening.part.mark, (*opening.above, opening.address[-1])] = node
        rows.append(node)
    parents = {node.parent for node in rows}
    no_clause = [
        _is_no_clause(opening, node, node.path in parents) for opening, node in zip(openings, rows, strict=True)
    ]
    rows = spread(rows, text)
    return tuple(replace(node, heading_only=bare) for node, bare in zip(rows, no_clause, strict=True))


def _departments(text: str, metadata: Metadata, address: str) -> tuple[Department, ...]:
    """The bodies that the text names, found where it reads on over line ends and signs that don't show; `printed` is
    as it stands.
    """
    if address in _NO_CLAUSE:
        return ()
    flow = flowing(text)
    found = departments_in(flow.words, metadata.jurisdiction, metadata.parent_jurisdiction, address in _FRONT)
    return found if flow.words == text else tuple(replace(one, printed=flow.printed(one.printed)) for one in found)


def _is_no_clause(opening: Opening, node: Node, has_children: bool) -> bool:
    if opening.address[-1] in _NO_CLAUSE:
        return True
    is_question = opening.label is not None and opening.label.rank.name == QUESTION
    return has_children and (is_question or (_is_bare(node, opening.label) and not _gives_tasks(node)))


def _gives_tasks(node: Node) -> bool:
    """Whether it is a sentence that gives a body something to do: a heading only has its bracket."""
    return any(body.source == "text" for body in node.departments)


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
    label = opening.label
    if label is None:
        return opening.address[-1]
    printed = _BLANKS.sub("", simplify(label.printed)).rstrip("、.．:：")
    title = _title_of(opening.line.text, label)
    limit = _QUESTION_LIMIT if label.rank.name == QUESTION else _HEADING_LIMIT
    if label.rank is ARTICLE or not title or len(title) > limit:
        return printed
    if label.rank.level in CHAPTERS and printed.startswith("第"):
        return f"{printed} {title}"
    return f"{simplify(_number(opening.line.text, label))}{title}"


def _number(line: str, label: Label) -> str:
    """The label with what parts it from its title: 1. and 1.1 with a blank."""
    start = label.end - len(label.printed)
    number = _BLANKS.sub("", line[start : label.end])
    return number if number[-1:] in "、.．:：)）" else number + " " * (line[label.end : label.end + 1] in SPACE)


def _title_of(line: str, label: Label) -> str:
    words = simplify(line[label.end :]).strip(SPACE + "*_")
    if _SPACED_OUT.fullmatch(words):
        words = re.sub(r"\s", "", words)
    return _STOP.split(words, maxsplit=1)[0].rstrip("：:*_")


def _is_bare(node: Node, label: Label | None) -> bool:
    """A heading line with nothing under it but items."""
    lines = [line for line in node.text.splitlines() if line.strip(SPACE)]
    if len(lines) != 1:
        return False
    words = visible(lines[0].strip(SPACE))[label.end if label else 0 :].strip(SPACE)
    return len(words) <= _HEADING_LIMIT and not _STOP.search(words.rstrip("。；;：:"))
