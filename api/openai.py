"""OpenAI's protocol over the same answers: chat completions, streaming and not, and the list of models."""

from __future__ import annotations

import json
import time
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from api.limits import QUESTION
from api.problems import Responses
from api.schemas import ChatIn
from api.waiting import Events, answer_for, events_for
from rag.events import AnswerStream, Event, as_async
from rag.messages import MESSAGES, on_page
from rag.types import NO_FILTERS, Answer, Turn
from rag.wire import as_json, permanent_link
from records.services import Services

MODEL = "policyqa"
_EITHER: Responses = {200: {"content": {"application/json": {}, "text/event-stream": {}}}}


def router(services: Services) -> APIRouter:
    gate = services.gate
    routes = APIRouter(prefix="/v1", tags=["openai"])

    @routes.get("/models")
    def models() -> dict[str, Any]:
        """The one model there is."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "policyqa"}]}

    @routes.post("/chat/completions", responses=_EITHER)
    async def complete(asked: ChatIn, request: Request) -> Response:
        """The last user message is the question; the earlier ones are its conversation. System messages change nothing."""
        question, history = _conversation(asked)

        def begun() -> AnswerStream:
            return services.answers.stream(question, history, NO_FILTERS, None, "openai")

        if asked.stream:
            return await events_for(request, gate, begun, _chunks, sep="\n")
        answer = await answer_for(request, gate, begun)
        message = {"role": "assistant", "content": answer_with_sources(answer), "annotations": url_citations(answer)}
        body = _envelope(answer.trace_id, "chat.completion") | {
            "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
            "usage": _usage(answer),
            "policyqa": as_json(answer),
        }
        return JSONResponse(body)

    return routes


def _usage(answer: Answer) -> dict[str, int]:
    """The tokens of the models behind the answer; none for an answer without a model."""
    spent = answer.tokens or {}
    prompt, completion = spent.get("prompt", 0), spent.get("completion", 0)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _conversation(asked: ChatIn) -> tuple[str, list[Turn]]:
    turns = [Turn(m.role, m.text()) for m in asked.messages if m.role in ("user", "assistant")]
    last = max((i for i, turn in enumerate(turns) if turn.role == "user"), default=None)
    if last is None:
        raise HTTPException(422, "messages: there is no user message to answer.")
    if len(turns[last].content) > QUESTION:
        raise HTTPException(422, f"messages: the question is longer than {QUESTION} characters.")
    return turns[last].content, turns[:last]


def answer_with_sources(answer: Answer) -> str:
    """The answer, its sources under their numbers, warnings and the notice, as one text for a chat window."""
    rows = [answer.answer]
    if answer.citations:
        rows += ["", "依据："]
        rows += [f"[{c.n}] 《{c.document_title}》{c.clause_label}{on_page(c.page)}" for c in answer.citations]
    rows += [f"注意：{warning}" for warning in answer.warnings]
    return "\n".join([*rows, f"（{MESSAGES['original_decides']}）"] if answer.citations else rows)


def url_citations(answer: Answer) -> list[dict[str, Any]]:
    """Each citation as OpenAI's url_citation, at its first mark in the text; the address is the permanent link's."""
    text = answer_with_sources(answer)
    rows = []
    for citation in answer.citations:
        mark = f"[{citation.n}]"
        start = text.find(mark)
        url = permanent_link(citation.document_id, citation.clause_path)
        cited = {"start_index": start, "end_index": start + len(mark), "title": citation.clause_label, "url": url}
        rows.append({"type": "url_citation", "url_citation": cited})
    return rows


async def _chunks(stream: AnswerStream) -> Events:
    """OpenAI's chunks. Only what stands is sent: a sentence goes out once it has been checked."""
    head = _envelope(f"{time.time_ns():x}", "chat.completion.chunk")
    yield _chunk(head, {"role": "assistant", "content": ""})
    standing = _Standing()
    async for event in as_async(stream):
        if more := standing.after(event):
            yield _chunk(head, {"content": more})
        if event.kind == "done":
            answer: Answer = event.data["answer"]
            rest = answer_with_sources(answer)[len(answer.answer) :]
            if standing.sent != answer.answer:
                rest = "\n\n" + answer_with_sources(answer) if standing.sent else answer_with_sources(answer)
            final = {"content": rest, "annotations": url_citations(answer)}
            yield _chunk(head | {"policyqa": as_json(answer)}, final, "stop")
    yield {"data": "[DONE]"}


class _Standing:
    """The part of a stream whose sentences have passed."""

    def __init__(self) -> None:
        self._text = ""
        self.sent = ""

    def after(self, event: Event) -> str:
        """What may be sent now."""
        if event.kind == "delta":
            self._text += event.data["text"]
            return ""
        if event.kind == "verify" and event.data["ok"]:
            more = self._text[event.data["start"] : event.data["end"]]
            self.sent += more
            return more
        return ""


def _envelope(identity: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{identity}", "object": kind, "created": int(time.time()), "model": MODEL}


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> dict[str, str]:
    choices = [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]
    return {"data": json.dumps(head | {"choices": choices}, ensure_ascii=False)}
