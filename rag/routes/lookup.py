"""Everything else: the clause that fits best, its direct answer, and the sentences that carry it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus.departments import bracket_span
from corpus.script import fold, simplify
from corpus.sentences import sentences_of
from corpus.types import Department, Document, Node
from index.types import RetrievedClause
from rag import confidence
from rag.lookup import Library
from rag.messages import MESSAGES, VALUES
from rag.operations import find
from rag.phrases import listed, place_and_topic, responsibility, topic_of
from rag.question import Query
from rag.ranking import CANDIDATES, ranked
from rag.reading.plan import request_of
from rag.titles import years_of
from rag.types import Draft, Evidence, Reason
from rag.wording import VALUE_FORMS

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|到|至|-)")
_CLAIMS = re.compile(r"吧|对吗|是吗|是不是|没错|不是说|既然|(?<![一-鿿])才|才(?=有|\d)|只打算|这么|听说")
_CONFIRMS = re.compile("对吧|是吧|没错吧|对不对|是不是这样|对吗|是吗[?]?$|,是不是")
_BRACKET_BONUS, _HEADING_BONUS, _VALUE_BONUS, _QUOTED_BONUS = 4.0, 6.0, 1.5, 3.0  # deviations
_RARE, _NEARLY = 8.0, 0.6  # weight of the question's words beside the sentence's score; share of the best stretch's fit
_HEARD = 0.12  # share of the topic below which a question is about something else
_QUOTED = re.compile('[“「"]([^”」"]{1,12})[”」"]')
_DAY = re.compile(r"(?:到|至)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:末|底)?")
_LIST_LIMIT = 700  # characters quoted of a clause that is asked for a list
_ENUMERATED = 3  # run-in titles that make a clause a list
_OF_A_THING = {"count", "names"}  # values that must stand in a sentence about the thing asked about
_WHERE = re.compile(r"(?:哪|第几)个?一?(?:附件|条|项|处|部分|章节?|款|点)(?![^,。?]{0,4}(?:单位|部门))")
_CLAIM_AFTER = re.compile(r"^(?:来|去|在)?(?:主要|统一|单独)?(?:负责|牵头|管|主管|抓|承担|主导)")


def answer(query: Query, library: Library, threshold: float = confidence.THRESHOLD) -> Draft:
    """The best clause's answer, or a refusal that shows the nearest clauses as unverified."""
    found = ranked(query, candidates(query, library), library.corpus)
    if not found or not any(signal > 0 for signal in found[0].signals.values()):
        return Draft("refused", MESSAGES["not_found"], reason="not_found", confidence=0.0)
    values = confidence.features(
        query, found, library.familiarity, lambda texts: library.retriever.cosines(texts, found[0].clause)
    )
    sure = confidence.probability(values, confidence.weights_for(found[0]))
    if query.scope.focus.leans:
        sure = confidence.in_conversation(sure, values["lead"])
    nearest = confidence.nearest_nodes(found)
    if sure < threshold:
        reason: Reason = "out_of_scope" if _is_foreign(query, values) else "not_found"
        nearest = () if reason == "out_of_scope" else nearest
        return Draft("refused", MESSAGES[reason], reason=reason, nearest=nearest, confidence=1 - sure, features=values)
    best = found[0]
    document = library.corpus.document(best.clause.document_id)
    assert document is not None
    if (missing := missing_value(query, best)) and _is_nowhere(missing, query, library):
        return _without_value(query, best, document, missing, nearest, sure)
    draft = compose(query, best, document, _plain_terms(query, library), sure)
    return replace(draft, features=values) if draft.status == "answered" else draft


def candidates(query: Query, library: Library) -> tuple[RetrievedClause, ...]:
    """The clauses that search finds, best first, of which one is meant."""
    return library.find(query, CANDIDATES, prefers=_preference(query))


def _is_nowhere(kind: str, query: Query, library: Library) -> bool:
    """Whether no sentence where the question looks has such a value beside a word of its topic."""
    form = VALUE_FORMS[kind]  # type: ignore[index]
    for clause in library.corpus.clauses:
        if library.admits(clause) and query.scope.bonus(clause, library.jurisdiction_of(clause)) is not None:
            for sentence in sentences_of(clause.text):
                words = fold(sentence.subhead + sentence.text)
                if form.search(words) and any(topic in words for topic in query.topics):
                    return False
    return True


def _without_value(
    query: Query, found: RetrievedClause, document: Document, missing: str, nearest: tuple[Node, ...], sure: float
) -> Draft:
    """A value that no clause gives is refused; asked for beside the bodies, it is the half that is missing."""
    bodies = listed(found.clause)
    if "departments" not in query.asks or not bodies or missing in ("names", "person"):
        text = MESSAGES["value_not_stated"].format(what=VALUES[missing])
        return Draft("refused", text, reason="not_stated", nearest=nearest, confidence=sure)
    lead = responsibility(place_and_topic(found.clause, document), bodies)
    text = f"{lead}[1]。{MESSAGES['value_absent'].format(what=VALUES[missing])}"
    span = bracket_span(found.clause.text) or (0, len(found.clause.text))
    return Draft("partial", text, (Evidence(found.clause, *span),), confidence=sure)


