"""What the index can be told, from `POLICYQA_*` variables. Built at entry points and in tests only."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedder import DEFAULT

ROOT = Path(__file__).resolve().parent.parent


class IndexSettings(BaseSettings):
    """`corpus`: the folder of policies. `asked_as`: entry points to their clauses. `store`: where the index and the unpacked model live.

    `embedder`: `e5-small`, `none` (words only), or a sentence-transformers folder or name.
    """

    model_config = SettingsConfigDict(env_prefix="POLICYQA_", frozen=True, extra="ignore")

    corpus: Path = ROOT / "corpus" / "policies"
    asked_as: Path = ROOT / "corpus" / "asked_as"
    store: Path = ROOT / "index" / "store"
    embedder: str = Field(default=DEFAULT, min_length=1)

    @field_validator("corpus", "asked_as", "store", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        """An empty path would mean the folder one stands in."""
        if value == "":
            raise ValueError("is empty")
        return value

    @property
    def models(self) -> Path:
        return self.store / "models"

    @property
    def readings(self) -> Path:
        """Where documents are kept as they were read."""
        return self.store / "read"
