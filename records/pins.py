"""Answers that staff worded: kept with the clauses they rest on, given to a question that asks the same, and sent back
for review when one of those clauses changes.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from corpus.today import day_in_china
from corpus.types import Corpus
from index.embedder import Vectors
from rag.answer import PolicyQa
from rag.assemble import assembled
from rag.question import Query
from rag.same_question import NEAR, same_words
from rag.types import Answer, Draft, Evidence
from records.database import Database
from records.errors import NotFoundError, UnusableError
from records.exchanges import storable
from records.tables import Json, Pin

LOG = logging.getLogger("policyqa.records")
WORDINGS, WORDING, ANSWER, CITED = 20, 500, 6000, 12  # wordings, and characters of one; of an answer; its clauses
_FRESH = 2.0  # seconds that a worker goes without looking for what another one has changed
_MARK = re.compile(r"\[(\d{1,3})\]")
GONE, OTHER_TEXT = "所引条款已移除：{path}", "所引条款已修改：{path}"


@dataclass(frozen=True)
class Wanted:
    """A pinned answer as staff give it. Every [n] in `answer` is the n-th of `citations`: (clause_id, quote or None)."""

    wordings: tuple[str, ...]
    answer: str
    citations: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class _Wording:
    """A wording understood; `vector` is None without an embedding model."""

    query: Query
    vector: Vectors | None


class PinBoard:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._looked_at = 0.0
        self._pins: list[Pin] = []
        self._read: dict[str, _Wording] = {}
        self._read_for = ""

    def keep(self, wanted: Wanted, who: str, corpus: Corpus, identity: int | None = None) -> int:
        """The pin's id, once it is kept; `identity` for one that is reviewed again.

        Raises UnusableError naming the mark, clause or quotation that doesn't hold, NotFoundError for another identity.
        """
        citations = _checked(wanted, corpus)
        with self._database.sessions.begin() as session:
            pin = Pin() if identity is None else session.get(Pin, identity)
            if pin is None:
                raise NotFoundError(f"no pinned answer {identity}.")
            pin.wordings = storable(list(dict.fromkeys(w.strip() for w in wanted.wordings)))
            pin.answer, pin.citations = storable(wanted.answer.strip()), storable(citations)
            pin.state, pin.why, pin.made_by = "reviewed", "", who
            pin.reviewed_at, pin.corpus_version = datetime.now(UTC), corpus.digest[:12]
            session.add(pin)
        self.refresh()
        return pin.id

    def drop(self, identity: int) -> None:
        """Raises NotFoundError."""
        with self._database.sessions.begin() as session:
            pin = session.get(Pin, identity)
            if pin is None:
                raise NotFoundError(f"no pinned answer {identity}.")
            session.delete(pin)
        self.refresh()

    def listed(self, corpus: Corpus) -> list[Json]:
        """All of them, those to be reviewed first."""
        self.check(corpus)
        with self._database.sessions() as session:
            pins = session.scalars(select(Pin).order_by(Pin.state, Pin.id)).all()
        return [_as_json(pin) for pin in pins]

    def check(self, corpus: Corpus) -> int:
        """Sends back for review what rests on a clause that has changed or gone; how many."""
        with self._database.sessions.begin() as session:
            stale = 0
            for pin in session.scalars(select(Pin).where(Pin.state == "reviewed")):
                if why := _changed(pin, corpus):
                    pin.state, pin.why = "needs_review", why
                    stale += 1
        self.refresh()
        return stale

    @property
    def has_any(self) -> bool:
        """Whether there is any pinned answer to give."""
        return bool(self._current())

    def answer(self, question: str, qa: PolicyQa, as_of: date, place: str | None = None) -> tuple[Answer, int] | None:
        """The pinned answer to a question that asks the same, with the pin's id; None when there is none that holds.

        With `place` only those count whose clauses all stand in its documents.
        """
        pins = [pin for pin in self._current() if not _changed(pin, qa.corpus) and _stands_in(pin, place, qa.corpus)]
        pin = self._matching(question, pins, qa)
        if pin is None:
            return None
        evidence = tuple(_evidence(row, qa.corpus) for row in pin.citations)
        draft = Draft("answered", pin.answer, evidence)
        answer = assembled(draft, question, qa.corpus, as_of)
        return _marked(answer, pin), pin.id

    def _matching(self, question: str, pins: Sequence[Pin], qa: PolicyQa) -> Pin | None:
        for pin in pins:
            if any(same_words(question, wording) for wording in pin.wordings):
                return pin
        if not pins:
            return None
        asked, read = qa.query(question), self._read_wordings(pins, qa)
        rows = [(pin, w) for pin in pins for w in pin.wordings if qa.ask_the_same(asked, read[w].query)]
        own = qa.question_vectors([question]) if rows else None
        vectors = [vector for _, wording in rows if (vector := read[wording].vector) is not None]
        if own is None or len(vectors) < len(rows):
            return None
        cosines = np.vstack(vectors) @ own[0]
        best = int(cosines.argmax())
        return rows[best][0] if cosines[best] >= NEAR else None

    def _read_wordings(self, pins: Sequence[Pin], qa: PolicyQa) -> dict[str, _Wording]:
        """Each wording read once for each corpus, for what a question means depends on the texts. What is given back is
        nobody else's to change.
        """
        with self._lock:
            known = self._read if self._read_for == qa.corpus.digest else {}
        wordings = dict.fromkeys(wording for pin in pins for wording in pin.wordings)
        read = {wording: known.get(wording) or _read(wording, qa) for wording in wordings}
        with self._lock:
            self._read, self._read_for = read, qa.corpus.digest
        return read

    def _current(self) -> list[Pin]:
        """Those read last; what other workers have changed is looked up beside, for no question waits on the database."""
        with self._lock:
            stale = time.monotonic() - self._looked_at > _FRESH
            if stale:
                self._looked_at = time.monotonic()
        if stale:
            threading.Thread(target=self.refresh, name="pins", daemon=True).start()
        return self._pins

    def refresh(self) -> None:
        """Reads them again; a database that is away leaves those read last."""
        try:
            with self._database.sessions() as session:
                self._pins = list(session.scalars(select(Pin).where(Pin.state == "reviewed").order_by(Pin.id)))
        except SQLAlchemyError as error:
            LOG.error("pinned answers can't be read (%s)", type(error).__name__)
        with self._lock:
            self._looked_at = time.monotonic()


def _read(wording: str, qa: PolicyQa) -> _Wording:
    vectors = qa.question_vectors([wording])
    return _Wording(qa.query(wording), None if vectors is None else vectors[0])


def _checked(wanted: Wanted, corpus: Corpus) -> list[Json]:
    """The citations as they are kept. Raises UnusableError."""
    if not wanted.wordings or not all(w.strip() for w in wanted.wordings) or not wanted.answer.strip():
        raise UnusableError("问法（wordings）和答复（answer）不能空着。")
    if len(wanted.wordings) > WORDINGS or any(len(w) > WORDING for w in wanted.wordings):
        raise UnusableError(f"问法（wordings）：最多 {WORDINGS} 种，每种最多 {WORDING} 字。")
    if len(wanted.answer) > ANSWER or not 0 < len(wanted.citations) <= CITED:
        raise UnusableError(f"答复（answer）最多 {ANSWER} 字；依据（citations）1 到 {CITED} 条。")
    marks = {int(mark) for mark in _MARK.findall(wanted.answer)}
    numbers = set(range(1, len(wanted.citations) + 1))
    if marks != numbers:
        off = "、".join(f"[{n}]" for n in sorted(marks ^ numbers))
        raise UnusableError(f"答复里的编号与依据对不上：{off}。")
    return [_cited(clause_id, quote, corpus) for clause_id, quote in wanted.citations]


def _cited(clause_id: str, quote: str | None, corpus: Corpus) -> Json:
    clause = corpus.clause(clause_id)
    if clause is None:
        raise UnusableError(f"依据：没有 {clause_id} 这一条。")
    if quote is not None and (not quote or quote not in clause.text):
        raise UnusableError(f"依据：{clause_id} 的原文里没有“{quote}”。请从原文复制。")
    return {"clause_id": clause_id, "quote": quote or clause.text, "digest": clause.digest}


def _changed(pin: Pin, corpus: Corpus) -> str:
    """What is the matter with its clauses, or an empty text."""
    for row in pin.citations:
        clause = corpus.clause(row["clause_id"])
        if clause is None:
            return GONE.format(path=row["clause_id"])
        if clause.digest != row["digest"]:
            return OTHER_TEXT.format(path=row["clause_id"])
    return ""


def _stands_in(pin: Pin, place: str | None, corpus: Corpus) -> bool:
    if place is None:
        return True
    documents = (corpus.document(row["clause_id"].partition("#")[0]) for row in pin.citations)
    return all(document is not None and document.metadata.jurisdiction == place for document in documents)


def _evidence(row: Json, corpus: Corpus) -> Evidence:
    clause = corpus.clause(row["clause_id"])
    assert clause is not None  # `_changed` has been asked
    start = clause.text.index(row["quote"])
    return Evidence(clause, start, start + len(row["quote"]))


def _marked(answer: Answer, pin: Pin) -> Answer:
    return replace(answer, reviewed={"pin": pin.id, "at": day_in_china(pin.reviewed_at).isoformat()})


def _as_json(pin: Pin) -> Json:
    return {
        "id": pin.id,
        "wordings": pin.wordings,
        "answer": pin.answer,
        "citations": [{"clause_id": row["clause_id"], "quote": row["quote"]} for row in pin.citations],
        "state": pin.state,
        "why": pin.why,
        "made_by": pin.made_by,
        "reviewed_at": pin.reviewed_at.isoformat(),
        "corpus_version": pin.corpus_version,
    }
