"""What the environment can say about the index."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from index.settings import ROOT, IndexSettings

VARIABLES = ("POLICYQA_CORPUS", "POLICYQA_ASKED_AS", "POLICYQA_STORE", "POLICYQA_EMBEDDER")


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_without_variables_the_projects_own_folders_and_model_are_used() -> None:
    settings = IndexSettings()
    assert settings.corpus == ROOT / "corpus" / "policies"
    assert settings.asked_as == ROOT / "corpus" / "asked_as"
    assert settings.store == ROOT / "index" / "store"
    assert settings.embedder == "e5-policy"


def test_the_root_is_the_folder_that_holds_the_index_package() -> None:
    assert (ROOT / "index" / "settings.py").is_file()
    assert any((ROOT / "corpus" / "policies").glob("*.txt"))


@pytest.mark.parametrize(
    ("variable", "value", "field", "expected"),
    [
        ("POLICYQA_CORPUS", "政策", "corpus", Path("政策")),
        ("POLICYQA_ASKED_AS", "问法", "asked_as", Path("问法")),
        ("POLICYQA_STORE", "elsewhere/store", "store", Path("elsewhere/store")),
        ("POLICYQA_EMBEDDER", "none", "embedder", "none"),
        ("policyqa_embedder", "none", "embedder", "none"),
    ],
)
def test_a_variable_sets_its_field(
    variable: str, value: str, field: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(IndexSettings(), field) == expected


def test_an_argument_goes_before_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_EMBEDDER", "none")
    assert IndexSettings(embedder="e5-small").embedder == "e5-small"


def test_another_stages_variable_is_none_of_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_DATABASE_URL", "sqlite:///elsewhere.db")
    assert not hasattr(IndexSettings(), "database_url")


def test_a_blank_embedder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_EMBEDDER", "")
    with pytest.raises(ValidationError, match="embedder"):
        IndexSettings()


def test_settings_do_not_change_once_made() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        IndexSettings().embedder = "none"


def test_models_are_kept_inside_the_store(tmp_path: Path) -> None:
    assert IndexSettings(store=tmp_path).models == tmp_path / "models"
