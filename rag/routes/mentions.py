"""哪些地方提到“区块链”, 《…》被提到几次: every clause that has the words, from the texts themselves."""

from __future__ import annotations

import re

from corpus.script import fold, simplify
from corpus.sentences import sentences_of
from corpus.types import Node
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import place_and_topic, topic_of
from rag.question import Query
from rag.types import Draft, Evidence

_VERB = r"(?:提到|提及|写到|写了|说到|谈到|讲到|涉及|出现)"
_WHERE = r"(?:哪(?:些|几)?(?:个|份|里|儿)?(?:条款|条|处|地方|文件|章节|部分|段|政策|附件|区)?|几[次处]|多少[次处条])"
_ASKS = re.compile(rf"{_WHERE}[^,。?]{{0,6}}{_VERB}|{_VERB}(?:过|了)?{_WHERE}")
_IN_HEADINGS = re.compile("标题[里中上]?(?:带|含|有|出现|写|提)")
_QUOTED = re.compile('《[^》]{2,60}》|[“「"]([^”」"]{2,20})[”」"]')
_AFTER = re.compile(rf"{_WHERE}[^,。?]{{0,6}}{_VERB}(?:过|了)?(?P<words>[^,。?的]{{2,12}}?)(?:[,。?]|吗|呢|的|$)")


def answer(query: Query, library: Library) -> Draft | None:
    """Every clause with the words asked about, each quoted by its sentence; None when nothing is counted off."""
    folded = fold(query.asked)
    in_headings = bool(_IN_HEADINGS.search(folded))
    if not (_ASKS.search(folded) or in_headings) or query.bodies:
        return None
    words = _words(folded)
    if words is None:
        return None
    inside = [c for c in _inside(query, library) if not in_headings or words in fold(topic_of(c))]
    rows = [(clause, found) for clause in inside if (found := _sentence_with(clause, words))]
    if not rows and _QUOTED.search(folded):
        return Draft("refused", MESSAGES["no_mention"].format(words=words.strip("《》")), reason="not_stated")
    if not rows:
        return None
    names = []
    for n, (clause, _) in enumerate(rows, start=1):
        document = library.corpus.document(clause.document_id)
        names.append(f"{place_and_topic(clause, document) if document else clause.label}[{n}]")
    text = MESSAGES["mentions"].format(words=words.strip("《》"), total=len(rows)) + "；".join(names) + "。"
    facts = {"kind": "mentions", "total": len(rows), "complete": True}
    return Draft("answered", text, tuple(found for _, found in rows), facts=facts)


def _words(folded: str) -> str | None:
    """What is looked for: the quoted words, or what stands behind the verb."""
    if found := _QUOTED.search(folded):
        return found[1] or found[0]
    after = _AFTER.search(folded)
    return after["words"] if after else None


def _inside(query: Query, library: Library) -> list[Node]:
    return [
        clause
        for clause in library.corpus.clauses
        if library.admits(clause) and query.scope.bonus(clause, library.jurisdiction_of(clause)) is not None
    ]


def _sentence_with(clause: Node, words: str) -> Evidence | None:
    """The first sentence of the clause that has the words, whatever their script."""
    for sentence in sentences_of(clause.text):
        if words in fold(simplify(sentence.text)):
            return Evidence(clause, sentence.start, sentence.end)
    return None
