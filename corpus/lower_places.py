"""Which places lie within which: as the texts print it (whom a document is sent to, whole names), and cities in provinces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.places import provinces
from corpus.script import simplify
from corpus.types import Document

_NAME = "[一-鿿]{2,4}(?:新区|[区县市旗])"
_SENT_TO = re.compile(rf"^\s*((?:{_NAME}、)+{_NAME})(?:人民政府)?[^。]{{0,200}}[：:]\s*$", re.MULTILINE)
_GOVERNMENT = "人民政府|政府|街道|[一-鿿]{2,12}(?:局|委员会|办公室)"
_NO_NAME = re.compile("^(?:各|有关|所有|相关|所在|本|直属|其他)")
_FRONT = 2500  # characters at a text's beginning within which it says whom it is sent to


def lower_places(documents: Sequence[Document]) -> dict[str, str]:
    """Place -> the place of the corpus that it lies within."""
    rows: dict[str, str] = {}
    uppers = tuple(dict.fromkeys(d.metadata.jurisdiction for d in documents if d.metadata.jurisdiction))
    for document in documents:
        if document.metadata.jurisdiction and document.metadata.parent_jurisdiction:
            rows[document.metadata.jurisdiction] = document.metadata.parent_jurisdiction
        for place in _addressed(document):
            rows.setdefault(place, document.metadata.jurisdiction or "")
        for upper, place in _whole_names(document, uppers):
            rows.setdefault(place, upper)
    for city, province in provinces().items():
        if province in uppers:
            rows.setdefault(city, province)
    return {place: upper for place, upper in rows.items() if upper and place != upper}


def _addressed(document: Document) -> Iterator[str]:
    """澜东区、青榆区、石埠县人民政府：of a document of a city."""
    if document.metadata.jurisdiction:
        for found in _SENT_TO.finditer(simplify(document.text[:_FRONT])):
            yield from (name for name in found[1].split("、") if not _NO_NAME.match(name))


def _whole_names(document: Document, uppers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """上海市嘉定区人民政府: a place named behind the one that it lies within."""
    words = simplify(f"{document.metadata.issuer or ''}\n{document.text}")
    for upper in uppers:
        for found in re.finditer(rf"{re.escape(upper)}([一-鿿]{{2,3}}(?:新区|[区县市]))(?={_GOVERNMENT})", words):
            if not _NO_NAME.match(found[1]):
                yield upper, found[1]
