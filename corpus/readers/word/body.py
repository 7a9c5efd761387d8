"""The paragraphs and tables of a Word document -> lines, with what is automatic worked out and what isn't shown gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.readers.tables import row_line
from corpus.readers.word.fields import Fields, is_contents, is_page
from corpus.readers.word.lists import Lists
from corpus.readers.word.names import Element, local, m, number, switch, value, w
from corpus.readers.word.styles import Styles

_GONE = frozenset(["del", "moveFrom", "rPr", "pPr", "sectPr", "sdtPr", "tblPr", "altChunk"])
_MARKS = {  # a tab is a blank: in a text it stands between the cells of a row
    w("tab"): " ", w("ptab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("sym"): "",
}  # fmt: skip
_OF_A_PAGE = re.compile(r"[\W_第页共之ofPpage]*")  # what stands around a page's number
_CONTENTS = re.compile(r"\s*目\s*[录錄次]\s*")
_LINE = 150_000  # of a box's units: twelve points
_BLANKS = re.compile("[\r\n\t]")  # in a w:t, as a blank


@dataclass
class _Paragraph:
    """The words of a paragraph as they are gathered; boxes stand before it or below it."""

    words: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    boxes_below: list[str] = field(default_factory=list)
    has_page_number: bool = False


class Body:
    """Reads one document from its start to its end: lists count on, fields run on, notes come in order."""

    def __init__(self, styles: Styles, lists: Lists, fields_may_span: bool = True) -> None:
        self._styles, self._lists = styles, lists
        self._fields = Fields(fields_may_span)
        self._carried = ""  # words of a paragraph whose end is deleted or hidden: the next one goes on with them
        self.notes: list[tuple[str, str]] = []  # footnote or endnote, and its id

    def lines(self, container: Element) -> list[str]:
        """A line a paragraph and a line a row, in reading order; a soft break makes two lines."""
        rows: list[str] = []
        for block in _blocks(container):
            if block.tag == w("p"):
                self._paragraph(block, rows)
            else:
                rows += [*self.end(), *self._table(block)]
        return rows

    def end(self) -> list[str]:
        """What the last paragraph left over."""
        words, self._carried = self._carried.strip(), ""
        return [words] if words else []

    def _paragraph(self, block: Element, rows: list[str]) -> None:
        properties = block.find(w("pPr"))
        style = value(properties, "pStyle")
        paragraph = _Paragraph()
        began_in_contents = not self._fields.is_shown
        self._gather(block, style, paragraph)
        if not began_in_contents and not self._fields.is_shown and rows and _CONTENTS.fullmatch(rows[-1]):
            rows.pop()  # the heading of contents that begin here
        self._fields.end_paragraph()
        words = "".join(paragraph.words)
        if paragraph.has_page_number and _OF_A_PAGE.fullmatch(words):
            words = ""
        rows += paragraph.boxes
        if self._runs_on(properties, style):
            self._carried += words
        else:
            words, self._carried = self._carried + words, ""
            label = "" if began_in_contents else self._label(properties, style)
            rows += [line for part in (label + words).split("\n") if (line := part.strip())] if words.strip() else []
            if label and not words.strip() and _is_in_cell(block):
                rows.append(label.strip())
        rows += paragraph.boxes_below

    def _runs_on(self, properties: Element | None, style: str | None) -> bool:
        """Whether the paragraph's end is deleted or hidden."""
        mark = properties.find(w("rPr")) if properties is not None else None
        if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
            return True
        return self._styles.hidden(mark, style)

    def _label(self, properties: Element | None, style: str | None) -> str:
        list_id, level = value(properties, "numPr", "numId"), number(properties, "numPr", "ilvl")
        if list_id is None:
            found = self._styles.list_of(style)
            if found is None:
                return ""
            list_id, own, named = found
            level = level if level is not None else self._lists.level_of(list_id, style or named)
            level = level if level is not None else self._lists.level_of(list_id, named)
            level = level if level is not None else own
        return self._lists.next(list_id, level or 0)

    def _gather(self, parent: Element, style: str | None, into: _Paragraph) -> None:
        """The words under `parent`, hidden and deleted ones left aside."""
        for element in parent:
            tag, name = element.tag, local(element)
            if name in _GONE or not name:
                continue
            if tag in (w("t"), m("t")):
                self._say(_BLANKS.sub(" ", element.text or ""), into)
            elif tag in _MARKS:
                self._say(_MARKS[tag], into)
            elif tag == w("r"):
                if not self._styles.hidden(element.find(w("rPr")), style):
                    self._gather(element, style, into)
                else:
                    self._follow_fields(element)
            elif tag == w("fldChar"):
                self._mark(element, into)
            elif tag == w("instrText"):
                self._fields.instruct(element.text or "")
            elif tag == w("pgNum") or (tag == w("fldSimple") and _is_unshown(element)):
                into.has_page_number = True
            elif tag in (w("footnoteReference"), w("endnoteReference")):
                self.notes.append((name.removesuffix("Reference"), element.get(w("id"), "")))
            elif tag == w("txbxContent"):
                boxes = into.boxes_below if _is_below(element) else into.boxes
                boxes += self._boxed(element)
            elif name == "AlternateContent":
                if (chosen := _chosen(element)) is not None:
                    self._gather(chosen, style, into)
            elif tag not in (w("rt"), w("delText"), w("delInstrText")):
                self._gather(element, style, into)

    def _say(self, words: str, into: _Paragraph) -> None:
        if self._fields.is_shown:
            into.words.append(words)

    def _mark(self, element: Element, into: _Paragraph) -> None:
        instruction = self._fields.mark(element.get(w("fldCharType"), ""))
        into.has_page_number = into.has_page_number or (instruction is not None and is_page(instruction))

    def _follow_fields(self, run: Element) -> None:
        """A hidden run may still begin or end a field."""
        for element in run:
            if element.tag == w("fldChar"):
                self._fields.mark(element.get(w("fldCharType"), ""))
            elif element.tag == w("instrText"):
                self._fields.instruct(element.text or "")

    def _boxed(self, content: Element) -> list[str]:
        """A box is a text of its own: what is open around it stays open."""
        outer, self._fields = self._fields, Fields(may_span=False)
        carried, self._carried = self._carried, ""
        rows = [*self.lines(content), *self.end()]
        self._fields, self._carried = outer, carried
        return rows

    def _table(self, block: Element) -> list[str]:
        rows: list[str] = []
        has_header = False
        held: dict[int, str] = {}  # by column: what a merge of rows says there
        for row in _inside(block, "tr"):
            properties = row.find(w("trPr"))
            if properties is not None and (properties.find(w("del")) is not None or switch(properties, "hidden")):
                continue
            cells = [cell for cell in _inside(row, "tc") if not _is_deleted(cell)]
            column = number(properties, "gridBefore") or 0
            words = [""] * min(column, 64)
            alone: list[str] = []
            for cell in cells:
                alone = [*self.lines(cell), *self.end()]
                about = cell.find(w("tcPr"))
                merged = value(about, "vMerge")
                said = " ".join(alone)
                if merged is None:
                    held.pop(column, None)
                elif merged == "restart":
                    held[column] = said
                else:
                    said = said or held.get(column, "")
                span = min(max(number(about, "gridSpan") or 1, 1), 64)
                words += [said] * span if not has_header and len(cells) > 1 else [said, *[""] * (span - 1)]
                column += span
            if len(cells) == 1 and value(cells[0].find(w("tcPr")), "vMerge") is None:
                rows += alone  # a frame, or a heading over the whole width
            elif line := row_line(words):
                rows.append(line)
                has_header = True
        return rows


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables, those that content controls and the like hold included."""
    for element in container:
        if element.tag in (w("p"), w("tbl")):
            yield element
        elif local(element) == "AlternateContent":
            chosen = _chosen(element)
            yield from _blocks(chosen) if chosen is not None else ()
        elif local(element) not in _GONE and not _is_contents_control(element):
            yield from _blocks(element)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, in whatever holds them."""
    for element in parent:
        if element.tag == w(name):
            yield element
        elif element.tag != w("tbl") and local(element) not in _GONE:
            yield from _inside(element, name)


