"""The version that is told is the one in pyproject.toml."""

from __future__ import annotations

import tomllib

from index.settings import ROOT
from index.version import VERSION


def test_the_version_is_the_projects_or_says_that_nothing_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert VERSION in {project["version"], "0+uninstalled"}
