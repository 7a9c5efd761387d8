"""Documents, clauses and departments, and the page that a permanent link opens."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from api.answer_schema import ClauseOut, DepartmentsOut, TasksOut
from api.problems import PROBLEMS, gives
from api.tables import address_json, tasks_json
from corpus.address import find
from corpus.script import simplify
from corpus.today import today
from corpus.types import Document
from rag.document_json import document_json
from rag.messages import ROLES, VALIDITY, on_page
from rag.validity import validity_of
from rag.wire import node_json, permanent_link, validity_json
from records.services import Services
from records.sheets import csv_of, xlsx_of

_COLUMNS = ("职责", "地区", "条款", "条款编号", "原文")
_SHEETS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TASKS = gives(TasksOut, 404)
_TASKS[200] = {"model": TasksOut, "content": {kind.partition(";")[0]: {} for kind in _SHEETS.values()}}
_PAGES = Environment(loader=PackageLoader("api"), autoescape=select_autoescape(default=True), trim_blocks=True)
_PAGES.filters["on_page"] = on_page
Id = Annotated[str, Path(max_length=200)]


def router(services: Services) -> APIRouter:
    routes = APIRouter(tags=["documents"])

    def document_of(document_id: str) -> Document:
        document = services.qa.corpus.document(document_id)
        if document is None:
            known = ", ".join(d.id for d in services.qa.corpus.documents)
            raise HTTPException(404, f"no document {document_id!r}. There are: {known}.")
        return document

    @routes.get("/api/documents")
    def documents() -> dict[str, Any]:
        """Every document with its metadata and its validity today."""
        return {"documents": [_described(document) for document in services.qa.corpus.documents]}

    @routes.get("/api/documents/{document_id}", responses=PROBLEMS[404])
    def document(document_id: Id) -> dict[str, Any]:
        """One document with its outline."""
        found = document_of(document_id)
        return {**_described(found), "nodes": [node_json(node) for node in found.nodes]}

    @routes.get("/api/documents/{document_id}/clauses/{clause_path:path}", responses=gives(ClauseOut, 404))
    def clause(document_id: Id, clause_path: Annotated[str, Path(max_length=400)]) -> dict[str, Any]:
        """One clause, or a paragraph or item of an article, exactly as printed."""
        found = document_of(document_id)
        address = find(found, clause_path)
        if address is None:
            raise HTTPException(404, f"{document_id} has no clause {clause_path!r}. See /api/documents/{document_id}.")
        return address_json(address)

    @routes.get("/api/departments", responses=gives(DepartmentsOut))
    def departments(jurisdiction: str | None = None) -> dict[str, Any]:
        """Every body that a clause gives a task, with how many."""
        rows = [b for b in services.qa.bodies.bodies if jurisdiction in (None, b.jurisdiction)]
        return {
            "departments": [
                {"name": b.name, "jurisdiction": b.jurisdiction, "clauses": len(services.qa.bodies.tasks(b))}
                for b in rows
            ]
        }

    @routes.get("/api/departments/{name}/clauses", responses=_TASKS)
    def tasks(
        name: Annotated[str, Path(max_length=100)],
        jurisdiction: str | None = None,
        format: Literal["json", "csv", "xlsx"] = "json",  # noqa: A002 - the query's name
    ) -> Response:
        """Every clause that gives the body a task, complete, with its role; as JSON or for a spreadsheet."""
        found = tasks_json(services, name, jurisdiction)
        if found is None:
            raise HTTPException(404, f"no body {name!r}. See /api/departments.")
        if format == "json":
            return JSONResponse(found)
        rows = [dict(zip(_COLUMNS, _task_row(row), strict=True)) for row in found["clauses"]]
        content = csv_of(rows, _COLUMNS) if format == "csv" else xlsx_of(rows, _COLUMNS, name)
        saved_as = f"attachment; filename*=UTF-8''{quote(f'{name}.{format}')}"
        return Response(content, media_type=_SHEETS[format], headers={"content-disposition": saved_as})

    @routes.get("/d/{document_id}", response_class=HTMLResponse, responses=PROBLEMS[404])
    def page(document_id: Id) -> str:
        """The document to read and print, an anchor for every clause; no JavaScript."""
        found = document_of(document_id)
        return document_page(found)

    return routes


def document_page(document: Document) -> str:
    return _PAGES.get_template("document.html").render(
        document=document,
        permanent_link=permanent_link,
        title=simplify(document.metadata.title),
        roles=ROLES,
        validities=VALIDITY,
        described=_described(document),
    )


def _described(document: Document) -> dict[str, Any]:
    return {**document_json(document), "validity": validity_json(validity_of(document.metadata, today()))}


def _task_row(row: dict[str, Any]) -> tuple[str, ...]:
    return ROLES[row["role"]], row["jurisdiction"] or "", row["clause_label"], row["clause_id"], row["text"]
