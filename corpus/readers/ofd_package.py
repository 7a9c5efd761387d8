"""The parts of an OFD by the names that they call one another, and the sheets of the documents in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from corpus.errors import UnreadableTextError
from corpus.readers.packages import Parts

Element = Any  # lxml's
_ROOT = "OFD.xml"
_ENCRYPTED = ("Encryptions.xml", "DecryptSeed.dat")  # members that only an encrypted file has (GM/T 0099)
_MOST_TEMPLATES = 1_000


class Sheet(NamedTuple):
    """A page: what is drawn on it, from the back, and the box that the document gives to its pages."""

    layers: tuple[Element, ...]
    box: str | None


class Package:
    """Raises UnreadableTextError, with the file's name and the part's, where a part is missing or broken."""

    def __init__(self, name: str, parts: Parts) -> None:
        self._name, self._parts = name, parts
        if any(posixpath.basename(member) in _ENCRYPTED for member in parts):
            raise UnreadableTextError(f"{name}: it is encrypted. Save it without encryption and try again.")
        self._by_lower = {member.lower(): member for member in parts}

    def sheets(self) -> Iterator[Sheet]:
        """Every page of every document, in order."""
        root = self._part(_ROOT)
        documents = [found for body in named(root, "DocBody") if (found := word(body, "DocRoot"))]
        if not documents:
            raise UnreadableTextError(f"{self._name}: {_ROOT} names no document. Export the file again.")
        for document in documents:
            yield from self._of_document(self._place(_ROOT, document))

    def _of_document(self, document: str) -> Iterator[Sheet]:
        root = self._part(document)
        common = next(named(root, "CommonData"), None)
        box, templates = None, {}
        if common is not None:
            box = next((word(area, "PhysicalBox") for area in named(common, "PageArea")), None)
            for template in list(named(common, "TemplatePage"))[:_MOST_TEMPLATES]:
                templates[template.get("ID")] = self._place(document, template.get("BaseLoc") or "")
        for pages in named(root, "Pages"):
            for page in named(pages, "Page"):
                yield self._sheet(self._place(document, page.get("BaseLoc") or ""), templates, box)

    def _sheet(self, place: str, templates: dict[str | None, str], box: str | None) -> Sheet:
        page = self._part(place)
        own = next((word(area, "PhysicalBox") for area in named(page, "Area")), None)
        layers = [
            self._part(templates[t.get("TemplateID")])
            for t in named(page, "Template")
            if t.get("TemplateID") in templates
        ]
        return Sheet((*layers, page), own or box)

    def _place(self, base: str, place: str) -> str:
        """The member that a part calls so: from the part's own folder, or from the top."""
        place = place.strip().replace("\\", "/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), place)).lstrip("/")
        from_top = posixpath.normpath(place.lstrip("/") or ".")
        for candidate in (beside, from_top):
            if candidate.lower() in self._by_lower:
                return self._by_lower[candidate.lower()]
        raise UnreadableTextError(f"{self._name}: {place or 'a page'} that {base} names is missing. Export it again.")

    def _part(self, place: str) -> Element:
        member = self._by_lower.get(place.lower())
        if member is None:
            raise UnreadableTextError(f"{self._name}: no OFD, there is no {place} in it. Check the file.")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self._parts[member], parser)
        except (etree.XMLSyntaxError, ValueError):
            raise UnreadableTextError(f"{self._name}: {member} in it is broken. Export the file again.") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableTextError(f"{self._name}: {member} declares entities, which no OFD does. Check the file.")
        return root


def tag_of(element: Element) -> str:
    """Without its namespace: files name several."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(element: Element, tag: str) -> Iterator[Element]:
    """The children of this name."""
    return (child for child in element if tag_of(child) == tag)


def word(element: Element, tag: str) -> str | None:
    """What the first child of this name says."""
    return next((child.text.strip() for child in named(element, tag) if child.text), None)
