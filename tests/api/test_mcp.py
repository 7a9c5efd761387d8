"""The official SDK's own client, in memory and over a real process's standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from api.mcp import mcp_server
from corpus.types import Corpus
from index.settings import ROOT
from rag.answer import PolicyQa
from rag.live import LiveQa
from records.book import open_records
from records.services import services_of
from tests.api.serving import sqlite
from tests.builders import an_index

CLAUSE = "hongkou-2020#二/(二)/3"


@pytest.fixture(scope="module")
def server(policies: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    records = open_records(sqlite(tmp_path_factory.mktemp("kept")))
    yield mcp_server(services_of(LiveQa(PolicyQa(policies, an_index(policies))), records))
    records.close()


def call(server: Any, tool: str, **arguments: Any) -> dict[str, Any]:
    async def inside() -> dict[str, Any]:
        async with Client(server) as client:
            result = await client.call_tool(tool, arguments)
            return dict(json.loads(result.content[0].text))  # type: ignore[union-attr]

    return asyncio.run(inside())


def test_the_four_tools_are_listed(server: Any) -> None:
    async def names() -> set[str]:
        async with Client(server) as client:
            return {tool.name for tool in (await client.list_tools()).tools}

    assert asyncio.run(names()) == {"search_clauses", "get_clause", "ask_policy", "department_tasks"}


def test_the_tools_give_what_the_routes_give(server: Any) -> None:
    assert (
        call(server, "ask_policy", question="虹口区在线金融服务由哪些部门负责？")["citations"][0]["clause_id"] == CLAUSE
    )
    assert call(server, "search_clauses", words="无人工厂", k=1)["results"][0]["clause_id"] == "shanghai-2020#二/1"
    assert call(server, "get_clause", document_id="hongkou-2020", path="二/(二)/3")["clause_id"] == CLAUSE
    assert call(server, "department_tasks", name="区科委", jurisdiction="虹口区")["total"] == 17


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask_policy", {"question": " "}),
        ("ask_policy", {"question": "问", "jurisdiction": "月球"}),
        ("search_clauses", {"words": "x", "k": 0}),
        ("get_clause", {"document_id": "nowhere", "path": "一"}),
        ("get_clause", {"document_id": "hongkou-2020", "path": "九"}),
        ("department_tasks", {"name": "无此局"}),
    ],
)
def test_what_cannot_be_used_says_what_to_do(tool: str, arguments: dict[str, Any], server: Any) -> None:
    assert call(server, tool, **arguments)["error"].endswith(".")


def test_the_command_speaks_on_standard_input_and_output(small_texts: Path, small_store: Path) -> None:
    settings = {"POLICYQA_CORPUS": small_texts, "POLICYQA_ASKED_AS": small_texts, "POLICYQA_STORE": small_store}
    environment = {**os.environ, **{name: str(path) for name, path in settings.items()}, "POLICYQA_EMBEDDER": "none"}
    process = StdioServerParameters(command=sys.executable, args=[str(ROOT / "cli.py"), "mcp"], env=environment)

    async def tools() -> int:
        async with Client(stdio_client(process)) as client:
            return len((await client.list_tools()).tools)

    assert asyncio.run(tools()) == 4
