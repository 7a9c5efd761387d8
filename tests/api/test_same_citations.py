"""The most reported defects of such systems, on each way to an answer: marks that lead nowhere, numbers instead of ids,
sources that the answer doesn't use, other citations in a stream than in the plain answer.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client

from api.mcp import mcp_server
from corpus.types import Corpus
from index.settings import ROOT
from rag.answer import PolicyQa
from rag.llm.open import open_model
from rag.llm.settings import LlmSettings
from tests.api.serving import Running, running, sqlite
from tests.builders import an_index
from tests.rag.llm.scripted import serving, stalls_after

_LINES = (ROOT / "eval/questions/dev.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS = [row["question"] for row in map(json.loads, _LINES) if not row.get("history")][:60:2]
_MARK = re.compile(r"\[(\d{1,3})\]")


def over_the_stream(client: httpx.Client, question: str) -> dict[str, Any]:
    with client.stream("POST", "/api/ask/stream", json={"question": question}) as response:
        lines = list(response.iter_lines())
    at = lines.index("event: done")
    return dict(json.loads(lines[at + 1].removeprefix("data: ")))


def over_openai(client: httpx.Client, question: str) -> dict[str, Any]:
    body = {"model": "policyqa", "messages": [{"role": "user", "content": question}]}
    return dict(client.post("/v1/chat/completions", json=body).json())


def over_mcp(service: Running, question: str) -> dict[str, Any]:
    async def inside() -> dict[str, Any]:
        async with Client(mcp_server(service.services)) as client:
            result = await client.call_tool("ask_policy", {"question": question})
            return dict(json.loads(result.content[0].text))  # type: ignore[union-attr]

    return asyncio.run(inside())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_way_gives_the_same_citations_and_each_mark_its_clause(
    question: str, service: Running, client: httpx.Client, policies: Corpus
) -> None:
    plain = client.post("/api/ask", json={"question": question}).json()
    chat = over_openai(client, question)
    for other in (over_the_stream(client, question), chat["policyqa"], over_mcp(service, question)):
        for field in ("status", "answer", "citations", "departments", "nearest"):
            assert other[field] == plain[field]

    numbers = [citation["n"] for citation in plain["citations"]]
    assert sorted({int(mark) for mark in _MARK.findall(plain["answer"]) if int(mark) < 200}) == sorted(numbers)
    for citation in plain["citations"] + plain["nearest"]:
        clause = policies.clause(citation["clause_id"])
        assert clause is not None
        assert citation["clause_id"] == f"{citation['document_id']}#{citation['clause_path']}"
        assert citation["text"] == clause.text
        assert citation["quote"] in clause.text
        found = client.get(f"/api/documents/{citation['document_id']}/clauses/{citation['clause_path']}").json()
        assert found["text"] == citation["text"]

    text = chat["choices"][0]["message"]["content"]
    for row in chat["choices"][0]["message"]["annotations"]:
        cited = row["url_citation"]
        assert text[cited["start_index"] : cited["end_index"]] in {f"[{n}]" for n in numbers}
        assert cited["url"] in {f"/d/{c['document_id']}#{c['clause_path']}" for c in plain["citations"]}


def test_a_client_that_leaves_ends_the_models_work(policies: Corpus, tmp_path: Path) -> None:
    with serving(stalls_after("在线教育由")) as script:
        model = open_model(LlmSettings(llm="openai:scripted", llm_base_url=script.url, llm_api_key="x"))
        qa = PolicyQa(policies, an_index(policies), model)
        with running(qa, sqlite(tmp_path)) as started, started.client() as client:
            with client.stream("POST", "/api/ask/stream", json={"question": "上海市的在线教育怎么发展？"}) as response:
                lines = response.iter_lines()  # kept: an iterator that nobody holds closes the stream
                while "writing" not in next(lines):
                    pass
                began = time.monotonic()
                while not script.requests and time.monotonic() - began < 5:
                    time.sleep(0.02)
                left = time.monotonic()
            while not script.left and time.monotonic() - left < 5:
                time.sleep(0.05)
        assert script.left
        assert script.left[0] - left < 2
