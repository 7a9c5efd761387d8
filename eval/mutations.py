"""`python -m eval.mutations`: changes one thing in right sentences and counts how often the check notices.

Right sentences are those of the extractive answers to the built-in questions, with the clauses they cite. Changed are a
number, a date's year, a department, a word of obligation, or a negation, each to another that the language allows.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.departments.kinds import is_collective
from corpus.script import fold
from eval.evaluate import AS_OF
from eval.questions_file import read_questions
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.grounding.check import SentenceCheck
from rag.grounding.types import Source
from rag.types import Turn

SEED = 7
FILES = tuple(f"{name}.jsonl" for name in ("dev", "dev2", "dev3", "dev4"))
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]?")
_OWN = re.compile("原文没有|文本未载明|没有“|共 ?\\d+ ?项")  # what the product says of the texts, and no clause says
_MARK = re.compile(r"\[(\d{1,3})\]")
_STRENGTHS = ("应当", "必须", "可以", "鼓励", "探索", "不得")
_OF_STRENGTH = re.compile("应当|必须|可以|鼓励|探索|支持|力争|允许|引导")
_NEGATABLE = re.compile("(?:推动|推进|建设|支持|鼓励|发展|加强|开展|完善|提升|实施|打造)(?=[一-鿿]{2})")
_NEGATION = re.compile("不得|不超过|不予|不符合|不违反|无需|未经")


@dataclass(frozen=True)
class Right:
    """A sentence of a right answer, without its marks, with what it cites and what was asked."""

    text: str
    sources: tuple[Source, ...]
    question: str


@dataclass(frozen=True)
class Caught:
    """How many changed sentences of one kind the check noticed."""

    kind: str
    changed: int
    noticed: int

    @property
    def share(self) -> float:
        return self.noticed / self.changed if self.changed else 0.0


def right_sentences(qa: PolicyQa, files: Sequence[str] = FILES) -> list[Right]:
    """The sentences of the extractive answers, each once."""
    rows: dict[str, Right] = {}
    for name in files:
        for question in read_questions(ROOT / "eval/questions" / name):
            history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
            answer = qa.ask(question.question, history, as_of=AS_OF)
            if answer.status != "answered" or answer.facts:
                continue
            cited = {c.n: c for c in answer.citations}
            for text, numbers in _cited_sentences(answer.answer):
                sources = tuple(_source(qa, cited[n].clause_id) for n in numbers if n in cited)
                if sources:
                    rows.setdefault(text, Right(text, sources, answer.rewritten_question or question.question))
    return list(rows.values())


def _cited_sentences(answer: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Sentences with the marks that carry them: a sentence without one rests on the next mark."""
    pieces = [m[0] for m in _SENTENCE.finditer(answer) if m[0].strip()]
    for at, piece in enumerate(pieces):
        marks = next((found for later in pieces[at:] if (found := _MARK.findall(later))), [])
        text = _MARK.sub("", piece).strip("“” \n")
        if len(text) > 5 and not _OWN.search(text):
            yield text, tuple(dict.fromkeys(map(int, marks)))


def _source(qa: PolicyQa, clause_id: str) -> Source:
    clause = qa.corpus.clause(clause_id)
    document = qa.corpus.document(clause_id.split("#")[0])
    assert clause is not None
    assert document is not None
    return Source(clause, document)


def _number(right: Right, chance: random.Random) -> str | None:
    rows = [
        m
        for m in re.finditer(r"(?<![\d.a-zA-Z])\d+(?![\d.]*[a-zA-Z年月日])(?!年)", right.text)
        if not re.match(r"\[|\]", m[0])
    ]
    rows = [m for m in rows if not re.search(r"(?:19|20)\d\d$", m[0])]
    return (
        _replaced(right.text, chance.choice(rows), _other_number(int(chance.choice(rows)[0]), chance)) if rows else None
    )


