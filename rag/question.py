"""What is asked: where it looks, whom it names, and what kind of answer it wants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.bodies import BodyMention, BodyTable
from corpus.numerals import number_of
from corpus.places import short_form
from corpus.script import fold, simplify
from corpus.shortened import shortened
from corpus.types import Corpus
from index.words import Words
from rag.reading.gazetteer import Gazetteer
from rag.reading.kinds import Kinds, open_kinds
from rag.reading.masked import BODY, DOCUMENT, PLACE, masked
from rag.scope import Scope
from rag.vocabulary import Vocabulary
from rag.wording import ASKING, EMPTY, NO_SUBJECT

QUESTION_LIMIT = 2000  # characters searched; of a longer one the beginning and the end, and the answer says so

_ASIDE = re.compile(
    r"(?:^|[,，(（;；。?？])\s*(?:注意)?(?:也|并|又)?(?:我?(?:不是|不要|不问|别|并非|而不是|不含|不看|别把))(?:[^,，。;；:：()（）?？]|[(（][^()（）]{1,3}[)）])*(?<![吗吧么])[)）]?(?=[,，。;；:：?？]|$)|[^,，。;；?？]{2,20}[,，]不要(?:那|这)一?[条个份项]|[^,，。;；?？]{2,14}(?:的?不算|除外|(?:不用|不必|无需|不要)(?:列|管|报|说|看|算|给))(?:给我|在内)?(?=[,，。;；]|$)"
)
_STRETCH = re.compile("[,，。;；:：!！?？—…]")
_CIRCUMSTANCE = re.compile(
    r"我|咱|俺|领导|老板|对方|来电|同事|同学|客户|写稿|写报告|写材料|做(?:选题|调研|一?[张份个].{0,6}(?:图|表|材料))|要用|核实一下|报道|采访|论文里|打电话来?|谈合作|回复"
)
_DOCUMENT_NUMBER = re.compile(
    r"[一-鿿]{1,6}[发發][〔［\[(（]\d{4}[〕］\])）]\d+[号號]"
)  # 府办 in it is no body asked about
_ASIDE_REST = 8  # characters that must be left once an aside is gone
_NUMBER = re.compile(r"\d{2,}")
_PUNCTUATION = re.compile(r"[^一-鿿a-z0-9+]")


@dataclass(frozen=True)
class Query:
    """A question understood. `text` is what is searched; `bare` the question without the names of places,
    documents and bodies, folded; `topics` the words of it that carry a topic; `kinds` say what is wanted.
    """

    asked: str
    text: str
    scope: Scope
    kinds: Kinds
    bodies: tuple[BodyMention, ...]
    bare: str
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # the words that tell clauses of these texts apart
    strangers: tuple[str, ...] = ()  # the nouns that no text has
    unknown_bodies: tuple[str, ...] = ()  # names of bodies that no text prints
    alternatives: tuple[Scope, ...] = ()
    ordinal: int | None = None
    masked: str = ""  # the question without its names, of which `kinds` are
    address: str | None = None  # as a plan gives it; None: as the question's own words do

    @property
    def residue(self) -> str:
        """What the question is about once the empty words go as well; empty when it is about nothing but names."""
        return _PUNCTUATION.sub("", EMPTY.sub("", self.bare))

    def narrowed(self, scope: Scope) -> Query:
        return replace(self, scope=scope, alternatives=())

    def about(self, text: str) -> Query:
        return replace(self, text=text)


def _without_circumstances(bare: str) -> str:
    """The folded question without the stretches that say who asks and what for: 我们镇写工作要点, 领导十分钟后要."""
    bare = _ASIDE.sub("，", bare)
    rows = [row for row in _STRETCH.split(bare) if not _CIRCUMSTANCE.search(row) or ASKING.search(row)]
    return "，".join(rows) or bare


def cleaned(question: str) -> str:
    """The question on one line, control characters out, no longer than can be searched."""
    visible = "".join(
        " " if character.isspace() else character
        for character in question
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    line = re.sub(" {2,}", " ", visible).strip()
    return shortened(line, QUESTION_LIMIT)


def _without_claimed(question: str, mentions: tuple[BodyMention, ...]) -> str:
    """The question without the bodies it names, which may be the wrong ones; whole when little else is left."""
    kept = question
    for mention in mentions:
        kept = kept.replace(mention.words, "")
    return kept if len(kept) >= _ASIDE_REST else question


def without_asides(question: str) -> str:
    """The question without what it says it does not ask: 不是总方案里的, 配合的不算."""
    kept = _ASIDE.sub("", question)
    return kept if len(kept) >= _ASIDE_REST else question


class Understanding:
    """Reads questions against what the corpus has."""

    def __init__(
        self, gazetteer: Gazetteer, bodies: BodyTable, corpus: Corpus, words: Words, vocabulary: Vocabulary
    ) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._titles = {d.id: simplify(d.metadata.title) for d in corpus.documents}
        self._gazetteer = gazetteer
        self._bodies = bodies
        self._title_words = _title_words(tuple(simplify(d.metadata.title) for d in corpus.documents))
        self._known_numbers = frozenset(n for d in corpus.documents for n in _NUMBER.findall(fold(d.text)))

    def title_of(self, document_id: str) -> str:
        """The document's title, simplified."""
        return self._titles[document_id]

    def annex_named(self, query: Query) -> str:
        """The words by which the question speaks of one annex's subject, or none."""
        return self._gazetteer.annex_named(query.asked, query.scope) if len(query.scope.hints) == 1 else ""

    def query(self, question: str) -> Query:
        scope = self._gazetteer.scope_of(without_asides(question))
        mentions = self._bodies.mentions(_DOCUMENT_NUMBER.sub(lambda m: "，" * len(m[0]), question), scope.places)
        folded = fold(question)
        bare = self._bare(question, mentions, scope.foreign)
        plain = NO_SUBJECT.sub("，", _without_circumstances(bare))
        named = tuple(word for word in self._words.words(plain) if len(word) > 1 and EMPTY.sub("", word))
        known = self._vocabulary
        plainly = masked(question, self._names(question, folded, mentions))
        return Query(
            asked=question,
            text=self._searched(question, mentions),
            scope=scope,
            bodies=mentions,
            unknown_bodies=() if mentions else self._bodies.strangers(question),
            bare=bare,
            topics=self._topics(bare),
            subjects=tuple(word for word in (*named, *_quoted(bare)) if known.is_subject(word)),
            strangers=tuple(word for word in named if not known.knows(word) and known.names_thing(word)),
            ordinal=_ordinal(folded),
            alternatives=self._gazetteer.alternatives(question, scope),
            kinds=open_kinds().kinds(plainly),
            masked=plainly,
        )

    def _names(self, question: str, folded: str, bodies: tuple[BodyMention, ...]) -> Iterator[tuple[str, str]]:
        """The words that name something, each with its mask."""
        named = (mention for mention in self._gazetteer.documents.mentions(question) if not mention.is_topic)
        yield from ((folded[mention.start : mention.end], DOCUMENT) for mention in named)
        yield from ((body.words, BODY) for body in bodies)
        yield from ((place, PLACE) for place in self._gazetteer.places)

    def _topics(self, bare: str) -> tuple[str, ...]:
        rows = (word for word in self._words.words(bare) if len(EMPTY.sub("", word)) > 1)
        return tuple(dict.fromkeys(rows))

    def _searched(self, question: str, mentions: tuple[BodyMention, ...]) -> str:
        """The question without what it says it is not about, and without numbers that no text has."""
        kept = without_asides(_without_claimed(question, mentions))
        return _NUMBER.sub(lambda found: found[0] if found[0] in self._known_numbers else "", kept)

    def _bare(self, question: str, mentions: tuple[BodyMention, ...], foreign: tuple[str, ...]) -> str:
        kept, position = [], 0
        for mention in mentions:
            kept.append(question[position : mention.start])
            position = mention.end
        plain = fold("，".join([*kept, question[position:]]))
        plain = re.sub("《[^》]*》", "，", plain)
        plain = re.sub(r"(?:19|20)\d\d(?:\s*[-至到]\s*(?:20)?\d\d)?\s*年?|\d\d年", "，", plain)
        for place in (*foreign, *map(short_form, foreign), *self._gazetteer.place_words):
            plain = plain.replace(place, "，")
        for words in self._title_words:
            plain = plain.replace(words, "，")
        return plain


