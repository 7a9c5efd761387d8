"""One plan and one answer on an invented policy: whether the configured models hold JSON, names and the texts' words."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus.load import load_corpus
from index.build import build_index
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.llm.types import Limits, Models
from rag.types import Answer

TEXT = ROOT / "rag" / "prompts" / "trial_policy.md"
QUESTION = "青石县商务局牵头建社区食堂吗？一个最多补多少钱？"
_VALUE = "5万元"


@dataclass(frozen=True)
class Trial:
    """What became of the example: `plans` where JSON came and was run, `resolves` where its names are the text's."""

    plans: bool
    resolves: bool
    writes: bool
    is_right: bool
    answer: Answer


def try_models(models: Models, limits: Limits) -> Trial:
    """Asks the models about an invented policy."""
    with tempfile.TemporaryDirectory() as scratch:
        texts, store = Path(scratch) / "texts", Path(scratch) / "store"
        texts.mkdir()
        store.mkdir()
        shutil.copy(TEXT, texts / "qingshi.txt")
        settings = IndexSettings(corpus=texts, store=store, embedder="none")
        corpus = load_corpus(texts)
        build_index(corpus, None, store, "none")
        answer = PolicyQa(corpus, open_index(corpus, settings), models, limits).ask(QUESTION)
    plan = answer.plan or {"fell_back": ["plan"]}
    plans = models.plans is not None and "plan" not in plan.get("fell_back", ())
    resolves = plans and not plan.get("unknown")
    is_right = _VALUE in answer.direct
    return Trial(plans, resolves, answer.mode == "llm", is_right, answer)
