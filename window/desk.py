"""热线工作台: looking up while a caller waits, reading out, citing, handing on."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import gradio as gr

from corpus.today import today
from corpus.types import Document, Node
from rag.assemble import citation_of
from rag.document_json import document_json
from rag.errors import QuestionError, UnfinishedError
from rag.messages import ROLES
from rag.phrases import listed, names_of
from rag.spoken import cited_as, handed_to, spoken, work_order
from rag.types import Evidence, Filters
from rag.validity import validity_of
from rag.wire import as_json, citation_json, node_json, validity_json
from records.asker import asker_of
from records.feedback import REASONS
from records.gate import BusyError
from records.services import Services
from window.choice import Changing, Choice
from window.consult import ANYWHERE, QUIET, places_of, scope_of, why_not
from window.html import Html
from window.pages import page

_ROWS, _LOOKED_AT, _START = 10, 40, 60  # results shown, ranked for the role filter, and characters of one's beginning
_AT_ONCE = 32
_ROLE_NAMES = {words: role for role, words in ROLES.items()}


class Desk:
    """What the tab's events do."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def search(
        self, words: str, place: str, document: str, body: str, role: str, request: gr.Request
    ) -> tuple[str, Any]:
        """(results as HTML while one types, the answer above them: gone once the box is empty)."""
        if not words.strip():
            return page("results", rows=[], asked=False, unknown=()), ""
        asker, found = asker_of(scope_of(request)), partial(self._found, words, place, document, body, role)
        try:
            return await self._services.gate.run(asker, found), gr.skip()
        except BusyError as error:
            return page("progress", wrong=why_not(error)), gr.skip()

    async def ask(self, words: str, place: str, document: str, body: str, request: gr.Request) -> str:
        """The answer to what was typed, with its work order. It has a place of its own: a search that is still on its way
        must not write over it.
        """
        if not words.strip():
            return ""
        asker, answered = asker_of(scope_of(request)), partial(self._answered, words, _filters(place, document, body))
        try:
            return await self._services.gate.run(asker, answered)
        except (QuestionError, BusyError, UnfinishedError) as error:
            return page("progress", wrong=why_not(error))

    def _found(self, words: str, place: str, document: str, body: str, role: str) -> str:
        rows = self._rows(words, place, document, body, role)
        query = self._services.qa.query(words)
        return page("results", rows=rows, asked=True, unknown=() if query.subjects else query.strangers)

    def _answered(self, words: str, filters: Filters) -> str:
        answer = self._services.answers.ask(words, (), filters, None, "window")
        first = answer.citations[0] if answer.citations else None
        node = self._services.qa.corpus.clause(first.clause_id) if first else None
        answered = self._row(node, first.quote if first else None, words) if node else None
        return page("desk_answer", question=words, answer=as_json(answer), answered=answered, vote_reasons=REASONS)

    def tasks(self, place: str, body: str) -> str:
        """Every task of a body, complete."""
        found = [b for b in self._services.qa.bodies.bodies if b.name == body and b.jurisdiction in (place, None)]
        if not found:
            return page("tasks", name=None)
        tasks = [task for each in found for task in self._services.qa.bodies.tasks(each)]
        rows = [{**node_json(task.clause), "role": task.department.role} for task in tasks]
        counts = [(role, count) for role in ROLES if (count := Counter(row["role"] for row in rows)[role])]
        address = f"/api/departments/{quote(body)}/clauses?{urlencode({'jurisdiction': place})}"
        return page("tasks", name=body, place=place, rows=rows, counts=counts, address=address)

    def bodies(self, place: str) -> list[str]:
        """The bodies that a place's texts give tasks, the busiest first."""
        found = [b for b in self._services.qa.bodies.bodies if b.jurisdiction == place]
        return [b.name for b in sorted(found, key=lambda b: (-len(self._services.qa.bodies.tasks(b)), b.name))]

    def catalogue(self) -> str:
        """Every document with its outline and validity."""
        rows = [
            {
                "about": document_json(document),
                "validity": validity_json(validity_of(document.metadata, today())),
                "nodes": [
                    {**node_json(n), "heading": n.heading or n.path, "depth": n.path.count("/")} for n in document.nodes
                ],
            }
            for document in self._services.qa.corpus.documents
        ]
        return page("catalogue", documents=rows)

    def _rows(self, words: str, place: str, document: str, body: str, role: str) -> list[dict[str, Any]]:
        wanted = _ROLE_NAMES.get(role)
        found = self._services.qa.search(words, _LOOKED_AT if wanted else _ROWS, _filters(place, document, body))
        rows = [
            self._row(row.clause, None, "")
            for row in found
            if wanted is None or any(d.role == wanted and body in (ANYWHERE, d.name) for d in row.clause.departments)
        ]
        return rows[:_ROWS]

    def _row(self, node: Node, words: str | None, question: str) -> dict[str, Any]:
        document = self._document(node)
        start = node.text.find(words) if words else 0
        evidence = (
            Evidence(node, start, start + len(words)) if words and start >= 0 else Evidence(node, 0, len(node.text))
        )
        citation = citation_json(citation_of(evidence, 1, self._services.qa.corpus, today()))
        return {
            "citation": citation,
            "spoken": spoken(node, document, words, None, question),
            "cited_as": cited_as(node, document, words),
            "handed_to": handed_to(node),
            "work_order": work_order(node, document, words, question),
            "bodies": names_of(listed(node)),
            "start": node.text.replace("\n", " ")[:_START],
        }

    def _document(self, node: Node) -> Document:
        document = self._services.qa.corpus.document(node.document_id)
        assert document is not None  # the clause is of this corpus
        return document


