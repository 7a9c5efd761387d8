"""Which language model writes answers, from `POLICYQA_LLM*` variables. None by default."""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.llm.types import Limits

GGUF = "gguf:"
NO_MODEL = "none"  # in a model's place: it is done without one


class LlmSettings(BaseSettings):
    """`llm`: `provider:model` for LangChain (`openai:qwen-plus`), `gguf:/path/model.gguf`, or empty for none.

    `llm_base_url` and `llm_api_key` are the endpoint's. `llm_first_seconds` bounds the wait for the first words,
    `llm_seconds` the whole answer. `llm_threads` are those of a GGUF model; 0 for one a core.
    `llm_template` is the name of a llama.cpp chat template (such as `gemma`) for a GGUF file that brings none.
    `llm_tokens` bounds the length of an answer. `llm_plan` is another model that plans the look-ups, `none` to plan without
    one; `llm_plan_base_url` and `llm_plan_api_key` are its endpoint's, if it isn't the same. With `llm_writes` off the
    model only plans. `llm_structured` off asks for no JSON schema even where an endpoint knows them.
    """

    model_config = SettingsConfigDict(env_prefix="POLICYQA_", frozen=True, extra="ignore")

    llm: str = ""
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_first_seconds: float = Field(default=30.0, gt=0, le=600)
    llm_seconds: float = Field(default=90.0, gt=0, le=3600)
    llm_threads: int = Field(default=0, ge=0, le=256)
    llm_template: str = ""
    llm_tokens: int = Field(default=1024, ge=16, le=32768)
    llm_plan: str = ""
    llm_plan_base_url: str | None = None
    llm_plan_api_key: SecretStr | None = None
    llm_writes: bool = True
    llm_structured: bool = True

    @field_validator("llm", "llm_plan")
    @classmethod
    def _named(cls, value: str) -> str:
        provider, colon, model = value.partition(":")
        if value not in ("", NO_MODEL) and not (colon and provider and model):
            raise ValueError("must be provider:model, such as openai:qwen-plus, or gguf:/path/model.gguf")
        return value

    @field_validator("llm_base_url", "llm_plan_base_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value or None

    @property
    def planning(self) -> LlmSettings:
        """The settings of the model that plans: what isn't set for it is the other's."""
        if not self.llm_plan:
            return self
        own = {"llm": self.llm_plan if self.llm_plan != NO_MODEL else "", "llm_plan": ""}
        if self.llm_plan_base_url:
            own |= {"llm_base_url": self.llm_plan_base_url}
        return self.model_copy(update=own | ({"llm_api_key": self.llm_plan_api_key} if self.llm_plan_api_key else {}))

    @property
    def limits(self) -> Limits:
        first = min(self.llm_first_seconds, self.llm_seconds)
        return Limits(first=first, idle=min(20.0, first), total=self.llm_seconds, tokens=self.llm_tokens)