def _quoted(bare: str) -> list[str]:
    """The terms that a folded question puts in quotation marks."""
    return re.findall(r"[“「\"]([^”」\"，]{2,12})[”」\"]", bare)


def _ordinal(folded: str) -> int | None:
    """第四个, 第二点: which of several items; -1 for the last, -2 for the last but one."""
    if re.search(r"最后(?:面)?(?:的)?(?:那|这)?(?:一|1)?(?:个|点|条|项|方面|类)|最末(?:一)?(?:个|条|项)", folded):
        return -1
    if found := re.search(r"倒数第([一二三四五六七八九十0-9]{1,2})(?:个|点|条|项|方面|类)", folded):
        return -(number_of(found[1]) or 0) or None
    found = re.search(r"第([一二三四五六七八九十0-9]{1,2})(?:个|点|条|项|方面|类)", folded)
    return number_of(found[1]) if found else None


def _title_words(titles: tuple[str, ...]) -> tuple[str, ...]:
    """The stretches of Chinese that titles are made of, longest first: naming them names no topic."""
    runs: set[str] = set()
    for title in titles:
        plain = fold(title)
        for run in re.findall(r"[一-鿿a-z+]{2,}", plain):
            runs.add(run)
            runs.update(part for part in re.split(r"促进|推进|发展|行动|实施|落实|关于|[市区]", run) if len(part) > 2)
    return tuple(sorted(runs, key=len, reverse=True))
