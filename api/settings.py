"""What the service can be told, from `POLICYQA_*` variables."""

from __future__ import annotations

import ipaddress

from limits import parse_many
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.drain import GRACE
from api.host_names import allowed_name
from records.answers import SECONDS
from records.gate import AT_ONCE, EACH


class ServiceSettings(BaseSettings):
    """`rate` of one address and `rate_with_key` of one key, in words such as `60/minute`; `rate_storage` is a storage
    of the limits library, needed where several machines share one limit. `trusted_proxies`, whose word about a client's
    address is believed, and `cors_origins` are separated by commas, as are `allowed_hosts`, the names that the service answers to beside this machine's own;
    without any, those that `policyqa serve --host` listens on. `at_once`: answers made at the same time,
    `at_once_each` those of one key or address. `answer_seconds`: what finding an answer may take; a model's calls have
    limits of their own. `evaluate_here`: whoever sits at the machine may run the benchmark; `policyqa serve` sets it.
    `connections` that one process holds and `connections_each` of one address, both bounded by the files it may open;
    `grace_seconds`: what requests under way are given when the service ends.
    """

    model_config = SettingsConfigDict(env_prefix="POLICYQA_", frozen=True, extra="ignore")

    rate: str = "240/minute"
    rate_with_key: str = "1200/minute"
    rate_storage: str = "async+memory://"
    trusted_proxies: str = ""
    cors_origins: str = ""
    allowed_hosts: str = ""
    at_once: int = Field(default=AT_ONCE, ge=1, le=1000)
    at_once_each: int = Field(default=EACH, ge=1, le=1000)
    connections: int = Field(default=2048, ge=16, le=60_000)
    connections_each: int = Field(default=256, ge=4, le=60_000)
    grace_seconds: float = Field(default=GRACE, gt=0, le=600)
    answer_seconds: float = Field(default=SECONDS, gt=0, le=600)
    evaluate_here: bool = False

    @field_validator("rate", "rate_with_key")
    @classmethod
    def _readable(cls, value: str) -> str:
        try:
            parse_many(value)
        except ValueError:
            raise ValueError("can't be read; write it like 60/minute or 5/second;1000/day") from None
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        networks = []
        for part in parts_of(value):
            try:
                networks.append(str(ipaddress.ip_network(part, strict=False)))
            except ValueError:
                raise ValueError(f"{part!r} is neither an address nor a network such as 10.0.0.0/8") from None
        return ",".join(networks)

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        for part in parts_of(value):
            if not part.startswith(("http://", "https://")) or part.count("/") > 2:
                raise ValueError(f"{part!r} is no origin such as https://www.example.org")
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _hosts(cls, value: str) -> str:
        return ",".join(allowed_name(part) for part in parts_of(value))


def parts_of(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
