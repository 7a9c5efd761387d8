"""The model writes everyday questions; each is kept only if it finds its own clause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.rag.llm.scripted import says, serving
from tests.terminal import PolicyQaCommand


def test_without_a_model_it_says_what_to_set(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("entry-points", "hongkou-2020")
    assert (ended.status, ended.out) == (2, "")
    assert "POLICYQA_LLM" in ended.err


def test_an_unknown_document_is_named(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_LLM", "openai:scripted")
    ended = policyqa("entry-points", "nowhere")
    assert ended.status == 2
    assert "hongkou-2020" in ended.err


def test_only_phrases_that_find_their_clause_are_written(
    small: PolicyQaCommand, small_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clauses = {}
    for path in sorted(small_texts.glob("*.txt")):
        nodes = [json.loads(line) for line in small("parse", str(path), "--json").out.splitlines()]
        clauses[path.stem] = [n for n in nodes if not n["heading_only"] and not n["clause_path"].endswith("标题")]
    chosen = max(clauses, key=lambda name: len(clauses[name]))
    clause = clauses[chosen][-1]
    own = clause["text"].strip().replace("\n", "")[:24]
    with serving(says(f"1. {own}\n2. 月亮上能种葡萄吗\nhow much\n")) as script:
        monkeypatch.setenv("POLICYQA_LLM", "openai:scripted")
        monkeypatch.setenv("POLICYQA_LLM_BASE_URL", script.url)
        monkeypatch.setenv("POLICYQA_ASKED_AS", str(tmp_path / "asked"))
        ended = small("entry-points", chosen)
    rows = [
        json.loads(line) for line in (tmp_path / "asked" / f"{chosen}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert ended.status == 0
    assert {row["author"] for row in rows} == {"generated"}
    assert own in [phrase for row in rows if row["clause_path"] == clause["clause_path"] for phrase in row["phrases"]]
    assert all("葡萄" not in phrase and phrase != "how much" for row in rows for phrase in row["phrases"])
