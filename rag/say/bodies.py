"""The bodies that the carrying sentences give what is asked: in brackets all of them, in running text only theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.departments import bracket_span
from corpus.departments.kinds import BARE
from corpus.mentions import mentions_in
from corpus.script import fold, simplify
from corpus.types import Department, Node
from rag.phrases import listed
from rag.request import Request
from rag.say.passages import Passage
from rag.say.values import pair_share

_VAGUE = re.compile("^(?:各?(?:有关|相关|其他|上述|该)|其)(?:[一-鿿]{0,4})(?:部门|单位|机构|机关|方面|地区|组织)")
_PLACES = frozenset(["我市", "本市", "我省", "本省", "我区", "本区", "我县", "本县"])
_LEVEL_BEFORE = re.compile("(?:^|[^一-鿿]|[的向由经报到送])([省市区县])$")
_TO = re.compile("(?:[向到于]|报[送请告]?|[送提]交|前往|联系|咨询|设[在于])(?:[一-鿿]{0,10}地(?:的|或者?)?)?$")
_IS = re.compile("[是为]$")  # 是本市公租房工作的主管部门 says what a body is
_SUBJECT = re.compile("(?:^|[,;。:\n]|[,;。:\n]由)\\s*$")
_ROW = re.compile(r"[、,]|以及|[和及与或]|会同|\s")
_SECOND = 0.25  # of the topic's pairs that a further sentence must add
_NEARLY = 0.6  # of the best doer's fit, from which on another doer is meant as well
_TOPIC_BONUS = 8.0  # deviations for a sentence that has all of the topic's words
_MARGIN = 3.5  # deviations below the best sentence in which another may still answer


@dataclass(frozen=True)
class Place:
    """Where a body stands in a sentence."""

    start: int
    end: int
    body: Department
    is_goal: bool = False  # somebody is sent to it
    is_doer: bool = False  # the clause gives it something to do; others are only named

    @property
    def stands_for_itself(self) -> bool:
        """Whether it can be said without a model that holds it for what is asked."""
        return self.is_doer or self.is_goal


def has_printed(clause: Node) -> bool:
    """Whether brackets, lines or tables of the clause say who has its task."""
    return any(body.source != "text" for body in clause.departments)


def printed_at(clause: Node) -> list[tuple[int, int]]:
    """Where the clause's bracket has its bodies."""
    start, end = bracket_span(clause.text) or (0, 0)
    bracket = fold(clause.text[start:end])
    names = {fold(body.printed) for body in clause.departments if body.source != "text"}
    return [(start + at, start + at + len(name)) for name in names if (at := bracket.find(name)) >= 0]


def bodies_said(
    clause: Node,
    passages: Sequence[Passage],
    request: Request,
    meant: Sequence[Department] = (),
    is_sure: bool = False,
) -> tuple[Department, ...]:
    """Those that are `meant`, or the bodies of the best passages; those printed apart from the text hold for the whole
    clause, unless `is_sure` that others are meant.

    Where the way to go is asked for, a body that the sentence names for it comes first.
    """
    known = _meant(meant, request)
    if has_printed(clause):
        aside = (known if is_sure else _sent_to(clause, passages, request)) if _asks_way(request) else ()
        in_words = tuple(body for body in known if is_sure and body.source == "text" and body in clause.departments)
        return aside or in_words or _approving(clause, request) or listed(clause)
    if known:
        return known
    if request.is_sent and (goals := _sent_to(clause, passages, request)):
        return goals
    return _of_best(clause, passages, request) or _of_lead_in(clause, passages, request)


def _asks_way(request: Request) -> bool:
    """Whether one asks for bodies to go to them."""
    return "bodies" in request.wants and (request.is_sent or bool({"procedure", "deadline"} & set(request.wants)))


def _sent_to(clause: Node, passages: Sequence[Passage], request: Request) -> tuple[Department, ...]:
    return _of_best(clause, passages, request, only_goals=True, only_best=request.is_sent)


