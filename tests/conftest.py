"""The commands, run inside this process on an index that needs no model."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as where documents are read: bounds are on one thread's work

# isort: split
from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded

# isort: split
import pytest

import cli
from corpus.load import load_corpus
from index.build import build_index
from index.settings import ROOT
from tests.builders import POLICY
from tests.terminal import LAW, OTHER, Ended, PolicyQaCommand

METADATA = """title = "示例区在线新经济行动方案"
jurisdiction = "示例区"

[period]
to = 2022-12-31
basis = "到2022年"
basis_from = "标题"
"""
OTHER_METADATA = 'title = "样板区在线新经济行动方案"\njurisdiction = "样板区"\n'


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed policies' index, by words alone."""
    folder = tmp_path_factory.mktemp("committed") / "store"
    build_index(load_corpus(ROOT / "corpus/policies", ROOT / "corpus/asked_as"), None, folder, "none")
    return folder


@pytest.fixture
def policyqa(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> PolicyQaCommand:
    """`policyqa("ask", "…")` on the committed policies."""
    for name in os.environ:
        if name.startswith("POLICYQA_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("POLICYQA_STORE", str(store))
    monkeypatch.setenv("POLICYQA_EMBEDDER", "none")

    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        try:
            status = cli.main(arguments)
        except SystemExit as ended:  # argparse ends the process itself
            status = ended.code if isinstance(ended.code, int) else 1
        return Ended(status, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def small_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two places' policies of three clauses each, and a regulation of two articles. Read only."""
    folder = tmp_path_factory.mktemp("small-texts")
    (folder / "demo-2020.txt").write_text(POLICY, encoding="utf-8")
    (folder / "demo-2020.toml").write_text(METADATA, encoding="utf-8")
    (folder / "other-2021.txt").write_text(OTHER, encoding="utf-8")
    (folder / "other-2021.toml").write_text(OTHER_METADATA, encoding="utf-8")
    (folder / "law.txt").write_text(LAW, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_store(small_texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "store"
    build_index(load_corpus(small_texts), None, folder, "none")
    return folder


@pytest.fixture
def small(
    policyqa: PolicyQaCommand, small_texts: Path, small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> PolicyQaCommand:
    """The same on the small texts."""
    monkeypatch.setenv("POLICYQA_CORPUS", str(small_texts))
    monkeypatch.setenv("POLICYQA_ASKED_AS", str(small_texts))
    monkeypatch.setenv("POLICYQA_STORE", str(small_store))
    return policyqa
