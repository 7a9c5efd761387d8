"""A question read -> the look-ups to try."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold
from rag.amounts import amounts_in
from rag.question import Query, without_asides
from rag.reading.addresses import addresses_of, printed_path
from rag.reading.claims import claims_of
from rag.reading.interrogatives import asks_where, is_sent, level_of
from rag.reading.kinds import AskedRole, Kinds, Tally
from rag.reading.tallies import bodies_counted, tally_of
from rag.request import PLAUSIBLE, Plan, Request

_OF_SO_MANY: tuple[Tally, ...] = ("at_least", "exactly")
_LIKELY = 0.5  # of what is wanted
_SURELY_WHO = 0.8
_YEAR = re.compile(r"(?<![\d\[(])((?:19|20)\d\d)(?=年|\D|$)(?![\])])")
_SURE_ROLE = 0.6
_ROLE_WORDS: tuple[tuple[AskedRole, re.Pattern[str]], ...] = (
    ("lead", re.compile("(?<![不非])牵头|主办")),
    ("responsible", re.compile("责任(?:单位|部门)|[和与或、]负责|负责[和与或、]")),
    ("cooperating", re.compile("配合|协办")),
    (
        "approving",
        re.compile("(?:谁|哪[^,。?]{0,6})(?:来|去)?(?:审?批|核准|同意)|报[^,。?]{0,6}(?:谁|哪)[^,。?]{0,4}批"),
    ),
)
_COUNT = re.compile(rf"(?:哪|这|那|有|的)({NUMERAL}|[0-9]{{1,2}}|两)(?=[个项条点家种类份级档])")
_MEASURE = re.compile("(?:几|多少)([一-鿿])")
_UNIT = re.compile(r"(?:多少|几|哪些?|什么)(?:个|大|小|份)*(附件|部分|块|章|节|条|款|编|文件|政策)")


def plan_of(query: Query, answered_by: str | None = None) -> Plan:
    """Operations by probability; all see the same slots. A list of so many items is looked for even where it is unlikely;
    what answered though it was unlikely comes last.
    """
    rows = [(op, p) for op, p in ops_of(query).items() if p >= PLAUSIBLE and op not in ("talk", "other")]
    requests = [request_of(query, op, probability) for op, probability in rows]
    outline = request_of(query, "outline")
    if "outline" not in dict(rows) and (outline.count or outline.ordinal or outline.units):
        requests.append(outline)
    if answered_by and answered_by not in {request.op for request in requests}:
        requests.append(request_of(query, answered_by))
    return Plan(tuple(requests))


def ops_of(query: Query) -> Mapping[str, float]:
    """Probabilities, likeliest first. Tasks of nobody in particular, but of so many bodies, are a tally."""
    odds = dict(query.kinds.ops)
    asked = without_asides(query.asked)
    if not query.bodies and bodies_counted(asked) and tally_of(asked, query.kinds) in _OF_SO_MANY:
        odds["tally"] += odds.pop("tasks")
    return {op: odds[op] for op in sorted(odds, key=lambda op: -odds[op])}


def request_of(query: Query, op: Any, probability: float | None = None) -> Request:
    """The question's slots, for one operation, however unlikely it is."""
    kinds = query.kinds
    wants = _over(kinds.wants, _LIKELY)
    addressed = query.address
    addresses = addresses_of(without_asides(query.asked) if addressed is None else addressed)
    return Request(
        op=op,
        probability=kinds.ops[op] if probability is None else probability,
        scope=query.scope,
        bodies=query.bodies,
        topic=query.residue,
        topics=query.topics,
        text=query.text,
        subjects=query.subjects,
        strangers=query.unknown_bodies,
        wants=wants,
        value=next(iter(kinds.values)) if "value" in wants else "none",  # type: ignore[arg-type]
        role=_role(without_asides(query.asked), kinds),
        tally=tally_of(without_asides(query.asked), kinds),
        facts=_likely(kinds.facts),  # type: ignore[arg-type]
        addresses=addresses,
        path=printed_path(query.asked if addressed is None else addressed),
        measure=_measure(query.asked),
        units=_units(query.asked),
        ordinal=query.ordinal,
        claims=claims_of(query.asked, query.bodies, bool(query.residue)),
        asks_where=asks_where(query.asked),
        asks_who=kinds.wants["bodies"] >= _SURELY_WHO,
        is_sent=is_sent(without_asides(query.asked)),
        level=level_of(without_asides(query.asked)),
        stated=amounts_in(fold(query.asked)),
        years=tuple(dict.fromkeys(map(int, _YEAR.findall(fold(query.asked))))),
        count=(bodies_counted(query.asked) if op == "tally" else None) or _count(query.asked),
    )


def _role(asked: str, kinds: Kinds) -> AskedRole:
    """By the role's own printed word where just one stands there, of several any; else as far as it is sure."""
    folded = fold(asked)
    printed = [role for role, word in _ROLE_WORDS if word.search(folded)]
    if printed:
        return printed[0] if len(printed) == 1 else "any"
    role, probability = next(iter(kinds.roles.items()))
    return role if probability >= _SURE_ROLE else "any"  # type: ignore[return-value]


def _likely(odds: Mapping[str, float]) -> tuple[str, ...]:
    """The names that are likely, likeliest first."""
    return tuple(name for name in sorted(odds, key=lambda name: -odds[name]) if odds[name] >= _LIKELY)


def _over(odds: Mapping[str, float], least: float) -> Any:
    """The names that are likely enough, likeliest first; at least the likeliest."""
    rows = sorted(odds, key=lambda name: -odds[name])
    return tuple(name for name in rows if odds[name] >= least) or tuple(rows[:1])


def _units(asked: str) -> tuple[str, ...]:
    """What the question counts, as the texts number it: 几章, 多少条."""
    return tuple(dict.fromkeys(found[1] for found in _UNIT.finditer(fold(asked))))


def _measure(asked: str) -> str:
    found = _MEASURE.search(fold(asked))
    return found[1] if found else ""


def _count(asked: str) -> int | None:
    found = _COUNT.search(fold(asked))
    return (2 if found[1] == "两" else number_of(found[1])) if found else None
