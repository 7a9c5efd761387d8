"""Sets paragraphs in type: lines broken as printers break them, on pages with a margin, for tests of paged files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.layout import Glyph, Page, Rule

WIDTH, HEIGHT = 595.0, 842.0
FONT = "STSong-Light"  # every viewer has it: nothing is embedded
_MAY_NOT_BEGIN = "，。；：、）》”’！？),.;:!?%〕】"
_MM = 25.4 / 72

Bar = tuple[float, float, float, float]


@dataclass(frozen=True)
class Words:
    """Words on one height: from `left`, standing on `base`, downwards from the page's top; in points."""

    text: str
    left: float
    base: float
    size: float = 16.0

    @property
    def lefts(self) -> list[float]:
        """Where each character begins, and the last one ends."""
        places = [self.left]
        for char in self.text:
            places.append(places[-1] + self.size * width_of(char))
        return places


@dataclass(frozen=True)
class Sheet:
    words: tuple[Words, ...]
    bars: tuple[Bar, ...] = ()  # ruled lines: left, top, right, bottom
    picture: bool = False  # an image all over it


@dataclass(frozen=True)
class Form:
    """How a document is set. `furniture` makes the words that stand around page n (from 0) of so many."""

    size: float = 16.0
    leading: float = 28.0
    indent: float = 2.0  # of a first line, in heights of the type
    left: float = 79.0
    right: float = 521.0
    top: float = 110.0
    foot: float = 760.0
    columns: int = 1
    gutter: float = 30.0
    between: float = 0.0  # more room between two paragraphs
    is_headed_flush: bool = False  # short lines begin at the edge
    furniture: Callable[[int, int], Sequence[Words]] = field(default=lambda _page, _pages: ())


def width_of(char: str) -> float:
    """In heights of the type."""
    return 1.0 if east_asian_width(char) in "WFA" else 0.5


def broken(paragraph: str, first: float, rest: float) -> Iterator[str]:
    """The paragraph's lines: of so many heights of type; no line begins with a mark that closes something."""
    line, room = "", first
    for char in paragraph:
        if sum(map(width_of, line)) + width_of(char) > room:
            carried = ""
            while len(line) > 1 and (char if not carried else carried[0]) in _MAY_NOT_BEGIN:
                line, carried = line[:-1], line[-1] + carried
            yield line
            line, room = carried, rest
        line += char
    yield line


def typeset(paragraphs: Sequence[str], form: Form = Form()) -> list[Sheet]:
    wide = (form.right - form.left - form.gutter * (form.columns - 1)) / form.columns
    across = wide / form.size
    pages: list[list[Words]] = [[]]
    column, base = 0, form.top
    for paragraph in paragraphs:
        is_short = sum(map(width_of, paragraph)) < across - form.indent
        indent = 0.0 if form.is_headed_flush and is_short else form.indent
        for number, line in enumerate(broken(paragraph, across - indent, across)):
            if base > form.foot:
                column, base = column + 1, form.top
                if column == form.columns:
                    column = 0
                    pages.append([])
            left = form.left + column * (wide + form.gutter) + (indent * form.size if number == 0 else 0)
            pages[-1].append(Words(line, left, base, form.size))
            base += form.leading
        base += form.between
    return [Sheet((*form.furniture(number, len(pages)), *words)) for number, words in enumerate(pages)]


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], left: float = 79, top: float = 110) -> Sheet:
    """A ruled table: a cell's words are broken where it ends."""
    size, leading, pad = 12.0, 18.0, 6.0
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    words: list[Words] = []
    heights = [top]
    for row in rows:
        lines = [list(broken(cell, *[(w - 2 * pad) / size] * 2)) for cell, w in zip(row, widths, strict=True)]
        for column, cell in enumerate(lines):
            for number, line in enumerate(cell):
                words.append(Words(line, edges[column] + pad, heights[-1] + pad + size + number * leading, size))
        heights.append(heights[-1] + 2 * pad + leading * max(map(len, lines)))
    across = [(edges[0], y, edges[-1], y) for y in heights]
    down = [(x, heights[0], x, heights[-1]) for x in edges]
    return Sheet(tuple(words), (*across, *down))