def _chosen(alternatives: Element) -> Element | None:
    """The newest form; an older one where that has no words."""
    rows = [row for row in alternatives if local(row) in ("Choice", "Fallback")]
    return next((row for row in rows if next(row.iter(w("t")), None) is not None), rows[0] if rows else None)


def _is_contents_control(element: Element) -> bool:
    about = element.find(w("sdtPr")) if element.tag == w("sdt") else None
    gallery = next(about.iter(w("docPartGallery")), None) if about is not None else None
    return gallery is not None and gallery.get(w("val"), "") == "Table of Contents"


def _is_deleted(cell: Element) -> bool:
    about = cell.find(w("tcPr"))
    return about is not None and about.find(w("cellDel")) is not None


def _is_unshown(field: Element) -> bool:
    instruction = field.get(w("instr"), "")
    return is_page(instruction) or is_contents(instruction)


def _is_in_cell(paragraph: Element) -> bool:
    return paragraph.getparent() is not None and paragraph.getparent().tag == w("tc")


def _is_below(content: Element) -> bool:
    """Whether a box hangs under the beginning of the paragraph that it is tied to."""
    anchor = next((one for one in content.iterancestors() if local(one) == "anchor"), None)
    place = next((one for one in anchor if local(one) == "positionV"), None) if anchor is not None else None
    if place is None or place.get("relativeFrom") not in ("paragraph", "line"):
        return False
    offset = next((one.text or "" for one in place if local(one) == "posOffset"), "")
    return offset.isdigit() and int(offset[:12]) >= _LINE
