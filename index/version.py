"""The product's version, from the installed package."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("policyqa")
except PackageNotFoundError:
    VERSION = "0+uninstalled"
