"""The OpenAPI document: our problems as a schema, and examples that are answers this service gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import Problem
from rag.examples import example_questions
from rag.types import Answer
from rag.wire import as_json
from records.services import Services

_REFUSED = "青浦区有哪些补贴？"


def described(app: FastAPI, services: Services) -> Callable[[], dict[str, Any]]:
    """What `app.openapi` is: made at the first call, from questions put to the index."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            schemas = document["components"]["schemas"]
            schemas["Problem"] = Problem.model_json_schema()
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            _with_examples(document, services)
            app.openapi_schema = document
        return app.openapi_schema

    return openapi


def _with_examples(document: dict[str, Any], services: Services) -> None:
    qa = services.qa.without_model()
    question = example_questions(qa.corpus, 1)[0]
    answers = {"answered": qa.ask(question), "refused": qa.ask(_REFUSED)}
    ask = document["paths"]["/api/ask"]["post"]
    _body(ask)["examples"] = {"question": {"value": {"question": question}}}
    _answer(ask)["examples"] = {name: {"value": as_json(answer)} for name, answer in answers.items()}
    clause = _cited(answers["answered"])
    if clause is not None:
        path = document["paths"]["/api/documents/{document_id}/clauses/{clause_path}"]["get"]
        for row in path["parameters"]:
            row["example"] = clause.get(row["name"], row.get("example"))
    chat = document["paths"]["/v1/chat/completions"]["post"]
    _body(chat)["examples"] = {
        "question": {"value": {"model": "policyqa", "messages": [{"role": "user", "content": question}]}}
    }


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation["requestBody"]["content"]["application/json"]
    return found


def _answer(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]
    return found


def _cited(answer: Answer) -> dict[str, str] | None:
    first = next(iter(answer.citations), None)
    return {"document_id": first.document_id, "clause_path": first.clause_path} if first else None
