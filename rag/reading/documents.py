"""Which documents a question names: by 《title》, by 文号, or by the plain title or so much of it that no other is meant.

Everything comes from the titles that the corpus has; nothing is known of any of them beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.editions import Family, editions
from corpus.places import short_form
from corpus.script import fold
from corpus.types import Corpus, Document
from rag.reading.versions import bare_names, chosen
from rag.titles import is_same_title, years_of

_QUOTED = re.compile("《([^《》]{2,80})》")
_BRACKETS = re.compile(r"\([^()]{0,30}\)|[“”\"']")
_ISSUES = re.compile("关于(?:印发|发布|公布|转发|批转|修改|下达)?")
_ENDS = re.compile("的?(通知|通告|公告|决定|批复|意见|问答|指南|指引)$")
_TEXTS = frozenset(["办法", "规定", "细则", "方案", "措施", "计划", "规划", "意见", "预案", "条例", "标准"])
_LAST = re.compile(r"令第?(\d{1,4})号|(?:年|(?<![\d年]))第?(\d{1,4})号(?:文件?|令|$|(?=[^楼线院门]))")
_YEAR = re.compile(r"(?:20)?(\d\d)年?(?:版|的)?$")
_KIND = 2  # characters of the word that says what kind of text a title names: 条例, 办法
_BEFORE = 24  # characters before such a word that may belong to a title
_ANY_KIND = frozenset(["文件", "规定", "政策", "文章", "指引", "介绍"])  # what people call a text of any kind
_FILLERS = "的那这个份部本篇条新旧老版"  # between subject and kind: 养犬那个条例
_SHORTEST, _SHORTEST_OF_ANY, _SURELY = 2, 3, 4  # characters that name a subject
_OFTEN, _SELDOM = 6, 2  # times that a text has a word by which it may be named, and that the others may have it
_WORDS, _OF_A_BODY = re.compile("[一-鿿]+"), re.compile("[局部委厅办]")
_BARE_BEFORE = re.compile("[这那本该][一]?[份个部篇条]?$|(?:按照?|照|看|依|[,。;?:]|^)$")
_BARE_AFTER = re.compile("[里中内上]|第[一二三四五六七八九十百0-9]")
_NAMED, _QUOTES = 3, 8  # documents of one mention; titles that are looked up


@dataclass(frozen=True)
class DocumentMention:
    """Words of a folded question that name documents, by id; several where they can't be told apart.

    `is_sure` where no other document can be meant: by 《title》, number, or a good part of its title.
    """

    start: int
    end: int
    documents: tuple[str, ...]
    is_sure: bool = True
    is_topic: bool = False  # words of a title that say what is asked about as well: 人才公寓


@dataclass(frozen=True)
class _Title:
    document: str
    subject: str  # what the text is about: without place, notice and kind
    kind: str


class DocumentNames:
    """The corpus's titles and numbers, ready to be found in questions."""

    def __init__(self, corpus: Corpus) -> None:
        self._documents = corpus.documents
        self._numbers = {_number(d): d.id for d in corpus.documents if d.metadata.document_number}
        self._whole = [(d.id, fold(title)) for d in corpus.documents for title in _titles(d)]
        self._titles = [row for d in corpus.documents for title in _titles(d) for row in _parts(d, title)]
        self._kinds = frozenset(title.kind for title in self._titles) | _ANY_KIND
        self._by_id = {d.id: d for d in corpus.documents}
        self._texts = {d.id: fold(d.text) for d in corpus.documents}
        self._issuers = tuple({short for d in corpus.documents for short in _issuers(d)})
        self._families = editions(corpus.documents)
        self._several = self._families_by_kind()

    def mentions(self, question: str) -> tuple[DocumentMention, ...]:
        """In the order named, none inside another."""
        folded = fold(question)
        rows: list[DocumentMention] = []
        for mention in (
            *self._quoted(folded),
            *self._numbered(folded),
            *self._plain(folded),
            *self._bare(folded),
            *self._topics(folded),
        ):
            if not any(mention.start < row.end and row.start < mention.end for row in rows):
                rows.append(mention)
        return tuple(sorted(rows, key=lambda row: row.start))

    def families(self, documents: Sequence[str]) -> tuple[Family, ...]:
        """The texts of several editions that the documents are of, each with all its editions."""
        rows = {self._families[d][0].id: self._families[d] for d in documents if len(self._families.get(d, ())) > 1}
        return tuple(rows.values())

    def _families_by_kind(self) -> dict[str, tuple[Family, ...]]:
        rows: dict[str, dict[str, Family]] = {}
        for title in self._titles:
            family = self._families.get(title.document, ())
            if len(family) > 1:
                rows.setdefault(title.kind, {})[family[0].id] = family
        return {kind: tuple(families.values()) for kind, families in rows.items()}

    def _edition(self, ids: Sequence[str], before: str, after: str) -> tuple[str, ...]:
        """The edition that is meant, where all are editions of one text."""
        families = self.families(ids)
        if len(families) != 1 or not {*ids} <= {d.id for d in families[0]}:
            return tuple(ids)
        return tuple(d.id for d in chosen(families[0], before, after))

    def _bare(self, folded: str) -> Iterator[DocumentMention]:
        """老办法, 新版; 细则里, 那份预案: the only text of that kind."""
        for start, end, documents in bare_names(folded, self._several):
            yield DocumentMention(start, end, tuple(d.id for d in documents), is_sure=False)
        for start in range(len(folded) - _KIND + 1):
            kind, end = folded[start : start + _KIND], start + _KIND
            if kind in self._kinds - _ANY_KIND and _BARE_BEFORE.search(folded[:start]):
                ids = dict.fromkeys(title.document for title in self._titles if title.kind == kind)
                if len(ids) == 1 and (_BARE_AFTER.match(folded, end) or folded[start - 1 : start] not in ",。;?:"):
                    yield DocumentMention(start, end, tuple(ids), is_sure=False)

    def _topics(self, folded: str) -> Iterator[DocumentMention]:
        """Stretches that stand in the title of one document only."""
        start = 0
        while start <= len(folded) - _SURELY:
            ids: tuple[str, ...] = ()
            end = start + _SURELY
            while end <= len(folded) and (longer := self._titled(folded[start:end])):
                ids, end = longer, end + 1
            if len(ids) == 1 and not _OF_A_BODY.match(folded, end - 1):
                yield DocumentMention(start, end - 1, ids, is_sure=False, is_topic=True)
            start = end if len(ids) == 1 else start + 1

    def _titled(self, words: str) -> tuple[str, ...]:
        """The documents with these words in their titles, of several editions the latest."""
        if not _WORDS.fullmatch(words):
            return ()
        rows = dict.fromkeys(title.document for title in self._titles if words in title.subject)
        return tuple(dict.fromkeys(self._families[row][0].id if row in self._families else row for row in rows))

    def _quoted(self, folded: str) -> Iterator[DocumentMention]:
        for found in list(_QUOTED.finditer(folded))[:_QUOTES]:
            ids = [document for document, title in self._whole if is_same_title(found[1], title)]
            if ids:
                ids = list(self._edition(tuple(dict.fromkeys(ids)), folded[: found.start()], folded[found.end() :]))
                yield DocumentMention(found.start(), found.end(), tuple(ids))

    def _numbered(self, folded: str) -> Iterator[DocumentMention]:
        """By the whole number in any bracket, or by its last figure where only one document has it: 42号文, 第88号令."""
        plain = _plain_number(folded)
        for number, document in self._numbers.items():
            if number in plain:
                start = max(folded.find(number[:2]), 0)
                yield DocumentMention(start, start + len(number), (document,))
        for found in _LAST.finditer(folded):
            figure = found[1] or found[2]
            ids = [d.id for d in self._documents if _last_figure(fold(d.metadata.document_number or "")) == figure]
            if len(ids) == 1:
                yield DocumentMention(found.start(), found.end(), (ids[0],))

    def _plain(self, folded: str) -> Iterator[DocumentMention]:
        """Titles without 《》: before each word for a kind of text, the subject that stands there."""
        for start in range(len(folded) - _KIND + 1):
            kind = folded[start : start + _KIND]
            if kind in self._kinds:
                window = folded[max(start - _BEFORE, 0) : start]
                if best := self._best(window, kind):
                    length, ids, is_sure = best
                    between = window.rstrip(_FILLERS)
                    before = window[len(between) :] if len(between) < len(window) else ""
                    ids = self._edition(ids, f"{window[: len(window) - length]}{before}", folded[start + _KIND :])
                    yield DocumentMention(start - length, start + _KIND, ids, is_sure)

    def _best(self, window: str, kind: str) -> tuple[int, tuple[str, ...], bool] | None:
        """How many characters of the window name a subject, whose, and whether surely: those that have most of its last."""
        spoken = self._without_issuer(window.rstrip(_FILLERS))
        scored = [
            (spoken_of(spoken, title.subject), title.document)
            for title in self._titles
            if title.kind == kind or (kind in _ANY_KIND and self._names_enough(spoken, title))
        ]
        if found := self._by_place_or_year(spoken, kind):
            return found
        top = max((length for length, _ in scored), default=0)
        ids = self._of_place(tuple(dict.fromkeys(d for length, d in scored if length == top)), spoken)
        least = _SHORTEST if kind not in _ANY_KIND or len(ids) == 1 else _SHORTEST_OF_ANY
        if top >= least and len(ids) <= _NAMED:
            return top + len(window) - len(spoken), ids, top >= _SURELY and kind not in _ANY_KIND
        return self._by_words(window, spoken, kind)

    @staticmethod
    def _names_enough(spoken: str, title: _Title) -> bool:
        """A title without a kind of text, as a page has it, begins like any question: 怎么申领."""
        return bool(title.kind) or spoken_of(spoken, title.subject) >= _SHORTEST_OF_ANY

    def _without_issuer(self, spoken: str) -> str:
        """农机那份国务院意见: who issued it may stand before the kind."""
        name = next((name for name in self._issuers if spoken.endswith(name) and spoken != name), "")
        return spoken.removesuffix(name).rstrip(_FILLERS) if name else spoken

    def _of_place(self, ids: tuple[str, ...], spoken: str) -> tuple[str, ...]:
        """Those of the place that is named with them, if any is."""
        forms = {document: [form for form in _places(self._by_id[document]) if len(form) > 1] for document in ids}
        here = tuple(document for document in ids if any(form in spoken for form in forms[document]))
        return here or ids

    def _by_words(self, window: str, spoken: str, kind: str) -> tuple[int, tuple[str, ...], bool] | None:
        """托育意见: the text of that kind that has the word much oftener than the others."""
        own = {title.document for title in self._titles if title.kind == kind or kind in _ANY_KIND}
        word = spoken[-_SHORTEST:]
        if len(word) < _SHORTEST or not re.fullmatch("[一-鿿]+", word):
            return None
        counts = sorted(((self._texts[document].count(word), document) for document in own), reverse=True)
        if not counts or counts[0][0] < _OFTEN or (counts[1:] and counts[1][0] > _SELDOM):
            return None
        return _SHORTEST + len(window) - len(spoken), (counts[0][1],), False

    def _by_place_or_year(self, spoken: str, kind: str) -> tuple[int, tuple[str, ...], bool] | None:
        """泰安条例, 2018年办法: the only text of that kind of a place or a year."""
        own = [
            document
            for document in self._documents
            if any(t.document == document.id and t.kind == kind for t in self._titles)
        ]
        year = _YEAR.search(spoken)
        if year:
            meant = [d for d in own if int(year[1]) in {y % 100 for y in years_of(d)}]
            length = len(year[0])
        else:
            forms = [(d, form) for d in own for form in _places(d) if spoken.endswith(form)]
            length = max((len(form) for _, form in forms), default=0)
            meant = [d for d, form in forms if len(form) == length]
        ids = tuple(dict.fromkeys(d.id for d in meant))
        return (length, ids, True) if len(ids) == 1 and length else None