def as_pages(sheets: Sequence[Sheet]) -> list[Page]:
    """As a reader finds them."""
    return [
        Page(
            WIDTH, HEIGHT, tuple(g for words in sheet.words for g in glyphs(words)), tuple(Rule(*b) for b in sheet.bars)
        )
        for sheet in sheets
    ]


def glyphs(words: Words) -> Iterator[Glyph]:
    places = words.lefts
    for char, left, right in zip(words.text, places, places[1:], strict=False):
        yield Glyph(char, left, right, words.base, words.size)


def as_pdf(sheets: Sequence[Sheet], turn: int = 0, lock: StandardEncryption | None = None) -> bytes:
    """`turn`: quarter turns by which the words run aslant of the sheet, and the sheet is shown turned back."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    size = (WIDTH, HEIGHT) if turn % 2 == 0 else (HEIGHT, WIDTH)
    canvas = Canvas(held, pagesize=size, encrypt=lock, invariant=True)
    for sheet in sheets:
        if turn:
            canvas.setPageRotation(90 * turn)
            canvas.rotate(90 * turn)
            canvas.translate(*{1: (0, -HEIGHT), 2: (-WIDTH, -HEIGHT), 3: (-WIDTH, 0)}[turn])
        for words in sheet.words:
            canvas.setFont(FONT, words.size)
            places = iter(words.lefts)
            for run in re.findall(r"[^\x00-\x7f]+|.", words.text):  # the font's own Latin is as wide as it likes
                left, *_ = [next(places) for _ in run]
                canvas.drawString(left, HEIGHT - words.base, run)
        for left, top, right, bottom in sheet.bars:
            canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)
        if sheet.picture:
            canvas.drawInlineImage(Image.new("L", (8, 8), 255), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def as_ofd(sheets: Sequence[Sheet], **parts: str | bytes) -> bytes:
    """An OFD of these pages; `parts` add to the archive or take a member's place (`__` stands for `/`)."""
    members: dict[str, str | bytes] = {
        "OFD.xml": _xml(
            "OFD", "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        ),
        "Doc_0/Document.xml": _xml(
            "Document",
            f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH * _MM} {HEIGHT * _MM}</ofd:PhysicalBox>"
            "</ofd:PageArea></ofd:CommonData><ofd:Pages>"
            + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(sheets)))
            + "</ofd:Pages>",
        ),
    }
    for number, sheet in enumerate(sheets):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = ofd_page(sheet)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | {name.replace("__", "/"): part for name, part in parts.items()}).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def ofd_page(sheet: Sheet, before: str = "") -> str:
    objects = [*map(_text_object, sheet.words), *map(_path_object, sheet.bars)]
    return _xml("Page", f'{before}<ofd:Content><ofd:Layer Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content>')


def _xml(root: str, content: str) -> str:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} {space}>{content}</ofd:{root}>'


def _text_object(words: Words) -> str:
    size = words.size * _MM
    steps = [width_of(char) * size for char in words.text[:-1]]
    written = " ".join(
        f"g {len(alike)} {step:.4f}" if len(alike) > 2 else " ".join([f"{step:.4f}"] * len(alike))
        for step, alike in ((step, list(group)) for step, group in groupby(steps))
    )
    box = f"{words.left * _MM:.4f} {words.base * _MM - size:.4f} {size * 40:.4f} {size * 1.3:.4f}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{box}" Font="2" Size="{size:.4f}"><ofd:TextCode X="0" Y="{size:.4f}"'
        f' DeltaX="{written}">{escape(words.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _path_object(bar: Bar) -> str:
    left, top, right, bottom = (value * _MM for value in bar)
    return (
        f'<ofd:PathObject ID="3" Boundary="{left:.4f} {top:.4f} {right - left:.4f} {bottom - top:.4f}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {right - left:.4f} {bottom - top:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
    )
