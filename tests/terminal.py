"""`policyqa` as a person at a terminal meets it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.settings import ROOT

TASKS = "嘉定区文旅局牵头哪些任务？"  # answered from the brackets
ELSEWHERE = "杨浦区在线教育由哪些部门负责？"  # refused: no document of that place
AMBIGUOUS = "第3条由谁负责？"  # clarify: several documents have one

POLICY_IDS = sorted(path.stem for path in (ROOT / "corpus" / "policies").glob("*.txt"))
LAW = "示例条例\n\n第一条 为了发展,制定本条例。\n本条例适用于示例区。\n第二条 示例区应当:\n(一)建设平台;\n(二)开放数据。\n"

OTHER = (
    "一、在线教育。推进网上课堂。(责任部门:区教育局)\n"
    "二、在线展览。举办网上展会。(牵头单位:区商务委;责任单位:区科委)\n"
    "三、新型基建。建设5G网络。(责任部门:区科委)\n"
)


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit status, and what stood on standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error. Raises ValueError when it is none or several."""
        (line,) = self.err.splitlines()
        return line

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON, a line each."""
        return [json.loads(line) for line in self.out.removesuffix("\n").split("\n")]


PolicyQaCommand = Callable[..., Ended]


def environment(store: Path, **further: str) -> Mapping[str, str]:
    """For a process of its own: no setting but these, output buffered as in a person's shell."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("POLICYQA_") and k != "PYTHONUNBUFFERED"}
    return {**kept, "POLICYQA_STORE": str(store), "POLICYQA_EMBEDDER": "none", **further}


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), *arguments]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, byte for byte."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