def _other_number(value: int, chance: random.Random) -> str:
    return str(chance.choice([value + chance.randint(1, 9), value * 10, max(value // 2, 1) + 7]))


def _year(right: Right, chance: random.Random) -> str | None:
    rows = [*re.finditer(r"(?<!\d)20[12]\d(?=年)", right.text)]
    return (
        _replaced(right.text, chance.choice(rows), str(chance.choice([2011, 2013, 2019, 2027, 2031]))) if rows else None
    )


def _department(right: Right, chance: random.Random, names: Sequence[str]) -> str | None:
    """Another body in place of one; a collective (各相关部门) is no other body."""
    here = {d.name for source in right.sources for d in source.clause.departments}
    rows = [name for name in here if name in right.text]
    bodies = [name for name in names if not is_collective(name)]
    others = [name for name in bodies if name not in here and not any(name in s.clause.text for s in right.sources)]
    return right.text.replace(chance.choice(sorted(rows)), chance.choice(others), 1) if rows and others else None


def _obligation(right: Right, chance: random.Random) -> str | None:
    rows = [*_OF_STRENGTH.finditer(right.text)]
    if not rows:
        return None
    found = chance.choice(rows)
    near = {"支持", "鼓励", "引导"} if found[0] in ("支持", "鼓励", "引导") else {found[0]}
    near |= {"应当", "必须"} if found[0] in ("应当", "必须") else set()
    near |= {"可以"} if found[0] == "允许" else set()
    return _replaced(right.text, found, chance.choice([w for w in _STRENGTHS if w not in near]))


def _negated(right: Right, chance: random.Random) -> str | None:
    """A negation taken out, or one put before a verb."""
    rows = [*_NEGATION.finditer(right.text)]
    if rows:
        found = chance.choice(rows)
        return _replaced(right.text, found, {"不得": "可以", "未经": "经"}.get(found[0], found[0].lstrip("不无")))
    verbs = [*_NEGATABLE.finditer(right.text)]
    if not verbs:
        return None
    found = chance.choice(verbs)
    return _replaced(right.text, found, chance.choice(["不", "不得", "禁止"]) + found[0])


def _replaced(text: str, found: re.Match[str], words: str) -> str | None:
    changed = text[: found.start()] + words + text[found.end() :]
    return changed if fold(changed) != fold(text) else None


def measure(rights: Sequence[Right], check: SentenceCheck, names: Sequence[str]) -> tuple[list[Caught], float]:
    """What was noticed by kind, and the share of unchanged right sentences thrown out."""
    chance = random.Random(SEED)
    kinds: dict[str, Callable[[Right], str | None]] = {
        "number": lambda right: _number(right, chance),
        "date": lambda right: _year(right, chance),
        "department": lambda right: _department(right, chance, names),
        "obligation": lambda right: _obligation(right, chance),
        "negation": lambda right: _negated(right, chance),
    }
    rows = []
    for kind, change in kinds.items():
        changed = [(right, text) for right in rights for _ in range(3) if (text := change(right))]
        noticed = [bool(check.problems(text, right.sources, right.question)) for right, text in changed]
        rows.append(Caught(kind, len(changed), sum(noticed)))
    wrongly = [bool(check.problems(right.text, right.sources, right.question)) for right in rights]
    return rows, sum(wrongly) / len(wrongly) if wrongly else 0.0


def main() -> int:
    """Prints the shares."""
    from corpus.load import load_corpus
    from index.search import open_index

    settings = IndexSettings()
    corpus = load_corpus(settings.corpus, settings.asked_as)
    retriever = open_index(corpus, settings)
    qa = PolicyQa(corpus, retriever)
    rights = right_sentences(qa)
    names = sorted({body.name for body in qa.bodies.bodies})
    check = SentenceCheck(qa.bodies, retriever.words, retriever.question_vectors, retriever.carried)
    rows, wrongly = measure(rights, check, names)
    for row in rows:
        print(f"{row.kind}: {row.share:.4f} noticed of {row.changed}")
    print(f"thrown out though right: {wrongly:.4f} of {len(rights)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
