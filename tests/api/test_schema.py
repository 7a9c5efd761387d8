"""The OpenAPI document: its examples are answers, and schemathesis finds no response that it doesn't describe."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api.answer_schema import AnswerOut
from corpus.load import load_corpus
from index.build import build_index
from index.search import open_index
from index.settings import IndexSettings
from rag.answer import PolicyQa
from records.shelf import Shelf
from tests.api.serving import Running, running, sqlite

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance"
)


def test_the_examples_are_answers_that_the_service_gives(client: httpx.Client) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/ask"]["post"]
    question = operation["requestBody"]["content"]["application/json"]["examples"]["question"]["value"]
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]
    answer = client.post("/api/ask", json=question).json()
    for field in ("question", "status", "answer", "citations", "departments"):
        assert examples["answered"]["value"][field] == answer[field]
    assert examples["refused"]["value"]["status"] == "refused"


@pytest.mark.parametrize(
    "question",
    ["虹口区在线金融服务由哪些部门负责？", "虹口区科委负责哪些任务？", "青浦区有哪些补贴？", "第3条由谁负责？", "你好"],
)
def test_every_kind_of_answer_is_as_the_schema_says(question: str, client: httpx.Client) -> None:
    AnswerOut.model_validate(client.post("/api/ask", json={"question": question}).json(), strict=False)


def test_schemathesis_finds_nothing_as_anybody(service: Running, tmp_path: Path) -> None:
    assert schemathesis(service.address, tmp_path) == ""


def test_schemathesis_finds_nothing_as_an_administrator(small_texts: Path, tmp_path: Path) -> None:
    """Who may change documents and keys as well: on texts of its own."""
    corpus, store = tmp_path / "texts", tmp_path / "store"
    shutil.copytree(small_texts, corpus)
    settings = IndexSettings(corpus=corpus, asked_as=corpus, store=store, embedder="none")

    def reopen() -> PolicyQa:
        texts = load_corpus(corpus, corpus)
        return PolicyQa(texts, open_index(texts, settings))

    build_index(load_corpus(corpus, corpus), None, store, "none")
    with running(reopen(), sqlite(tmp_path), reopen, lambda live: Shelf(settings, live)) as started:
        assert schemathesis(started.address, tmp_path, "-H", f"Authorization: Bearer {started.key('admin')}") == ""


def schemathesis(address: str, folder: Path, *options: str) -> str:
    """What it complains of, or nothing."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/openapi.json", "--checks", CHECKS,
            "--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "20261122",
            "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", *options,
        ],
        cwd=folder, capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout[-6000:] + done.stderr[-2000:]
