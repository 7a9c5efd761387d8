"""Files put in over the wire, as many as come together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from corpus.load import load_corpus
from index.build import build_index
from index.search import open_index
from index.settings import IndexSettings
from rag.answer import PolicyQa
from records.shelf import Shelf
from tests.api.serving import Running, running, sqlite
from tests.corpus.readers.docx_files import a_zip

NEW = "一、在线展览。举办网上展会。(责任部门:区商务委)\n".encode()
OTHER = "一、在线教育。建设空中课堂。(责任部门:区教育局)\n".encode()


@pytest.fixture
def shelved(small_texts: Path, tmp_path: Path) -> Iterator[Running]:
    corpus, store = tmp_path / "texts", tmp_path / "store"
    shutil.copytree(small_texts, corpus)
    settings = IndexSettings(corpus=corpus, asked_as=corpus, store=store, embedder="none")

    def reopen() -> PolicyQa:
        texts = load_corpus(corpus, corpus)
        return PolicyQa(texts, open_index(texts, settings))

    build_index(load_corpus(corpus, corpus), None, store, "none")
    with running(reopen(), sqlite(tmp_path), reopen, lambda live: Shelf(settings, live)) as started:
        yield started


def _post(client: httpx.Client, files: dict[str, bytes], query: str = "") -> httpx.Response:
    return client.post(f"/api/documents{query}", files=[("files", (name, data)) for name, data in files.items()])


def test_files_and_archives_are_told_put_in_and_answered_from(shelved: Running) -> None:
    files = {
        "新办法.txt": NEW,
        "packed.zip": a_zip({"inner.txt": OTHER}),
        "bad.docx": b"x",
        "../../evil.txt": NEW + b"\n",
    }
    with shelved.client(shelved.key("admin")) as admin:
        looked = _post(admin, files, "?dry_run=true").json()
        assert admin.get("/api/documents/新办法").status_code == 404
        done = _post(admin, files)
        assert done.status_code == 200
        told = [(row["name"], row["fate"], row["document_id"]) for row in done.json()["files"]]
        assert told == [
            ("新办法.txt", "added", "新办法"),
            ("packed.zip/inner.txt", "added", "inner"),
            ("bad.docx", "refused", "bad"),
            ("evil.txt", "known", "新办法"),
        ]
        assert looked == {"files": done.json()["files"]}
        answer = admin.post("/api/ask", json={"question": "在线展览由谁负责"}).json()
        assert answer["citations"][0]["clause_id"] == "新办法#一"
        (entry,) = [row for row in admin.get("/api/audit").json()["entries"] if row["action"] == "deliver documents"]
        assert entry["target"] == "新办法, inner"
        again = _post(admin, {"新办法.txt": NEW}).json()
        assert again["files"][0]["fate"] == "unchanged"


def test_nothing_sent_is_wrong_use(shelved: Running) -> None:
    with shelved.client(shelved.key("admin")) as admin:
        assert admin.post("/api/documents").status_code == 422
        assert _post(admin, {"": b""}).status_code in (200, 422)
