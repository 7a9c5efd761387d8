"""A .docx file -> its text, as it is printed: numbering worked out, notes apart, what is hidden or deleted gone."""

from __future__ import annotations

import io

from corpus.bounds import MAX_ELEMENTS_OF_TEXT
from corpus.errors import UnreadableTextError
from corpus.readers.packages import check_package
from corpus.readers.reading import Reading
from corpus.readers.word.body import Body
from corpus.readers.word.lists import Lists
from corpus.readers.word.names import Element, w
from corpus.readers.word.styles import Styles

_SAVE_AGAIN = "Open it in Word or WPS and save it as .docx"


def read_docx(name: str, data: bytes) -> Reading:
    """Raises UnreadableTextError with the name and what to do."""
    try:
        check_package(data, MAX_ELEMENTS_OF_TEXT)
        return _reading(data)
    except MemoryError:
        raise
    except Exception as error:  # of the many libraries below, each with its own
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableTextError(f"{name}: no readable Word file ({reason}). {_SAVE_AGAIN}.") from None


def _reading(data: bytes) -> Reading:
    from docx import Document  # takes a moment, which a folder without such files needn't wait

    part = Document(io.BytesIO(data)).part
    styles = Styles(_related(part, "styles"))
    lists = Lists(_related(part, "numbering"))
    marks = [mark.get(w("fldCharType")) for mark in part.element.iter(w("fldChar"))]
    body = Body(styles, lists, fields_may_span=marks.count("begin") == marks.count("end"))
    content = part.element.find(w("body"))
    if content is None:
        raise ValueError("it has no body")
    lines = [*body.lines(content), *body.end()]
    return Reading("\n".join(lines), footnotes=tuple(_notes(part, body, styles, lists)))


def _notes(part: Element, body: Body, styles: Styles, lists: Lists) -> list[str]:
    """Footnotes and endnotes in the order in which the text refers to them, each once."""
    held = {kind: _notes_by_id(part, kind) for kind in {kind for kind, _ in body.notes}}
    rows = []
    for kind, note_id in dict.fromkeys(body.notes):
        if (note := held[kind].get(note_id)) is not None:
            reader = Body(styles, lists)
            rows.append(" ".join([*reader.lines(note), *reader.end()]))
    return [words for words in rows if words]


def _notes_by_id(part: Element, kind: str) -> dict[str, Element]:
    """Without the lines that separate notes from the text, which are of a type."""
    held = _related(part, f"{kind}s")
    notes = held.findall(w(kind)) if held is not None else []
    return {note.get(w("id"), ""): note for note in notes if note.get(w("type")) is None}


def _related(part: Element, kind: str) -> Element | None:
    """The root of the document's part of this kind, if it has one. Never fetched from outside the file."""
    from docx.oxml import parse_xml

    for link in part.rels.values():
        if link.reltype.endswith(f"/{kind}") and not link.is_external:
            target = link.target_part
            return target.element if hasattr(target, "element") else parse_xml(target.blob)
    return None