def _places(document: Document) -> Iterator[str]:
    if place := document.metadata.jurisdiction:
        yield from (place, short_form(place), place[-1:])


def _issuers(document: Document) -> Iterator[str]:
    if issuer := document.metadata.issuer:
        yield from (fold(name) for name in issuer.split() if len(name) > 1)


def spoken_of(words: str, subject: str) -> int:
    """How many of the last characters come in the subject in the same order, as 公租房 does in 公共租赁住房."""
    place, length = len(subject), 0
    for character in reversed(words):
        place = subject.rfind(character, 0, place)
        if place < 0:
            break
        length += 1
    return length


def _titles(document: Document) -> Sequence[str]:
    metadata = document.metadata
    rows = [metadata.title, metadata.notice_title or ""]
    return [row for row in dict.fromkeys(rows) if row]


def _parts(document: Document, title: str) -> Iterator[_Title]:
    """The title's own words, and those of the text that it issues."""
    folded = _BRACKETS.sub("", fold(title))
    inner = _QUOTED.findall(folded) if _ISSUES.search(folded) else []
    for words in (folded.replace("《", "").replace("》", ""), *inner):
        found = _ENDS.search(words)
        plain, kinds = (words[: found.start()], [found[1]]) if found else (words[:-_KIND], [words[-_KIND:]])
        if found and _ISSUES.search(plain) and plain[-_KIND:] in _TEXTS:
            kinds.append(plain[-_KIND:])
        for kind in kinds:
            subject = _subject(plain.removesuffix(kind), document)
            if len(subject) >= _SHORTEST and re.fullmatch("[一-鿿]{2}", kind):
                yield _Title(document.id, subject, kind)
        if not found and kinds[0] not in _TEXTS:
            yield _Title(document.id, re.sub("[^一-鿿a-z0-9]", "", _subject(words, document)), "")


def _subject(words: str, document: Document) -> str:
    """The words without those who issue them and where they hold."""
    metadata = document.metadata
    names = (metadata.issuer, metadata.parent_jurisdiction, metadata.jurisdiction, "中华人民共和国")
    for name in filter(None, names):
        words = words.replace(fold(name), "")
    return _ISSUES.sub("", words)


def _number(document: Document) -> str:
    return _plain_number(fold(document.metadata.document_number or ""))


def _plain_number(words: str) -> str:
    """Brackets of every kind and blanks out: 嘉府办发(2021)12号, 嘉府办发〔2021〕12号."""
    return re.sub(r"[\s〔〕\[\]()【】﹝﹞]|(?<=20\d\d)年", "", words)


def _last_figure(number: str) -> str:
    found = re.search(r"(?<!\d)(\d+)号$", number)
    return found[1] if found else ""
