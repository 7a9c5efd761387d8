"""Word files made on the fly, part by part, as an office program writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_OPEN = "http://schemas.openxmlformats.org"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", f"{_OPEN}/wordprocessingml/2006/main"),
        ("r", f"{_OPEN}/officeDocument/2006/relationships"),
        ("mc", f"{_OPEN}/markup-compatibility/2006"),
        ("wp", f"{_OPEN}/drawingml/2006/wordprocessingDrawing"),
        ("a", f"{_OPEN}/drawingml/2006/main"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    )
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
Levels = Sequence[tuple[str, str]]  # (numFmt, lvlText) from the outermost


def r(words: str, properties: str = "") -> str:
    """A run of words; a line break in them is a soft one."""
    pieces = [
        "<w:tab/>" if piece == "\t" else "<w:br/>" if piece == "\n" else f'<w:t xml:space="preserve">{piece}</w:t>'
        for piece in _split(escape(words))
    ]
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>"


def _split(words: str) -> list[str]:
    rows = [""]
    for character in words:
        if character in "\t\n":
            rows += [character, ""]
        else:
            rows[-1] += character
    return [row for row in rows if row]


def p(*content: str, style: str = "", number: int | None = None, level: int = 0, properties: str = "") -> str:
    """A paragraph. What isn't XML is a run of words; `number` is the list that it is in."""
    inside = "".join(one if one.startswith("<") else r(one) for one in content)
    inside_properties = "".join(
        (
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "" if number is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
            properties,
        )
    )
    return f"<w:p>{f'<w:pPr>{inside_properties}</w:pPr>' if inside_properties else ''}{inside}</w:p>"


def cell(*content: str, span: int = 1, merged: str = "") -> str:
    """A cell; `merged` is restart where a merge of rows begins, continue where it goes on."""
    properties = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (
        f'<w:vMerge w:val="{merged}"/>' if merged else ""
    )
    paragraphs = "".join(one if one.startswith("<") else p(one) for one in content) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    lines = ("".join(one if one.startswith("<") else cell(one) for one in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def field(instruction: str, result: str) -> str:
    """A complex field, the way Word writes page numbers, references and contents."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inside = result if result.startswith("<") else r(result)
    begin, separate, end = map(mark, ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{separate}{inside}{end}'


def text_box(*paragraphs: str, below: int | None = None) -> str:
    """A box of text, with its older twin for programs that don't know it. `below` is how far under the paragraph."""
    inside = f"<w:txbxContent>{''.join(one if one.startswith('<') else p(one) for one in paragraphs)}</w:txbxContent>"
    place = "" if below is None else f"<wp:posOffset>{below}</wp:posOffset>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionV relativeFrom='
        f'"paragraph">{place}</wp:positionV><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>'
        f"</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def numbering(*lists: Levels, starts: Mapping[tuple[int, int], int] | None = None, more: str = "") -> str:
    """Lists 1, 2, …, each with its own levels. `starts` are (list, level) that begin anew at a number; `more` is XML."""
    own = starts or {}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(_level(n, *row) for n, row in enumerate(rows))}'
        "</w:abstractNum>"
        for number, rows in enumerate(lists, start=1)
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for (at, level), start in own.items()
            if at == number
        )
        + "</w:num>"
        for number in range(1, len(lists) + 1)
    )
    return abstract + numbers + more


def _level(level: int, number_format: str, words: str, properties: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{properties}'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


def style(name: str, properties: str = "", based_on: str = "", run: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def a_docx(
    *body: str,
    numbering: str = "",
    styles: str = "",
    footnotes: Sequence[str] = (),
    endnotes: Sequence[str] = (),
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """The bytes of a file with these paragraphs and tables. `parts` replace or add files of the package."""
    held = {
        "document": f"<w:document {_NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "styles": f"<w:styles {_NAMESPACES}>{styles}</w:styles>",
        "numbering": f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
        "footnotes": _notes("footnote", footnotes),
        "endnotes": _notes("endnote", endnotes),
    }
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{"document.main" if name == "document" else name}+xml"/>'
        for name in held
    )
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_OPEN}/officeDocument/2006/relationships/{name}" Target="{name}.xml"/>'
        for name in held
        if name != "document"
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{kinds}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        f'"{_OPEN}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        **{f"word/{name}.xml": _HEAD + words for name, words in held.items()},
    }
    return a_zip({**files, **(parts or {})})


def _notes(name: str, notes: Sequence[str]) -> str:
    rows = "".join(
        f'<w:{name} w:id="{number}">{one if one.startswith("<") else p(f"<w:r><w:{name}Ref/></w:r>", one)}</w:{name}>'
        for number, one in enumerate(notes, start=1)
    )
    separator = f'<w:{name} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{name}>'
    return f"<w:{name}s {_NAMESPACES}>{separator}{rows}</w:{name}s>"


def a_zip(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
