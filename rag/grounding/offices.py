"""The bodies that a corpus knows: those that a sentence names, and the parts that the cited clauses give theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.bodies import BodyTable
from corpus.departments.kinds import has_level
from corpus.script import fold, simplify
from rag.grounding.parts import Part
from rag.grounding.types import Source

OFFICE = re.compile(
    r"[市区县省](?!里|内|级|域)(?:(?![由和与及是的在对将把为])[一-鿿]){1,10}?"
    r"(?:委员会|办公室|委|(?<!布)(?<!结)局|办|厅|署|(?<![头内全总干外东西中])部|分局|中心)(?![公理法事分署])"
)
_OF_OFFICE = re.compile("[府委侨台外资医保改]办$")
_LEVELS = tuple("省市区县")
_GOES_ON = re.compile("部门|委会|委员|办[法理事]|[局委办]长")


class Offices:
    """What is known of the bodies of a corpus."""

    def __init__(self, bodies: BodyTable) -> None:
        self._bodies = bodies

    def named(self, said: str, sources: Sequence[Source]) -> Iterator[str]:
        """The bodies that a sentence names and that aren't by name those of the clauses."""
        known = frozenset().union(*(source.names for source in sources))
        here = " ".join(source.text + " " + source.about for source in sources)
        for mention in self._bodies.mentions(said, ()):
            ways = [fold(name) for body in mention.bodies for name in (body.name, *self._bodies.names_of(body))]
            if mention.words[:1] in _LEVELS:  # 科委 is as well another level's
                ways = [name for name in ways if has_level(name)]
            if not any(name in known or name in here for name in ways) and fold(simplify(mention.words)) not in here:
                yield mention.words
        for found in OFFICE.finditer(said):
            is_cut = _GOES_ON.match(said, found.end() - 1) or (
                found[0].endswith("办") and not _OF_OFFICE.search(found[0])
            )
            if not is_cut and not any(found[0] in text for text in (here, *known)):
                yield found[0]

    def roles(self, sources: Sequence[Source]) -> dict[str, frozenset[Part]]:
        """The bodies that the clauses give a task, under every name they have, with their parts."""
        rows: dict[str, frozenset[Part]] = {}
        for source in sources:
            for department in source.clause.departments:
                name = fold(department.name)
                rows[name] = rows.get(name, frozenset()) | {department.role}
        for body in self._bodies.bodies:
            if (name := fold(body.name)) in rows:
                for form in self._bodies.names_of(body):
                    rows.setdefault(fold(form), rows[name])
        return rows

    def owners(self, sources: Sequence[Source]) -> frozenset[str]:
        """Bodies that brackets, lines and tables name: what the whole clause says is theirs to do."""
        rows = {fold(d.name) for source in sources for d in source.clause.departments if d.source != "text"}
        ways = {
            fold(form)
            for body in self._bodies.bodies
            if fold(body.name) in rows
            for form in self._bodies.names_of(body)
        }
        return frozenset(rows | ways)
