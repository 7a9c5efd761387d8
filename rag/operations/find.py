"""What is said of the clause that a search found: the bodies, the value, or the sentences that carry the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.script import fold, simplify
from corpus.sentences import sentences_of
from corpus.types import Department, Document, Node
from index.types import RetrievedClause
from rag.amounts import fit
from rag.evidence import item
from rag.messages import MESSAGES
from rag.phrases import names_of, place_and_topic, responsibility, short_title
from rag.request import Request
from rag.say.bodies import bodies_of_best, bodies_said, has_printed
from rag.say.denials import denial
from rag.say.passages import Passage, passages_of
from rag.say.pointed import Pointed, Points, agrees, asks_for_bodies, favoured, figures_said, nobody_points, pointed
from rag.say.quotation import BUDGET, joined, quotations, with_bracket
from rag.say.values import has_value, value_in
from rag.types import Draft, Evidence

_LIST_LIMIT = 700  # characters quoted of a clause that is asked for a list
_RANGE_BONUS = 2.0  # deviations
_ENUMERATED = 3  # run-in titles that make a clause a list
_LEAST = 90  # characters quoted however long the direct answer is


@dataclass(frozen=True)
class Piece:
    """One of several things asked: the words searched for it, and who tells what is meant."""

    request: Request
    terms: Sequence[str]
    points: Points = nobody_points


def said(
    request: Request,
    found: RetrievedClause,
    document: Document,
    terms: Sequence[str],
    sure: float,
    parts: Sequence[Piece] = (),
    points: Points = nobody_points,
) -> Draft:
    """Direct answer first, then the sentences that carry it.

    `terms` are the words searched; `parts` the pieces of a question that asks several things.
    """
    clause = found.clause
    denied = denial(request, clause, document)
    if "yes_no" in request.wants:
        request = replace(request, stated=())  # what it states is its claim, and no case
    topic = place_and_topic(clause, document)
    passages = passages_of(found, request, terms)
    meant = pointed(clause, passages, request, points)
    bodies = bodies_said(clause, passages, request, meant.bodies, meant.is_sure)
    asks_bodies = "bodies" in request.wants or asks_for_bodies(meant)
    if request.asks_who and not bodies and request.wants[:1] == ("bodies",):
        return Draft(
            "refused",
            MESSAGES["department_not_found"].format(topic=topic),
            reason="not_found",
            nearest=(clause,),
            confidence=sure,
            silent_on_bodies=True,
        )
    in_words = not has_printed(clause) or any(part.request.role == "approving" for part in parts)
    if parts and not denied and in_words:
        whole = _quotes(request, found, passages, terms, BUDGET)
        if draft := _each_said(found, document, whole, parts, sure):
            return draft
    lead = ""
    if bodies and (asks_bodies or (denied and request.bodies)):
        lead = denied + _of_bodies(topic, bodies)
    elif "list" in request.wants and (heads := _run_in_titles(clause.text)):
        lead = MESSAGES["list"].format(heading=topic, total=len(heads)) + "；".join(heads)
    passages = favoured(passages, meant)
    quotes = _quotes(request, found, passages, terms, BUDGET if not lead else max(BUDGET - len(lead), _LEAST))
    if not lead and not denied and _asks_value(request):
        lead = _value_said(passages, quotes, request, meant)
        if not lead and request.value != "none":
            quotes = _quotes(request, found, passages, terms, BUDGET, lambda words: has_value(request, words))
    if not (asks_bodies and lead) and len(quotes) == 1:
        quotes = (with_bracket(quotes[0]),)
    if request.asks_where:
        where = MESSAGES["written_in"].format(title=short_title(document), address=simplify(clause.label))
        lead = f"{where}[1]。{lead}" if lead else where
    text = _text(lead, denied, f"{topic}{_subhead_of(found, quotes[0])}", quotes)
    return Draft("answered", text, quotes, confidence=sure, bodies=(bodies, *((),) * (len(quotes) - 1)))


def _each_said(
    found: RetrievedClause, document: Document, whole: Sequence[Evidence], parts: Sequence[Piece], sure: float
) -> Draft | None:
    """What the clause says to each of several pieces; None where one stretch carries all, with nothing to say first."""
    leads: list[str] = []
    bodies: list[Department] = []
    quotes = list(whole)
    for part in parts:
        request = part.request
        passages = passages_of(found, request, part.terms)
        meant = pointed(found.clause, passages, request, part.points)
        passages = favoured(passages, meant)
        own = bodies_of_best(found.clause, passages, request, meant.bodies) if "bodies" in request.wants else ()
        stretch = quotations(found, passages, part.terms, BUDGET // len(parts))
        value = _value_said(passages, stretch, request, meant) if _asks_value(request) and not own else ""
        lead = names_of(own) if own else value
        leads += [lead] if lead else []
        quotes += stretch
        bodies += own
    merged = joined(quotes)
    if not leads and merged == tuple(whole):
        return None
    lead = "；".join(dict.fromkeys(leads))
    text = _text(lead, "", place_and_topic(found.clause, document), merged)
    rows = (tuple(dict.fromkeys(bodies)), *((),) * (len(merged) - 1))
    return Draft("answered", text, merged, confidence=sure, bodies=rows)


def suits(request: Request) -> Callable[[Node], float]:
    """What search prefers: deviations for a clause with a range that holds the case stated."""
    stated = () if "yes_no" in request.wants else request.stated
    return lambda clause: _RANGE_BONUS * max(fit(stated, fold(clause.text)), 0.0) if stated else 0.0


def _asks_value(request: Request) -> bool:
    """Whether a value alone would answer: not where a claim is asked about first."""
    wants = request.wants
    return "value" in wants and ("yes_no" not in wants or wants.index("value") < wants.index("yes_no"))


def _text(lead: str, denial: str, topic: str, quotes: Sequence[Evidence]) -> str:
    quoted = "".join(f"“{quote.shown}”[{n}]" for n, quote in enumerate(quotes, start=1))
    return f"{lead}[1]。{quoted}" if lead else f"{denial}{topic}：{quoted}"


def _of_bodies(topic: str, bodies: tuple[Department, ...]) -> str:
    """By the topic where brackets give it to them; those of running text by name alone, for the words say what they do."""
    if any(body.source != "text" for body in bodies):
        return responsibility(topic, bodies)
    return names_of(bodies)


def _quotes(
    request: Request,
    found: RetrievedClause,
    passages: Sequence[Passage],
    terms: Sequence[str],
    budget: int,
    holds: Callable[[str], bool] | None = None,
) -> tuple[Evidence, ...]:
    if request.ordinal and (asked := item(found, request.ordinal)):
        return (asked,)
    if "list" in request.wants and len(found.clause.text) <= _LIST_LIMIT:
        budget = _LIST_LIMIT
    return quotations(found, passages, terms, budget, len(request.wants) > 1, holds)


def _value_said(passages: Sequence[Passage], quotes: Sequence[Evidence], request: Request, meant: Pointed) -> str:
    """The value asked for: what is surely meant of the quoted sentences' figures, or what the fittest binds and is likeliest."""
    quoted = "\n".join(quote.clause.text[quote.start : quote.end] for quote in quotes)
    if (figures := figures_said(meant)) and all(figure in quoted for figure in meant.figures):
        return figures
    rows = [row for row in passages if any(quote.start <= row.sentence.start < quote.end for quote in quotes)]
    bound = value_in([row.sentence.text for row in sorted(rows, key=lambda row: -row.score)], request)
    return bound if agrees(meant, bound) else ""


def _subhead_of(found: RetrievedClause, quote: Evidence) -> str:
    """The run-in title that the quotation stands under, when it doesn't quote it itself."""
    under = next((row.sentence.subhead for row in found.sentences if row.sentence.start == quote.start), "")
    return f"“{simplify(under)}”" if under else ""


def _run_in_titles(text: str) -> tuple[str, ...]:
    """The titles of a clause that is a list in itself: its bullets, or 一是…五是."""
    rows = [simplify(s.text).strip("—。 ") for s in sentences_of(text) if s.is_subhead]
    return tuple(rows) if len(rows) >= _ENUMERATED else ()
