"""Where a question looks: the places, documents and annexes that it names, and those that no document covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from rjieba import Jieba

from corpus.lower_places import lower_places
from corpus.places import foreign_forms, jurisdictions_of, short_form
from corpus.script import fold
from corpus.types import Corpus, Document, Node
from rag.focus import NO_FOCUS, Focus
from rag.reading.documents import DocumentMention, DocumentNames, spoken_of
from rag.titles import annex_titles, both_numerals, is_same_title, names_of_annex, own_title, years_of

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
_TOGETHER = {"香港": "港澳", "澳门": "港澳", "台湾": "港澳台"}  # how texts name places in one word
_BEFORE_NAME = 4  # characters between a year and the title that it dates: 2024年新出的
_QUOTED = re.compile("《([^》]{2,60})》")
_ANNEX_BEFORE = re.compile(r"附[件表录][0-9一二三四五六七八九十]*[:,]?\s*$")
_ASKED_OF_TITLE = re.compile(
    r"\s*(?:\([^)]{1,12}\))?(?:第[一二三四五六七八九十百0-9]+条|里|中|的(?!要求|规定执行)|怎么|如何|规定|主要|有哪|有什么|写|对|讲|说|什么时候|是哪|由哪|关于)"
)
_FIVE_YEARS = re.compile("(十[一二三四五六七]五)”?(?:的|期间)?([^,。?]{0,12}(?:规划|方案|计划|文件))")
_CAMPAIGN = re.compile(
    '[“"「](?P<slogan>[^”"」]{2,12})[”"」](?:[一二三四五]年|专项)?(?:行动计划|行动方案|实施方案|规划|实施意见)'
)
_RELIED_ON = re.compile(r"(?:落实|按照|根据|依据|依照|执行|贯彻|参照|对接)[^《》,。]{0,6}$")
_CITY_WORDS = r"市里|全市|本市|市级|市政府(?!办)|市一级|市的"
_ANY_DISTRICT = re.compile("哪个区|哪些区|各区|哪几个区")
_CITY_BESIDE = (
    r"市里|市一级|市级(?=[(与和跟、对比方]|层面|的)|市的"  # what means the city where a district is named too
)
_BODY_WORDS = re.compile(r"正文|主体部分|方案本身|总方案|主方案|主文件|不看附件|不含附件|除附件外|总的方案")
_ANNEX_COUNTED = re.compile(r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})个附件")
_ANNEXES_TOO = re.compile(r"正文[^,。?]{0,4}附件|附件[^,。?]{0,4}正文|(?:含|连|加上?|包括)附件")
_ANNEX = re.compile(r"附\s*(件|表|录)\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})")
_BRACKETED_YEAR = re.compile(r"[\[(](\d{4})[\])]\s*\d")  # of a document number
_PRINTED_YEAR = re.compile(r"(\d{4})年")
_MENTIONS, _NAMED = 40, 8  # of years and places that are looked at, of titles and foreign places that are told apart
_DOCUMENT_BONUS, _PART_BONUS, _HINT_BONUS = 6.0, 4.5, 2.0


@dataclass(frozen=True)
class Scope:
    """`places` and `documents` are ids as the corpus has them; a named one excludes the others when `strict`."""

    places: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()  # places without documents that the texts themselves speak of
    documents: tuple[str, ...] = ()
    strict_documents: bool = False
    parts: tuple[str, ...] = ()
    strict_parts: bool = False
    missing_document: str | None = None
    hints: tuple[tuple[str, str], ...] = ()  # (document id, annex mark) of annexes whose subject is named
    focus: Focus = field(default=NO_FOCUS, compare=False)  # what was spoken of before

    def includes(self, document: str, jurisdiction: str | None) -> bool:
        """Whether the document may answer: it is of the named places, and named itself where any are for sure."""
        return (not self.places or jurisdiction in self.places) and (
            document in self.documents or not (self.documents and self.strict_documents)
        )

    def bonus(self, clause: Node, jurisdiction: str | None) -> float | None:
        """How much a clause gains for standing where the question looks; None for out of the question."""
        if not self.includes(clause.document_id, jurisdiction):
            return None
        gain = self.focus.bonus(clause)
        if clause.document_id in self.documents:
            gain += _DOCUMENT_BONUS
        if self.parts:
            if clause.path.split("/")[0] in self.parts:
                gain += _PART_BONUS
            elif self.strict_parts:
                return None
        elif (clause.document_id, clause.path.split("/")[0]) in self.hints:
            gain += _HINT_BONUS
        return gain


class Gazetteer:
    """The corpus's places, documents and annexes, and how questions name them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.documents = DocumentNames(corpus)
        self._places = jurisdictions_of(corpus)
        self._below = lower_places(corpus.documents)
        self._upper = frozenset(self._below.values()) & {*self._places}
        self._tops = frozenset(place for place in self._places if place not in self._below)
        self._foreign = foreign_forms(self._places)
        self._jieba = Jieba()
        self._texts = texts = {document.id: fold(document.text) for document in corpus.documents}
        self._all_text = "".join(texts.values())
        self._titles = {document.id: fold(document.metadata.title) for document in corpus.documents}
        self._dated_in = {document.id: years_of(document) for document in corpus.documents}
        self._cited_years = {name: frozenset(map(int, _BRACKETED_YEAR.findall(text))) for name, text in texts.items()}
        self._prints = {name: frozenset(map(int, _PRINTED_YEAR.findall(text))) for name, text in texts.items()}
        self._parts = {document.id: annex_titles(document) for document in corpus.documents}
        self._part_named = {
            (document, mark): _speaks_of(title) for document, rows in self._parts.items() for mark, title in rows
        }

    @property
    def places(self) -> tuple[str, ...]:
        return self._places

    def depth(self, place: str | None) -> int:
        """How many places the place lies within, the country among them; 0 for what holds everywhere."""
        seen: list[str] = []
        while place and place not in seen:
            seen.append(place)
            place = self._below.get(place)
        return len(seen)

    def scope_of(self, question: str) -> Scope:
        folded = fold(question.encode("utf-8", "replace").decode("utf-8"))
        quoted = tuple(dict.fromkeys(_QUOTED.findall(folded)))[:_NAMED]
        plain = _SPOKEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), _QUOTED.sub("《》", folded))
        by_title, parts_by_title = self._titled(quoted)
        places = self._named_places(plain)
        away = self._foreign_places(plain, places)
        spoken_of = () if places else tuple(place for place in away if self._is_spoken_of(place))
        foreign = tuple(place for place in away if place not in spoken_of)
        by_year, missing = self._dated(plain, places)
        named = [here for mention in self.documents.mentions(folded) if (here := self._here(mention, places))]
        by_name = tuple(dict.fromkeys(document for mention in named for document in mention.documents))
        sure = any(mention.is_sure for mention in named)
        documents = by_title or self._named(by_name, by_year, sure, len({*_YEAR.findall(plain)}))
        parts = parts_by_title or self._named_parts(plain, documents, places)
        documents = documents or self._with_parts(parts, places)
        return Scope(
            places=() if by_title else places,
            foreign=foreign,
            spoken_of=spoken_of,
            documents=documents,
            strict_documents=bool(by_title or sure or (by_year and documents == by_year)),
            parts=parts,
            strict_parts=bool(parts)
            and bool(_ANNEX.search(plain) or _ANNEX_COUNTED.search(plain) or _BODY_WORDS.search(plain))
            and self._have(parts),
            hints=self._hinted_parts(plain, places),
            missing_document=self._missing_title(folded)
            or self._missing_plan(folded)
            or self._missing_campaign(folded)
            or (None if by_title or by_year or (named and not self._dates(plain, named)) else missing),
        )

    @staticmethod
    def _named(by_name: tuple[str, ...], by_year: tuple[str, ...], is_sure: bool, years: int) -> tuple[str, ...]:
        """Of what names and years say the narrower, but all the years where several are named."""
        if not (by_name and by_year):
            return by_name or by_year
        is_within = {*by_name} <= {*by_year}
        return by_year if (is_within and years > 1) or not (is_sure or is_within) else by_name

    @staticmethod
    def _dates(plain: str, named: Iterable[DocumentMention]) -> bool:
        """Whether a year stands right before a title, and so belongs to it."""
        ends = [found.end() for found in islice(_YEAR.finditer(plain), _MENTIONS)]
        return any(0 <= mention.start - end <= _BEFORE_NAME for mention in named for end in ends)

    def _is_spoken_of(self, place: str) -> bool:
        return any(form in self._all_text for form in forms_of(place))

    def national(self) -> Scope | None:
        """The documents that hold everywhere."""
        ids = tuple(d.id for d in self._corpus.documents if d.metadata.jurisdiction is None)
        return Scope(documents=ids, strict_documents=True) if ids else None

    def _here(self, mention: DocumentMention, places: tuple[str, ...]) -> DocumentMention | None:
        """The mention's documents of the named places; None where it has none there."""
        ids = self._ids_in(places)
        here = tuple(document for document in mention.documents if document in ids)
        return replace(mention, documents=here) if here else None

    def are_editions(self, scopes: Sequence[Scope]) -> bool:
        """Whether each scope is one edition of the same text."""
        ids = [document for scope in scopes for document in scope.documents]
        return len(ids) == len(scopes) > 1 and len(self.documents.families(ids)) == 1

    @property
    def place_words(self) -> tuple[str, ...]:
        """Every way to write a place of the corpus, longest first."""
        forms = {form for place in self._places for form in (place, short_form(place))}
        return tuple(sorted(forms | {"市里", "全市", "本市", "市级", "区里", "我区", "本区"}, key=len, reverse=True))

    def alternatives(self, question: str, scope: Scope) -> tuple[Scope, ...]:
        """One scope a place, or a document of another year, where a question names several side by side.

        A place without documents of its own is answered for by the one above it, together with the others.
        """
        if len(scope.places) > 1 and not self._within(fold(question)):
            return tuple(self._of_place(scope, place) for place in scope.places)
        years = len(_YEAR.findall(fold(question))) > 1
        if len(scope.documents) > 1 and (years or self._are_editions_named_apart(question, scope)):
            return tuple(replace(scope, documents=(document,), strict_documents=True) for document in scope.documents)
        return ()

    def _are_editions_named_apart(self, question: str, scope: Scope) -> bool:
        """老办法跟新办法一比: each named by itself, and both of one text."""
        named = {mention.documents for mention in self.documents.mentions(question)}
        return (
            len(named) > 1
            and all(len(ids) == 1 for ids in named)
            and len(self.documents.families(scope.documents)) == 1
        )

    def wider(self, scope: Scope) -> Scope | None:
        """The documents that hold at the named places as well: of the places above them, and of the whole country.

        Not those that the places' own documents carry out: what these leave out doesn't hold there.
        """
        own = [d for d in self._corpus.documents if d.metadata.jurisdiction in scope.places]
        above = {self._below.get(place) for place in scope.places} - {*scope.places} | {None}
        rows = (d for d in self._corpus.documents if d.metadata.jurisdiction in above)
        others = tuple(d.id for d in rows if not any(self._carries_out(one, d) for one in own))
        is_open = bool(scope.places and others) and not scope.documents
        return Scope(documents=others, strict_documents=True) if is_open else None

    def _carries_out(self, document: Document, upper: Document) -> bool:
        own = re.sub(r"\(.*?\)", "", self._titles[upper.id])
        return own in self._texts[document.id]

    def _of_place(self, scope: Scope, place: str) -> Scope:
        ids = {d.id for d in self._corpus.documents if d.metadata.jurisdiction == place}
        documents = tuple(document for document in scope.documents if document in ids)
        return replace(scope, places=(place,), documents=documents, strict_documents=bool(documents))

    def annex_named(self, question: str, scope: Scope) -> str:
        """The name of the hinted annex's subject that stands in the question."""
        plain = fold(question)
        titles = (title for d, mark in scope.hints for own, title in self._parts[d] if own == mark)
        return next((name for title in titles for name in names_of_annex(title) if name in plain), "")

    def _named_places(self, plain: str) -> tuple[str, ...]:
        """Places in the order named."""
        lower = [
            (plain.find(short_form(place)), place)
            for place in self._places
            if place not in self._upper and short_form(place) in plain
        ]
        upper = [
            (found, place)
            for place in self._places
            if place in self._upper
            for found in self._city_mentions(plain, place, bool(lower))
        ][:1]
        named = [place for _, place in sorted([*lower, *upper, *self._within(plain)])]
        return tuple(dict.fromkeys(named))

    def _within(self, plain: str) -> list[tuple[int, str]]:
        """Named places that have no document, each as the place of the corpus that it lies within."""
        rows = (
            (plain.find(short_form(place)), upper) for place, upper in self._below.items() if place not in self._places
        )
        return [(start, upper) for start, upper in rows if start >= 0 and upper in self._places]

    def _city_mentions(self, plain: str, city: str, beside_districts: bool) -> list[int]:
        """Where the city itself is meant: not as the first half of a district's or an institution's name."""
        words = _CITY_BESIDE if beside_districts else _CITY_WORDS
        stretches = re.finditer(words, plain) if self._tops == {city} else ()
        rows = [f.start() for f in stretches if not self._is_basis(plain, f.start(), beside_districts)]
        name = short_form(city)
        for found in islice(re.finditer(re.escape(name), plain), _MENTIONS):
            after = plain[found.end() :].removeprefix(city[len(name) :])
            if any(after.startswith(short_form(place)) for place in self._places if place != city):
                continue
            if beside_districts and not re.match(r"市|的|方案|和|与|跟|、|,|[12]\d", plain[found.end() :]):
                continue
            is_whole = plain.startswith(city, found.start())
            if not is_whole and self._names_institution(plain, found.start(), found.end()):
                continue
            if self._is_basis(plain, found.start(), beside_districts):
                continue
            if not _ANY_DISTRICT.search(plain):
                rows.append(found.start())
        return sorted(rows)

    @staticmethod
    def _is_basis(plain: str, start: int, beside_districts: bool) -> bool:
        """虹口落实市里方案的意见: the city is named as what the district's document carries out."""
        return beside_districts and bool(_RELIED_ON.search(plain[:start]))

    def _names_institution(self, plain: str, start: int, end: int) -> bool:
        """上海微校, 上海标准: the texts quote the name with the place in it."""
        following = plain[end : end + 4]
        if len(following) < 2 or any(following[:3] in title for title in self._titles.values()):
            return False
        quoted = f"“{plain[start : end + 2]}" in self._all_text
        return quoted or (len(following) == 4 and plain[start : end + 4] in self._all_text)

    def _foreign_places(self, plain: str, places: tuple[str, ...]) -> tuple[str, ...]:
        """Named places without a document; beside a covered place only where both are asked about."""
        named: list[tuple[str, str]] = []
        for word in dict.fromkeys(self._jieba.cut(plain)):
            form = self._foreign_form(word) if len(named) < _NAMED else None
            if form is None:
                continue
            start = plain.find(word)
            if start + len(word) + 2 <= len(plain) and plain[start : start + len(word) + 2] in self._all_text:
                continue
            named.append((word, self._foreign[form]))
        if places:
            named = [row for row in named if self._is_paired(plain, row[0], places)]
        return tuple(dict.fromkeys(place for _, place in named))

    def _foreign_form(self, word: str) -> str | None:
        """The place without documents that the word is, or begins with: 苏州工业园区."""
        if word in self._foreign:
            return word
        starts = (word[:length] for length in range(len(word) - 1, 1, -1))
        found = next((start for start in starts if start in self._foreign), None)
        return found if found and word not in self._all_text else None

    def _is_paired(self, plain: str, word: str, places: Iterable[str]) -> bool:
        joint = "(?:区|市)?(?:和|与|跟|同|、|以及|还有|比|,)(?:上海市?)?"
        own = "|".join(re.escape(short_form(place)) for place in places)
        word = re.escape(word)
        return bool(
            re.search(
                rf"(?:{own}){joint}{word}|{word}{joint}(?:{own})|{word}[区市县]?(?:那边|那儿)?(?:呢|又|有没有|有吗)",
                plain,
            )
        )

    def _have(self, parts: tuple[str, ...]) -> bool:
        return parts == ("正文",) or any(mark in parts for rows in self._parts.values() for mark, _ in rows)

    def _with_parts(self, parts: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
        """The one document that has such an annex; nothing when several have or none."""
        if not parts or parts == ("正文",):
            return ()
        rows = [d.id for d in self._in(places) if any(mark in parts for mark, _ in self._parts[d.id])]
        return tuple(rows) if len(rows) == 1 else ()

    def _titled(self, quoted: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Documents and annexes whose titles the question quotes."""
        documents, parts = [], []
        for words in quoted:
            for document in self._corpus.documents:
                if is_same_title(words, self._titles[document.id]):
                    documents.append(document.id)
                for mark, title in self._parts[document.id]:
                    if is_same_title(words, title):
                        documents.append(document.id)
                        parts.append(mark)
        if parts:
            return tuple(dict.fromkeys(documents)), tuple(dict.fromkeys(parts))
        return tuple(dict.fromkeys(documents)), ()

    def _missing_title(self, folded: str) -> str | None:
        """A quoted title whose own words are asked for, and which is none of the documents or annexes."""
        for found in islice(_QUOTED.finditer(folded), _NAMED):
            asked = _ASKED_OF_TITLE.match(folded, found.end())
            before = folded[: found.start()]
            is_mentioned = _RELIED_ON.search(before) or _ANNEX_BEFORE.search(before)
            if asked and not is_mentioned and not self._titled([found[1]])[0] and not self._is_heading(found[1]):
                return f"《{found[1]}》"
        return None

    def _is_heading(self, words: str) -> bool:
        """Whether a part of a document is called so."""
        return any(
            words in fold(node.heading)
            for document in self._corpus.documents
            for node in document.nodes
            if node.heading
        )

    def _missing_plan(self, folded: str) -> str | None:
        """“十三五”规划 where only another five-year plan is here."""
        found = _FIVE_YEARS.search(folded)
        if found and not any(found[1] in title for title in self._titles.values()):
            return f"“{found[1]}”{found[2]}"
        return None

    def _missing_campaign(self, folded: str) -> str | None:
        """“工赋上海”三年行动计划: a plan named by a slogan that no title has."""
        found = _CAMPAIGN.search(folded)
        if found is None or _RELIED_ON.search(folded[: found.start()]):
            return None
        titles = list(self._titles.values())
        titles += [title for rows in self._parts.values() for _, title in rows]
        return None if any(found["slogan"] in title for title in titles) else found[0]

    def _dated(self, plain: str, places: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
        """Documents of the years that the question names, and a name for one that isn't there."""
        documents: list[str] = []
        missing = None
        here = self._in(places)
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
                of_several = [document for document in dated if self.documents.families([document.id])]
                typed = typed or of_several or (dated if kind or len(dated) == 1 else [])
            elif not kind and self._are_told_apart_by_year(here):
                typed = dated
            documents += [document.id for document in typed]
            if after and not dated and self._is_of_no_document(year, kind, places) and not self._cites(year, here):
                missing = f"{year}年{after['rest'].removeprefix('的')}{kind}"
        unique = tuple(dict.fromkeys(documents))
        return (unique if len(unique) < len(self._corpus.documents) else ()), missing

    def _cites(self, year: int, documents: Sequence[Document]) -> bool:
        """Whether a text speaks of another of that year, by its number: what becomes of it may be written there."""
        return any(year in self._cited_years[document.id] for document in documents)

    def _are_told_apart_by_year(self, documents: Sequence[Document]) -> bool:
        years = [year for document in documents for year in self._dated_in[document.id]]
        return len(years) == len({*years})

    def _is_of_no_document(self, year: int, kind: str, places: tuple[str, ...]) -> bool:
        """A kind of document is named, or a year that the texts of the place never print."""
        if re.fullmatch(_TYPES, kind):
            return True
        return not any(year in self._prints[document.id] for document in self._in(places))

    def _ids_in(self, places: tuple[str, ...]) -> frozenset[str]:
        return frozenset(document.id for document in self._in(places))

    def _in(self, places: tuple[str, ...]) -> list[Document]:
        return [d for d in self._corpus.documents if not places or d.metadata.jurisdiction in places]

    def _named_parts(self, plain: str, documents: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
        """Annexes by number or by what sets their titles apart; the main body by its names."""
        here = [d for d in self._in(places) if (not documents or d.id in documents) and self._parts[d.id]]
        if _BODY_WORDS.search(plain) and not _ANNEXES_TOO.search(plain):
            return ("正文",)
        if found := _ANNEX.search(plain):
            return tuple(dict.fromkeys(f"附{found[1]}{number}" for number in both_numerals(found[2])))
        if found := _ANNEX_COUNTED.search(plain):
            return tuple(f"附件{number}" for number in both_numerals(found[1]))
        rows = []
        for document in here:
            for mark, _ in self._parts[document.id]:
                pattern = self._part_named[document.id, mark]
                if pattern and pattern.search(plain):
                    rows.append(mark)
        return tuple(rows)

    def _hinted_parts(self, plain: str, places: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Annexes of the named places whose subject the question speaks of."""
        return tuple(
            (document.id, mark)
            for document in (self._in(places) if places else ())
            for mark, title in self._parts[document.id]
            if any(name in plain for name in names_of_annex(title))
        )


def forms_of(place: str) -> tuple[str, ...]:
    """How texts write a place: 台湾, 港澳台."""
    name = short_form(place)
    return tuple(filter(None, (name, _TOGETHER.get(name))))


def _speaks_of(title: str) -> re.Pattern[str] | None:
    """How a question speaks of the annex with this title: 电商行动计划."""
    names = "|".join(map(re.escape, names_of_annex(title)))
    return re.compile(rf"(?:{names})[^,。;?]{{0,6}}(?:行动计划|计划|附件|方案|那份)") if names else None