def _approving(clause: Node, request: Request) -> tuple[Department, ...]:
    """Whose approval the words name, where that is what is asked."""
    if request.role != "approving":
        return ()
    return tuple(body for body in clause.departments if body.role == "approving")


def bodies_of_best(
    clause: Node, passages: Sequence[Passage], request: Request, meant: Sequence[Department] = ()
) -> tuple[Department, ...]:
    """The bodies of the best passage that names any: what one of several pieces of a question asks for."""
    if known := _meant(meant, request):
        return known
    if request.is_sent and (goals := _sent_to(clause, passages, request)):
        return goals
    return _of_best(clause, passages, request, only_best=True)


def _of_best(
    clause: Node, passages: Sequence[Passage], request: Request, only_goals: bool = False, only_best: bool = False
) -> tuple[Department, ...]:
    """The bodies of the best passage that names any; asked for bodies, also those of one that has what it lacks."""
    fits = {id(row): row.score + _TOPIC_BONUS * pair_share(request.topic, row.folded) for row in passages}
    order = sorted(passages, key=lambda row: -fits[id(row)])
    asks = "bodies" in request.wants
    chosen: list[Department] = []
    covered = ""
    for passage in order:
        if chosen and only_best:
            break
        if not asks and (chosen or fits[id(passage)] < fits[id(order[0])] - _MARGIN):
            break
        if chosen and _gain(request.topic, covered, passage.folded) < _SECOND:
            continue
        places = [place for place in _places(passage, clause, request) if place.is_goal or not only_goals]
        if bodies := _chosen(places, passage, request):
            chosen += bodies
            covered += passage.folded
    return _clear(chosen)


def _gain(topic: str, covered: str, folded: str) -> float:
    """The share of the topic's pairs that the words add."""
    return pair_share(topic, f"{covered}\n{folded}") - pair_share(topic, covered)


def _of_lead_in(clause: Node, passages: Sequence[Passage], request: Request) -> tuple[Department, ...]:
    """What the sentences before the best one name, the nearest first: an item's doer stands in the words that lead to it."""
    if not passages:
        return listed(clause)
    best = max(range(len(passages)), key=lambda index: passages[index].score)
    for passage in reversed(passages[:best]):
        if chosen := _chosen(_places(passage, clause, request), passage, request):
            return chosen
    return ()


def _places(passage: Passage, clause: Node, request: Request) -> list[Place]:
    return [place for place in places_in(passage, clause, "bodies" in request.wants) if place.stands_for_itself]


def _chosen(places: Sequence[Place], passage: Passage, request: Request) -> tuple[Department, ...]:
    """Asked for the way, those whom one is sent to; else the doers, of several those whose own stretch fits; in the role
    asked.
    """
    goals = [place for place in places if place.is_goal]
    doers = [place for place in places if not place.is_goal]
    asks_way = request.is_sent or bool({"procedure", "deadline"} & set(request.wants))
    kept = goals if goals and (asks_way or not doers) else _fitting(doers, passage, request)
    return _clear(_in_role([place.body for place in kept], request))


def _clear(bodies: Sequence[Department]) -> tuple[Department, ...]:
    """Each once; those whom the words leave open only where no other is named."""
    clear = [body for body in bodies if not is_vague(body.name)]
    return tuple(dict.fromkeys(clear or bodies))


def is_vague(name: str) -> bool:
    """有关部门, 相关单位: whom it means the words leave open."""
    return name in BARE or name in _PLACES or bool(_VAGUE.match(name))


def _in_role(bodies: Sequence[Department], request: Request) -> list[Department]:
    """Those in the role and at the level asked; whose approval is needed is only said where that is asked."""
    rows = _at_level(_not_named(bodies, request), request.level)
    if request.role in ("approving", "cooperating"):
        return [body for body in rows if body.role == request.role] or rows
    return [body for body in rows if body.role != "approving"] or rows


