"""Documents changed while the service runs: read on trial first, kept when they go."""

from __future__ import annotations

import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.load import load_corpus
from corpus.source import Source
from corpus.trial import Trial
from corpus.types import Document
from index.build import build_index
from index.search import open_index
from index.settings import IndexSettings
from rag.answer import PolicyQa
from rag.live import LiveQa
from records.errors import NotFoundError, ShelfError, UnusableError
from records.shelf import Shelf
from tests.corpus.readers.docx_files import a_docx, a_zip, numbering, p
from tests.terminal import tree

NEW = "一、在线展览。举办网上展会。(责任部门:区商务委)\n".encode()
LIST = numbering([("chineseCounting", "%1、")])
QUESTION = "在线展览由哪些部门负责？"


@pytest.fixture
def settings(small_texts: Path, tmp_path: Path) -> IndexSettings:
    corpus, store = tmp_path / "texts", tmp_path / "store"
    shutil.copytree(small_texts, corpus)
    build_index(load_corpus(corpus), None, store, "none")
    return IndexSettings(corpus=corpus, asked_as=corpus, store=store, embedder="none")


@pytest.fixture
def shelf(settings: IndexSettings) -> tuple[Shelf, LiveQa]:
    def reopen() -> PolicyQa:
        corpus = load_corpus(settings.corpus, settings.asked_as)
        return PolicyQa(corpus, open_index(corpus, settings))

    live = LiveQa(reopen(), reopen)
    return Shelf(settings, live), live


def ids(live: LiveQa) -> list[str]:
    return [document.id for document in live.current.corpus.documents]


def test_a_new_document_is_answered_from_at_once(shelf: tuple[Shelf, LiveQa]) -> None:
    shelves, live = shelf
    metadata = 'title = "新区展览方案"\njurisdiction = "新区"\n'.encode()
    assert shelves.put("new-2026", ".txt", NEW, metadata) is True
    answer = live.current.ask(f"新区{QUESTION}")
    assert answer.citations[0].clause_id == "new-2026#一"
    assert answer.citations[0].jurisdiction == "新区"


def test_a_word_file_is_put_in_and_answered_from(shelf: tuple[Shelf, LiveQa], settings: IndexSettings) -> None:
    shelves, live = shelf
    assert (
        shelves.put(
            "new-2026", ".docx", a_docx(p("在线展览。举办网上展会。(责任部门:区商务委)", number=1), numbering=LIST)
        )
        is True
    )
    assert live.current.corpus.clause("new-2026#一") is not None
    assert (settings.corpus / "new-2026.docx").is_file()


def test_an_archive_is_nobodys_file(shelf: tuple[Shelf, LiveQa], settings: IndexSettings) -> None:
    shelves, live = shelf
    (settings.corpus / "packed.zip").write_bytes(a_zip({"inner.txt": NEW}))
    with pytest.raises(UnusableError, match="inner lies in an archive"):
        shelves.remove("inner")
    with pytest.raises(NotFoundError):
        shelves.remove("packed")
    with pytest.raises(UnusableError, match="suffix: one of"):
        shelves.put("packed", ".zip", a_zip({"inner.txt": NEW}))
    assert shelves.put("packed", ".txt", NEW) is True
    assert shelves.put("inner", ".txt", NEW) is True  # before the archive's
    assert {"packed", "inner"} <= set(ids(live))
    assert (settings.corpus / "packed.zip").is_file()


def test_what_is_replaced_or_removed_is_kept_aside(shelf: tuple[Shelf, LiveQa], settings: IndexSettings) -> None:
    shelves, live = shelf
    old = (settings.corpus / "other-2021.txt").read_bytes()
    assert shelves.put("other-2021", ".md", NEW) is False
    assert sorted(path.name for path in settings.corpus.glob("other-2021*")) == ["other-2021.md", "other-2021.toml"]
    shelves.remove("other-2021")
    assert "other-2021" not in ids(live)
    kept = [path.read_bytes() for path in (settings.store / "removed").rglob("other-2021.*") if path.suffix != ".toml"]
    assert sorted(kept) == sorted([old, NEW])