def _filters(place: str, document: str, body: str) -> Filters:
    chosen = [None if value in (ANYWHERE, None, "") else value for value in (place, document, body)]
    return Filters(*chosen)


def build(demo: gr.Blocks, services: Services) -> None:
    """The tab's components and what they do."""
    desk = Desk(services)
    places = places_of(services)
    names = [(f"{document_json(d)['document_title']}", d.id) for d in services.qa.corpus.documents]
    busiest = max(places, key=lambda place: len(desk.bodies(place)), default=None)
    every_body = list(dict.fromkeys(b.name for b in services.qa.bodies.bodies))
    with gr.Tabs(elem_id="desk-tabs"):
        with gr.Tab("查找", id="search"):
            words = gr.Textbox(
                label="查找条款，或写下来电的问题后按 Enter（/ 聚焦，? 看快捷键）",
                value="",
                elem_id="desk-search",
                max_lines=1,
                max_length=4000,
            )
            paused = gr.Button("查找", visible="hidden", elem_id="desk-paused")  # window.js presses it
            with gr.Row(elem_id="filters"):
                choose = partial(Choice, value=ANYWHERE, min_width=130)
                place = choose([ANYWHERE, *places], label="地区")
                body = choose([ANYWHERE, *every_body], label="部门")
                role = choose([ANYWHERE, *ROLES.values()], label="职责")
                document = choose([(ANYWHERE, ANYWHERE), *names], label="文件")
            answer = Html("", elem_id="desk-answer")
            results = Html("", elem_id="desk-results")
            Html(page("keys"), elem_id="desk-keys")
        with gr.Tab("部门职责", id="duties"):
            with gr.Row():
                of_place = Choice(places, value=places[0] if places else None, label="地区", elem_id="duties-place")
                of_body = Changing(
                    desk.bodies(busiest) if busiest else [], value=None, label="部门", elem_id="duties-body"
                )
            listing = Html(page("tasks", name=None), elem_id="duties")
        with gr.Tab("文件目录", id="catalogue"):
            catalogue = Html(desk.catalogue(), elem_id="catalogue")
        with gr.Tab("审核", id="review"):
            Html(page("review", vote_reasons=REASONS), elem_id="review-panel")
    reads = [words, place, document, body, role]
    for looked in (paused.click, place.change, document.change, body.change, role.change):
        looked(desk.search, reads, [results, answer], queue=False, trigger_mode="always_last", **QUIET)
    words.submit(
        desk.ask, [words, place, document, body], answer, concurrency_limit=_AT_ONCE, concurrency_id="ask", **QUIET
    )
    of_place.change(
        lambda chosen: (gr.Dropdown(desk.bodies(chosen), value=None), page("tasks", name=None)), of_place,
        [of_body, listing], queue=False, **QUIET,
    )  # fmt: skip
    of_body.change(desk.tasks, [of_place, of_body], listing, queue=False, **QUIET)
    demo.load(desk.catalogue, None, catalogue, queue=False, **QUIET)
