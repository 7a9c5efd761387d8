"""Any LangChain chat model behind our own LanguageModel: time limits, failures by reason, a circuit breaker.

The only module that imports langchain's chat side; its types stop here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import queue
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from rag.llm.background import BackgroundLoop
from rag.llm.breaker import CircuitBreaker
from rag.llm.settings import LlmSettings
from rag.llm.types import FailureReason, Limits, Message, ModelError, TokenStream, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOG = logging.getLogger("policyqa.model")
_LOOP = BackgroundLoop()
_WORTH_WAITING = 5.0  # seconds of a Retry-After that are waited for, once
# Names of the exceptions that HTTP libraries raise (and their bases) -> our reasons.
_BY_NAME: tuple[tuple[str, FailureReason], ...] = (
    ("RateLimitError", "rate_limited"),
    ("AuthenticationError", "unauthorised"),
    ("PermissionDeniedError", "unauthorised"),
    ("InternalServerError", "server_error"),
    ("APITimeoutError", "too_slow"),
    ("APIConnectionError", "unreachable"),
    ("ConnectError", "unreachable"),
    ("RemoteProtocolError", "cut_off"),
    ("ReadError", "cut_off"),
    ("JSONDecodeError", "malformed"),
    ("UnicodeDecodeError", "malformed"),
    ("ValidationError", "malformed"),
    ("BadRequestError", "refused_request"),
    ("NotFoundError", "refused_request"),
    ("APIStatusError", "refused_request"),
    ("ConnectionError", "unreachable"),
)
_NO_SCHEMA = (400, 415, 422, 501)  # how endpoints refuse what they don't know
_END = object()


class ChatModel:
    """A LanguageModel over a LangChain chat model."""

    def __init__(
        self, chat: BaseChatModel, name: str, breaker: CircuitBreaker | None = None, takes_schema: bool = False
    ) -> None:
        """`takes_schema`: whether its endpoint may be asked for JSON of a schema."""
        self._chat = chat
        self._name = name
        self.breaker = breaker or CircuitBreaker()
        self.takes_schema = takes_schema

    @property
    def name(self) -> str:
        return self._name

    def stream(self, messages: Sequence[Message], limits: Limits) -> TokenStream:
        return _Tokens(self, self._chat, [(m.role, m.content) for m in messages], limits)

    def shaped(self, messages: Sequence[Message], limits: Limits, schema: Mapping[str, Any]) -> TokenStream:
        """As `stream`, held to a JSON schema by an endpoint that knows them; one that refuses is asked without from then on."""
        rows = [(m.role, m.content) for m in messages]
        return _Tokens(self, self._chat, rows, limits, _schema_body(schema) if self.takes_schema else None)


class _Tokens:
    """A TokenStream fed by a task on the background loop."""

    def __init__(
        self,
        model: ChatModel,
        chat: BaseChatModel,
        messages: Sequence[tuple[str, str]],
        limits: Limits,
        body: Mapping[str, Any] | None = None,
    ) -> None:
        self._model, self._chat, self._messages, self._limits, self._body = model, chat, messages, limits, body
        self._breaker = model.breaker
        self.usage: Usage | None = None
        self._pieces: queue.Queue[Any] = queue.Queue()
        self._task: Future[None] | None = None
        self._closed = False

    def __iter__(self) -> Iterator[str]:
        if not self._breaker.allows():
            raise ModelError("circuit_open")
        self._task = _LOOP.start(self._pump())
        try:
            while not self._closed:
                piece = self._pieces.get()
                if piece is _END:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            self.close()

    def close(self) -> None:
        self._closed = True
        if self._task is not None:
            self._task.cancel()
        self._pieces.put(_END)

    async def _pump(self) -> None:
        """Puts pieces, then `_END` or a failure; whatever happens is counted and logged by reason alone."""
        started = time.monotonic()
        try:
            await self._read(started)
            self._breaker.succeeded()
        except asyncio.CancelledError:
            raise
        except ModelError as failure:
            self._fail(failure, started)
        except Exception as error:  # every provider raises its own kinds
            self._fail(failure_of(error), started)
        else:
            self._pieces.put(_END)

    async def _read(self, started: float) -> None:
        waited = False
        while True:
            try:
                async with asyncio.timeout_at(asyncio.get_running_loop().time() + self._left(started)):
                    return await self._read_once()
            except TimeoutError:
                raise ModelError("too_slow") from None
            except ModelError:
                raise
            except Exception as error:
                if self._body is not None and getattr(error, "status_code", None) in _NO_SCHEMA:
                    self._body, self._model.takes_schema = None, False
                    continue
                pause = retry_after(error)
                if waited or pause is None or pause > min(_WORTH_WAITING, self._left(started)):
                    raise
                waited = True
                await asyncio.sleep(pause)

    async def _read_once(self) -> None:
        more: dict[str, Any] = {"extra_body": self._body} if self._body else {}
        stream = self._chat.astream(list(self._messages), **more)
        try:
            await self._forward(aiter(stream))
        finally:
            await stream.aclose()  # type: ignore[attr-defined]

    async def _forward(self, pieces: AsyncIterator[Any]) -> None:
        size, wait = 0, self._limits.first
        reason: FailureReason = "no_first_words"
        while True:
            try:
                async with asyncio.timeout(wait):
                    text = self._text_of(await anext(pieces))
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ModelError(reason) from None
            if not text:
                continue
            if self._closed:
                return
            self._pieces.put(text)
            size += len(text)
            wait, reason = self._limits.idle, "stalled"
            if size > self._limits.characters:
                LOG.warning("model answer cut at %d characters", size)
                return

    def _text_of(self, chunk: Any) -> str:
        """A piece's text, without a model's own thinking; tokens are kept where the endpoint counts them."""
        if used := getattr(chunk, "usage_metadata", None):
            before = self.usage or Usage(0, 0)
            self.usage = Usage(
                before.prompt + used.get("input_tokens", 0), before.completion + used.get("output_tokens", 0)
            )
        content = chunk.content
        if isinstance(content, str):
            return content
        rows = (part for part in content if isinstance(part, dict) and part.get("type") == "text")
        return "".join(part.get("text", "") for part in rows)

    def _left(self, started: float) -> float:
        return max(self._limits.total - (time.monotonic() - started), 0.01)

    def _fail(self, failure: ModelError, started: float) -> None:
        self._breaker.failed()
        LOG.warning("model failed after %.1f s: %s", time.monotonic() - started, failure)
        self._pieces.put(failure)


def _schema_body(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What OpenAI-compatible endpoints take a schema as."""
    named = {"name": schema.get("title", "reply"), "schema": schema, "strict": False}
    return {"response_format": {"type": "json_schema", "json_schema": named}}


