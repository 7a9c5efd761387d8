"""Where records are kept and for how long, from `POLICYQA_*` variables."""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.settings import ROOT

DEFAULT_FOLDER = ROOT / "var"
DEFAULT_URL = f"sqlite:///{DEFAULT_FOLDER / 'policyqa.db'}"
_KNOWN = ("sqlite:///", "postgresql://", "postgresql+psycopg://")


class RecordSettings(BaseSettings):
    """`database_url`: an SQLite file or a PostgreSQL database. `retention_days`: how long conversations are kept; 0 for ever."""

    model_config = SettingsConfigDict(env_prefix="POLICYQA_", frozen=True, extra="ignore")

    database_url: SecretStr = SecretStr(DEFAULT_URL)
    retention_days: int = Field(default=180, ge=0, le=36500)

    @field_validator("database_url")
    @classmethod
    def _known(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if not url.startswith(_KNOWN) or url == "sqlite:///":
            raise ValueError("is neither sqlite:///FILE nor postgresql://USER:PASSWORD@HOST/DATABASE")
        file = url.removeprefix("sqlite:///")
        if file != url and (file.startswith("file:") or "?" in file):
            raise ValueError("write the file's path alone, sqlite:////var/lib/policyqa/policyqa.db: no file: and no ?")
        return value

    @property
    def url(self) -> str:
        """As SQLAlchemy takes it; PostgreSQL is spoken to through psycopg."""
        return self.database_url.get_secret_value().replace("postgresql://", "postgresql+psycopg://", 1)
