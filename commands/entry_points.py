"""`policyqa entry-points`: lets the configured model write everyday questions for clauses that have none.

Each is kept only if it finds its own clause. The files are JSON lines that staff can edit or write themselves.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.environment import llm_settings, open_answers, open_configured, settings_from
from commands.exits import NOTHING, OK, WRONG_USE, CommandError
from commands.progress import Progress
from corpus.types import Document, Node
from rag.answer import PolicyQa
from rag.llm.ask_once import phrases_by_model

_FOUND_AMONG = 3  # a phrase must find its clause among the first of so many


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("document", help="the document's id (see: policyqa documents)")
    parser.add_argument("--all", action="store_true", help="also clauses that have entry points already")


def run(options: Namespace) -> int:
    """1 when nothing was written. Raises CommandError (2) without a model, or for an unknown document."""
    settings, chosen = settings_from(), llm_settings()
    if not chosen.llm:
        raise CommandError("no model is configured. Set POLICYQA_LLM, such as openai:qwen-plus.", WRONG_USE)
    qa = open_answers(settings, with_model=False)
    document = qa.corpus.document(options.document)
    if document is None:
        known = ", ".join(d.id for d in qa.corpus.documents)
        raise CommandError(f"no document {options.document!r}. Known: {known}.", WRONG_USE)
    model = open_configured(chosen)
    assert model is not None
    there = {entry.clause_id for entry in qa.corpus.entry_points}
    clauses = [c for c in _asked_about(document) if options.all or c.clause_id not in there]
    written = 0
    path = settings.asked_as / f"{document.id}.jsonl"
    with Progress(document.id, len(clauses)) as progress:
        for done, clause in enumerate(clauses, start=1):
            phrases = [p for p in phrases_by_model(model, clause, chosen.limits) if _finds(qa, p, clause)]
            if phrases:
                _append(path, clause, phrases)
                written += len(phrases)
            progress.update(done)
    print(f"{path}：{len(clauses)} 条中写入 {written} 句。核对后运行 policyqa index")
    return OK if written else NOTHING


def _asked_about(document: Document) -> list[Node]:
    return [clause for clause in document.clauses if not clause.path.endswith(("标题", "落款", "附件清单"))]


def _finds(qa: PolicyQa, phrase: str, clause: Node) -> bool:
    return any(row.clause.clause_id == clause.clause_id for row in qa.search(phrase, _FOUND_AMONG))


def _append(path: Path, clause: Node, phrases: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"clause_path": clause.path, "author": "generated", "phrases": phrases}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