def _preference(query: Query) -> Callable[[Node], float]:
    """Asked who is responsible, a clause with a bracket comes before one that is silent, its own topic before others."""
    topic = query.residue
    asks = "departments" in query.asks
    quoted = frozenset(_QUOTED.findall(fold(query.bare)))
    suits = find.suits(request_of(query, "find"))

    def gain(clause: Node) -> float:
        bonus = suits(clause)
        if asks and any(department.source != "text" for department in clause.departments):
            bonus += _BRACKET_BONUS
        text = fold(clause.text) if query.values or quoted else ""
        if any(VALUE_FORMS[kind].search(text) for kind in query.values):
            bonus += _VALUE_BONUS
        if any(words in text for words in quoted):
            bonus += _QUOTED_BONUS
        heading = fold(topic_of(clause))
        if len(topic) > 1 and topic in heading:
            bonus += _HEADING_BONUS * len(topic) / len(heading) + (0.3 if clause.path.startswith("正文") else 0.0)
        return bonus

    return gain


def _is_foreign(query: Query, values: Mapping[str, float]) -> bool:
    """Nothing of the question's topic is heard in the nearest clause, and no place or document is named."""
    named = query.scope.places or query.scope.documents or query.bodies or query.scope.focus
    return not named and max(values["coverage"], values["pairs"]) < _HEARD


def _plain_terms(query: Query, library: Library) -> tuple[str, ...]:
    """The question's terms; what it quotes counts with its quotation marks, the last quotation most."""
    quoted = [f"“{words}”" for words in _QUOTED.findall(fold(query.asked))]
    return (*(term.removeprefix("#") for term in library.retriever.words.terms(query.text)), *quoted)


def missing_value(query: Query, found: RetrievedClause) -> str | None:
    """The kind of value that is asked for and that the clause's own words don't have, or None."""
    rows = [row.sentence for row in found.sentences if not row.sentence.is_heading]
    words = "\n".join(fold(row.text) for row in rows) or fold(found.clause.text)
    about = [fold(row.text) for row in rows if any(topic in fold(row.subhead + row.text) for topic in query.topics)]
    if _CONFIRMS.search(fold(query.asked)):
        return None  # a claim is set right by the clause, whatever it says of the value
    for kind in query.values:
        where = "\n".join(about) if about and kind in _OF_A_THING else words
        if not VALUE_FORMS[kind].search(where):
            return kind
    return "count" if "number" in query.asks and _misses_year(query, words) else None


def _misses_year(query: Query, words: str) -> bool:
    """A figure is asked for by a year that the clause's words never name, and that picks out no document."""
    years = [year for year in _YEAR.findall(fold(query.asked)) if year not in words]
    return bool(years) and not query.scope.documents


def compose(query: Query, found: RetrievedClause, document: Document, terms: Sequence[str], sure: float) -> Draft:
    """Direct answer first, then the sentences that carry it."""
    denial = _denial(query, listed(found.clause)) or _denied_number(query, found.clause, document)
    asks_where = bool(_WHERE.search(fold(query.asked)))
    return find.said(
        request_of(query, "find"), found, document, terms, sure, denial, asks_where, "departments" in query.asks
    )


def _denial(query: Query, departments: Sequence[Department]) -> str:
    """What the question takes for granted about a body, and the clause doesn't say."""
    if not departments:
        return ""
    named = {(d.name, d.jurisdiction) for d in departments}
    leads = {(d.name, d.jurisdiction) for d in departments if d.role == "lead"}
    for mention in query.bodies:
        after = fold(query.asked[mention.end : mention.end + 4])
        if not _CLAIM_AFTER.match(after):
            continue
        claimed = {(body.name, body.jurisdiction) for body in mention.bodies}
        if not claimed & named:
            return MESSAGES["denied_body"].format(claimed=simplify(mention.words))
        if "牵头" in after and leads and not claimed & leads:
            return MESSAGES["denied_role"].format(claimed=simplify(mention.words))
    return ""


def _denied_number(query: Query, clause: Node, document: Document) -> str:
    """A number that the question takes for granted and the clause doesn't have."""
    folded = fold(query.asked)
    if not (_CLAIMS.search(folded) and query.residue):
        return ""
    claimed = [
        number
        for number in re.findall(r"\d{2,}(?:\.\d+)?(?!\d|年(?!底|末))|20\d\d(?=年)", folded)
        if number not in fold(clause.text)
    ]
    claimed = [number for number in claimed if not re.fullmatch(r"20\d\d", number) or f"{number}年" in folded]
    named = {str(year) for year in years_of(document)}
    claimed = [number for number in claimed if number not in named]
    return MESSAGES["denied_number"] if claimed else ""
