"""政策咨询: a conversation that streams in, each [n] opening its clause."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import gradio as gr

from rag.errors import QuestionError, UnfinishedError
from rag.events import Event, as_async
from rag.examples import example_questions
from rag.messages import MESSAGES
from rag.types import Filters, Turn
from rag.wire import as_json
from records.asker import asker_of
from records.feedback import REASONS
from records.gate import BusyError
from records.services import Services
from window.choice import Choice
from window.html import Html
from window.pages import page

ANYWHERE = "全部"
_QUESTION = 4000  # characters
_REMEMBERED, _SHOWN = 12, 40  # turns that a follow-up may point at, and that stay on the page
_EXAMPLES = 6
_PAUSE = 0.08  # seconds between two pictures of an answer that a model is writing
_AT_ONCE = 32
_RANDOM = re.compile("[0-9a-f]{32}")  # an id as the page makes them: nobody guesses one
Turns = list[dict[str, Any]]
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_NOTHING: dict[str, Any] = {
    "reason": None,
    "rewritten_question": None,
    "departments": [],
    "warnings": [],
    "nearest": [],
    "reviewed": None,
}


def places_of(services: Services) -> list[str]:
    """The places that have documents, in the corpus's order."""
    rows = (document.metadata.jurisdiction for document in services.qa.corpus.documents)
    return list(dict.fromkeys(place for place in rows if place))


class Consult:
    """What the tab's events do."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def shown(self, turns: Turns) -> str:
        """The conversation as HTML; an empty one offers questions to begin with."""
        examples = () if turns else example_questions(self._services.qa.corpus, _EXAMPLES)
        return page("conversation", turns=turns, vote_reasons=REASONS, examples=examples)

    async def ask(
        self, question: str, place: str, conversation: str, turns: Turns, request: gr.Request
    ) -> AsyncIterator[tuple[str, str, Turns, str]]:
        """(conversation as HTML, what is left in the box, turns, what a screen reader is told) as the answer comes about."""
        if not (question or "").strip():
            yield self.shown(turns), "", turns, "请先写一个问题。"
            return
        turns = [*turns, {"question": question[:_QUESTION], "answer": None, "done": False}][-_SHOWN:]
        yield self.shown(turns), "", turns, ""
        history = [turn for row in turns[:-1][-_REMEMBERED:] if row["answer"] for turn in _said(row)]
        filters = Filters(None if place == ANYWHERE else place)
        try:
            async with self._services.gate.entered(asker_of(scope_of(request))):
                stream = self._services.answers.stream(
                    question[:_QUESTION], history, filters, None, "window", conversation or None
                )
                picture, drawn = dict(_plain("answered", "")), 0.0
                async for event in as_async(stream):
                    _take(event, picture)
                    done = event.kind == "done"
                    if done or (picture["answer"] and time.monotonic() - drawn > _PAUSE):
                        drawn = time.monotonic()
                        turns[-1] |= {"answer": dict(picture), "done": done}
                        yield self.shown(turns), "", turns, picture["answer"] if done else ""
        except (QuestionError, BusyError, UnfinishedError) as error:
            turns[-1] |= {"answer": _plain("error", why_not(error)), "done": True}
            yield self.shown(turns), "", turns, why_not(error)

    def again(self, conversation: str) -> tuple[str, Turns]:
        """A conversation taken up after a reload, from what is kept: only for whoever has its random id, and only what was
        said in the window.
        """
        if not _RANDOM.fullmatch(conversation or ""):
            return self.shown([]), []
        rows = self._services.records.exchanges.conversation(conversation, self._services.qa.corpus, "window")
        turns = [{"question": row["question"], "answer": row["answer"], "done": True} for row in rows if row["answer"]]
        return self.shown(turns[-_SHOWN:]), turns[-_SHOWN:]


def scope_of(request: gr.Request) -> Mapping[str, Any]:
    """The ASGI request behind an event of the window."""
    return request.request.scope if request.request else {}


def why_not(error: Exception) -> str:
    """What a person is told in an answer's place."""
    if isinstance(error, BusyError):
        return MESSAGES["busy"]
    return MESSAGES["given_up"] if isinstance(error, UnfinishedError) else str(error)


def _said(turn: dict[str, Any]) -> tuple[Turn, Turn]:
    return Turn("user", turn["question"]), Turn("assistant", turn["answer"]["answer"])


def _plain(status: str, text: str) -> dict[str, Any]:
    """An answer object that has nothing but words yet."""
    return {**_NOTHING, "status": status, "answer": text, "citations": [], "mode": "extractive", "model": None,
            "question": "", "trace_id": ""}  # fmt: skip


def _take(event: Event, picture: dict[str, Any]) -> None:
    """What the event adds to the picture of the answer, or takes back from it."""
    if event.kind == "citations":
        picture["citations"] = event.data["citations"]
    elif event.kind == "delta":
        picture["answer"] += event.data["text"]
    elif event.kind == "verify" and not event.data["ok"]:
        picture["answer"] = picture["answer"][: event.data["start"]] + picture["answer"][event.data["end"] :]
    elif event.kind == "done":
        picture.update(as_json(event.data["answer"]))


def build(demo: gr.Blocks, services: Services) -> None:
    """The tab's components and what they do."""
    consult = Consult(services)
    turns = gr.State([])
    conversation = gr.Textbox("", visible="hidden", elem_id="conversation-id", label="conversation")
    with gr.Row(elem_id="consult", equal_height=False):
        with gr.Column(scale=3, min_width=300):
            log = Html(consult.shown([]), elem_id="log")
            with gr.Row(elem_id="asking", equal_height=False):
                box = gr.Textbox(
                    "", label="问题", placeholder="例如：虹口区在线金融服务由哪些部门负责？", lines=1, max_lines=6,
                    elem_id="question", scale=5, max_length=_QUESTION, min_width=200,
                )  # fmt: skip
                place = Choice(
                    [ANYWHERE, *places_of(services)], value=ANYWHERE, label="地区", elem_id="place", scale=1, min_width=110,
                    filterable=False,
                )  # fmt: skip
            with gr.Row():
                send = gr.Button("提问", variant="primary", elem_id="ask", min_width=90)
                new = gr.Button("新的对话", elem_id="new", min_width=90)
            announced = Html("", elem_id="announced")
        with gr.Column(scale=2, min_width=280):
            Html(page("panel"), elem_id="panel")
    for trigger in (send.click, box.submit):
        trigger(
            consult.ask, [box, place, conversation, turns], [log, box, turns, announced], concurrency_limit=_AT_ONCE,
            concurrency_id="ask", js="(...given) => policyqa.withConversation(given)", trigger_mode="multiple", **QUIET,
        )  # fmt: skip
    new.click(
        lambda: (consult.shown([]), [], ""), None, [log, turns, conversation], queue=False,
        js="() => policyqa.newConversation()", **QUIET,
    )  # fmt: skip
    demo.load(
        consult.again, [conversation], [log, turns], queue=False, js="() => policyqa.storedConversation()", **QUIET
    )