def failure_of(error: BaseException) -> ModelError:
    """The reason that an exception stands for. Its text is dropped: it may hold a key or what was sent."""
    status = getattr(error, "status_code", None)
    names = [kind.__name__ for kind in type(error).__mro__]
    reason: FailureReason = next((reason for name, reason in _BY_NAME if name in names), "malformed")
    if isinstance(error, json.JSONDecodeError):
        reason = "malformed"
    return ModelError(reason, f"{type(error).__name__}{f' {status}' if status else ''}")


def retry_after(error: BaseException) -> float | None:
    """Seconds that a 429 asks to wait; None for everything else."""
    response = getattr(error, "response", None)
    if getattr(error, "status_code", None) != 429 or response is None:
        return None
    try:
        return max(float(response.headers.get("retry-after", "")), 0.0)
    except ValueError:
        return None


def open_chat_model(
    settings: LlmSettings, base_url: str | None = None, model: str | None = None, stop: Sequence[str] = ()
) -> ChatModel:
    """The chat model that the settings name. Raises ModelSettingsError when its provider's package is missing."""
    from langchain.chat_models import init_chat_model

    name = model or settings.llm
    options: dict[str, Any] = {"temperature": 0, "timeout": settings.llm_seconds, "max_retries": 0}
    address = base_url or settings.llm_base_url
    if stop:
        options["stop"] = list(stop)
    if name.startswith("openai:"):
        key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
        options |= {"api_key": key, "max_tokens": settings.limits.tokens, "stream_usage": False}
        options |= {"use_responses_api": False}
    elif settings.llm_api_key:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    if address:
        options["base_url"] = address
    try:
        if name.startswith("openai:"):
            options |= _clients_that_stay()
        chat = init_chat_model(name, **options)
    except ImportError as error:
        package = getattr(error, "name", None) or "langchain-" + name.partition(":")[0]
        raise ModelSettingsError(
            f"POLICYQA_LLM={name}: needs the package {package}. Install it into the same environment."
        ) from None
    except Exception as error:
        raise ModelSettingsError(
            f"POLICYQA_LLM={name}: can't be opened ({type(error).__name__}). Write provider:model, such as openai:qwen-plus."
        ) from None
    return ChatModel(chat, name, takes_schema=settings.llm_structured and name.startswith("openai:"))


def _clients_that_stay() -> dict[str, Any]:
    """HTTP clients that go where the settings say and nowhere else: a redirect would take the question with it."""
    from openai import DefaultAsyncHttpxClient, DefaultHttpxClient

    return {
        "http_client": DefaultHttpxClient(follow_redirects=False),
        "http_async_client": DefaultAsyncHttpxClient(follow_redirects=False),
    }


class ModelSettingsError(Exception):
    """The configured model can't be opened; the message says what to set or install."""