def _not_named(bodies: Sequence[Department], request: Request) -> list[Department]:
    """Without those that the question itself names, unless it asks whether they have the task."""
    named = {body.name for mention in request.bodies for body in mention.bodies}
    asked = "yes_no" in request.wants or request.claims.bodies
    return [body for body in bodies if body.name not in named or asked] or list(bodies)


def _at_level(bodies: Sequence[Department], level: str) -> list[Department]:
    """Those of one level, where the same body is named at several: 市民政局、区民政局."""
    kept = {body.name.removeprefix(level) for body in bodies if level and body.name.startswith(level)}
    return [body for body in bodies if body.name.startswith(level) or body.name[1:] not in kept]


def _fitting(doers: Sequence[Place], passage: Passage, request: Request) -> list[Place]:
    """X负责A，Y负责B: of rows of bodies that each open a stretch, those whose stretch is about what is asked."""
    rows = _rows(doers, passage.folded)
    if len(rows) < 2 or not all(_SUBJECT.search(passage.folded[: row[0].start]) for row in rows):
        return list(doers)
    ends = [*(row[0].start for row in rows[1:]), len(passage.folded)]
    fits = [pair_share(request.topic, passage.folded[row[0].start : end]) for row, end in zip(rows, ends, strict=True)]
    top = max(fits)
    return [place for row, fit in zip(rows, fits, strict=True) if fit >= top * _NEARLY for place in row]


def _rows(places: Sequence[Place], folded: str) -> list[list[Place]]:
    """Bodies that only marks and words like 和 stand between."""
    rows: list[list[Place]] = []
    for place in places:
        if rows and not _ROW.sub("", folded[rows[-1][-1].end : place.start]):
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _meant(bodies: Sequence[Department], request: Request) -> tuple[Department, ...]:
    """Of those that a model holds for what is asked, the clear ones that the question doesn't name itself."""
    rows = _at_level(_not_named(bodies, request), request.level)
    return tuple(dict.fromkeys(body for body in rows if not is_vague(body.name)))


def places_in(passage: Passage, clause: Node, named_too: bool = True) -> list[Place]:
    """In reading order, none inside another: who the clause gives a task, and, `named_too`, whom else the sentence names.

    Of two that overlap the longer name stands.
    """
    printed, folded = passage.sentence.text, fold(passage.sentence.text)
    known = list(_known(clause.departments, folded))
    named = list(_named(printed, folded, clause)) if named_too else []
    longer = [place for place in named if sum(_overlap(place, other) for other in known) < 2]
    rows: list[Place] = []
    for place in sorted((*known, *longer), key=lambda row: row.start - row.end):
        if not any(_overlap(place, row) for row in rows):
            rows.append(replace(place, is_goal=bool(_TO.search(folded[: place.start]))))
    moved = (replace(row, start=row.start + passage.offset, end=row.end + passage.offset) for row in rows)
    return sorted(moved, key=lambda row: row.start)


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _known(bodies: Sequence[Department], folded: str) -> Iterator[Place]:
    for body in bodies:
        name = fold(body.printed)
        start = folded.find(name)
        while start >= 0:
            level = _LEVEL_BEFORE.search(folded[:start])
            own = _with_level(body, level[1] if level else "")
            yield Place(start - bool(level), start + len(name), own, is_doer=True)
            start = folded.find(name, start + len(name))


def _with_level(body: Department, level: str) -> Department:
    return replace(body, name=level + body.name, printed=level + body.printed) if level else body


def _named(printed: str, folded: str, clause: Node) -> Iterator[Place]:
    place = clause.departments[0].jurisdiction if clause.departments else None
    for start, end in mentions_in(folded):
        if _IS.search(folded[:start]):
            continue
        name = simplify(printed[start:end])
        body = Department(name, name, "responsible", "department", "text", jurisdiction=place)
        yield Place(start, end, body)
