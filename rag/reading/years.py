"""Which documents a question names by their year: 2016年那份意见, 16年的, 二〇二〇年的方案."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from corpus.types import Document
from rag.reading.documents import DocumentMention, DocumentNames, spoken_of
from rag.reading.folded import FoldedCorpus
from rag.titles import own_title, years_of

_TYPES = "实施意见|意见|行动方案|方案|规划|行动计划|计划|办法|条例|通知"
_OTHER_TYPES = "细则|规定|公告|通告|预案|措施|问答"
_ANY_TYPE = "一份|文件|政策|那份|这份|那个|这个|版"
_YEAR = re.compile(r"(?<![到至0-9])(20\d\d|\d\d(?=年))(?:[-至到]+(?:20)?\d\d)?年?(?![底末起0-9])")
_TYPE_AFTER = re.compile(rf"(?P<rest>[^,。;?!:]{{0,24}}?)(?P<type>{_TYPES}|{_OTHER_TYPES}|{_ANY_TYPE})")
_ALONE = re.compile("的?(?:$|[,。;?!)])")  # after a year that stands for a whole document: 18年的
_SPOKEN_YEAR = re.compile(
    r"(?<![一-鿿])(?:二[〇零])?[一二三四五六七八九〇零]{2}(?=年)|(?<=[和与跟、,到至])[一二三四五六七八九〇零]{2}(?=年)"
)
_DIGITS = str.maketrans("一二三四五六七八九〇零", "12345678900")
_OF_ANY_SUBJECT = re.compile(r"(?:[和与跟、到](?:20)?\d\d年?)*[的那这个份部版两]*")
_BEFORE_NAME = 4  # characters between a year and the title that it dates: 2024年新出的
_BRACKETED_YEAR = re.compile(r"[\[(](\d{4})[\])]\s*\d")  # of a document number
_PRINTED_YEAR = re.compile(r"(\d{4})年")
_MENTIONS = 40  # of years that are looked at


class DatedDocuments:
    """The years that the corpus's documents are of, that they cite and that they print."""

    def __init__(self, folded: FoldedCorpus, documents: DocumentNames) -> None:
        self._folded, self._documents = folded, documents
        texts = folded.texts
        self._dated_in = {document.id: years_of(document) for document in folded.corpus.documents}
        self._cited_years = {name: frozenset(map(int, _BRACKETED_YEAR.findall(text))) for name, text in texts.items()}
        self._prints = {name: frozenset(map(int, _PRINTED_YEAR.findall(text))) for name, text in texts.items()}

    def named(self, plain: str, places: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
        """Documents of the years that the question names, and a name for one that isn't there."""
        documents: list[str] = []
        missing = None
        here = self._folded.documents_of(places)
        for found in islice(_YEAR.finditer(plain), _MENTIONS):
            year = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
            dated = [document for document in here if year in self._dated_in[document.id]]
            after = _TYPE_AFTER.match(plain, found.end())
            kind = after["type"] if after else ""
            typed = [document for document in dated if kind and kind in own_title(document)]
            if after and not _OF_ANY_SUBJECT.fullmatch(after["rest"]):
                rest = re.sub(r"[^一-鿿a-z0-9+]+", "", after["rest"])
                typed = [document for document in typed if spoken_of(rest, own_title(document)) > 1]
            if re.fullmatch(_ANY_TYPE, kind) or (not kind and _ALONE.match(plain, found.end())):
                of_several = [document for document in dated if self._documents.families([document.id])]
                typed = typed or of_several or (dated if kind or len(dated) == 1 else [])
            elif not kind and self._are_told_apart_by_year(here):
                typed = dated
            documents += [document.id for document in typed]
            if after and not dated and self._is_of_no_document(year, kind, here) and not self._cites(year, here):
                missing = f"{year}年{after['rest'].removeprefix('的')}{kind}"
        unique = tuple(dict.fromkeys(documents))
        return (unique if len(unique) < len(self._folded.corpus.documents) else ()), missing

    def _cites(self, year: int, documents: Sequence[Document]) -> bool:
        """Whether a text speaks of another of that year, by its number: what becomes of it may be written there."""
        return any(year in self._cited_years[document.id] for document in documents)

    def _are_told_apart_by_year(self, documents: Sequence[Document]) -> bool:
        years = [year for document in documents for year in self._dated_in[document.id]]
        return len(years) == len({*years})

    def _is_of_no_document(self, year: int, kind: str, documents: Sequence[Document]) -> bool:
        """A kind of document is named, or a year that the texts of the place never print."""
        if re.fullmatch(_TYPES, kind):
            return True
        return not any(year in self._prints[document.id] for document in documents)


def in_figures(folded: str) -> str:
    """The question with its spoken years in figures: 二〇二〇年 -> 2020年."""
    return _SPOKEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), folded)


def years_named(folded: str) -> list[str]:
    """Each year as written, in the order named."""
    return _YEAR.findall(folded)


def dates_a_title(plain: str, named: Iterable[DocumentMention]) -> bool:
    """Whether a year stands right before a title, and so belongs to it."""
    ends = [found.end() for found in islice(_YEAR.finditer(plain), _MENTIONS)]
    return any(0 <= mention.start - end <= _BEFORE_NAME for mention in named for end in ends)