@pytest.mark.parametrize(
    ("document_id", "suffix", "text", "metadata"),
    [
        ("../evil", ".txt", NEW, None),
        ("new-2026", ".exe", NEW, None),
        ("new-2026", ".txt", b"\xff\xfe\x00\x01\x02", None),
        ("new-2026", ".txt", b"   \n", None),
        ("new-2026", ".txt", NEW, b"title = "),
        ("new-2026", ".txt", NEW, b'title = "x"\nno_such_field = 1\n'),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    document_id: str,
    suffix: str,
    text: bytes,
    metadata: bytes | None,
    shelf: tuple[Shelf, LiveQa],
    settings: IndexSettings,
) -> None:
    before = tree(settings.corpus), tree(settings.store)
    with pytest.raises(UnusableError):
        shelf[0].put(document_id, suffix, text, metadata)
    after = tree(settings.store)
    after.pop(".shelf.lock", None)
    assert (tree(settings.corpus), after) == before


def test_a_change_that_fails_half_way_puts_the_old_texts_back(
    shelf: tuple[Shelf, LiveQa], settings: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(settings.corpus)
    monkeypatch.setattr("records.shelf.build_index", full)
    with pytest.raises(ShelfError, match="No space left"):
        shelf[0].put("other-2021", ".md", NEW)
    with pytest.raises(ShelfError, match="No space left"):
        shelf[0].remove("demo-2020")
    assert tree(settings.corpus) == before
    open_index(load_corpus(settings.corpus, settings.asked_as), settings)  # and the index is still theirs


def test_the_last_document_stays_and_an_unknown_one_is_named(shelf: tuple[Shelf, LiveQa]) -> None:
    shelves, live = shelf
    with pytest.raises(NotFoundError, match="nowhere"):
        shelves.remove("nowhere")
    for document_id in ids(live)[:-1]:
        shelves.remove(document_id)
    with pytest.raises(UnusableError):
        shelves.remove(ids(live)[0])
    assert len(ids(live)) == 1


POISON = {
    "a line without end": ("poison.txt", "国".encode() * 3_400_000),
    "more lines than a document has": ("poison.txt", "甲\n".encode() * 300_000),
    "tags that never close": ("poison.html", b"<a href='" * 100_000),
    "too many bytes": ("poison.html", b"<p>" * 6_000_000),
}


@pytest.mark.parametrize(("name", "text"), POISON.values(), ids=POISON)
def test_a_poison_text_is_refused_in_time_and_changes_nothing(
    name: str, text: bytes, shelf: tuple[Shelf, LiveQa], settings: IndexSettings
) -> None:
    before = tree(settings.corpus)
    started = time.monotonic()
    with pytest.raises(UnusableError):
        shelf[0].put(Path(name).stem, Path(name).suffix, text)
    assert time.monotonic() - started < 20
    assert tree(settings.corpus) == before
    assert shelf[0].put("new-2026", ".txt", NEW)


def test_others_change_the_shelf_while_a_text_is_tried(
    shelf: tuple[Shelf, LiveQa], settings: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, over = threading.Event(), threading.Event()
    read = Trial.read

    def slow(trial: Trial, source: Source) -> Document:
        if source.name == "slow.txt":
            tried.set()
            assert over.wait(30)
        return read(trial, source)

    monkeypatch.setattr(Trial, "read", slow)
    with ThreadPoolExecutor(1) as pool:
        slow_put = pool.submit(shelf[0].put, "slow", ".txt", NEW)
        assert tried.wait(10)
        shelf[0].remove("other-2021")
        open_index(load_corpus(settings.corpus, settings.asked_as), settings)  # and a start finds an index that fits
        over.set()
        assert slow_put.result(30) is True
    assert ids(shelf[1]) == ["demo-2020", "law", "slow"]


def test_a_text_that_takes_too_long_leaves_the_shelf_to_others(
    shelf: tuple[Shelf, LiveQa], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Trial.__init__, "__defaults__", (0.0, 0.0))
        with pytest.raises(UnusableError, match=r"^slow\.txt: not read within"):
            shelf[0].put("slow", ".txt", "一、甲。（责任部门：区科委）\n".encode() * 19_000)
    assert shelf[0].put("new-2026", ".txt", NEW)


def test_a_pipe_on_the_shelf_holds_nobody_up(shelf: tuple[Shelf, LiveQa], settings: IndexSettings) -> None:
    os.mkfifo(settings.corpus / "pipe.txt")
    os.mkfifo(settings.corpus / "demo-2020.jsonl")
    assert shelf[0].put("new-2026", ".txt", NEW)
    shelf[0].remove("pipe")
    assert not (settings.corpus / "pipe.txt").exists()
    shelf[1].reload()
    assert "new-2026" in ids(shelf[1])


def test_entry_points_that_a_new_text_would_lose_are_named(
    shelf: tuple[Shelf, LiveQa], settings: IndexSettings
) -> None:
    row = '{"clause_path": "三", "author": "written", "phrases": ["怎么办"]}\n'
    (settings.asked_as / "other-2021.jsonl").write_text(row, encoding="utf-8")
    with pytest.raises(UnusableError, match="other-2021 has no clause '三'"):
        shelf[0].put("other-2021", ".txt", NEW)
