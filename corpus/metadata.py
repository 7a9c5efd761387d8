"""The small file beside each policy: what the text prints about itself."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from corpus.bounds import MAX_METADATA_BYTES, MAX_NAME
from corpus.errors import MetadataError, UnreadableTextError
from corpus.files import read_file
from corpus.readers.encoding import decode
from corpus.types import Metadata, Period

_TEXT_KEYS = ("issuer", "document_number", "jurisdiction", "parent_jurisdiction")
_KEYS = {"title", "issued_on", "repealed", "repealed_on", "implements", "period", *_TEXT_KEYS}
_SHOWN = 80
_PERIOD_KEYS = {"from", "to", "basis", "basis_from"}


def read_metadata(path: Path) -> Metadata:
    """Raises MetadataError with the file, the key and what it should hold."""
    try:
        data = read_file(path, MAX_METADATA_BYTES)
    except UnreadableTextError as error:
        raise MetadataError(str(error)) from None
    return metadata_from(str(path), data)


def metadata_from(path: str, data: bytes) -> Metadata:
    """What the file called `path` holds. Raises MetadataError as `read_metadata` does."""
    try:
        table = tomllib.loads(decode(data, path))
    except UnreadableTextError as error:
        raise MetadataError(str(error)) from None
    except (ValueError, RecursionError) as error:
        raise MetadataError(f"{path}: can't be read as TOML ({error}). Mend the file.") from None
    _known(path, table, _KEYS, "")
    title = _of_type(path, table, "title", str)
    if not title:
        raise MetadataError(f"{path}: `title` is missing. Give the title as the text prints it.")
    repealed, repealed_on = _of_type(path, table, "repealed", bool), _of_type(path, table, "repealed_on", date)
    if repealed is False and repealed_on:
        raise MetadataError(f"{path}: `repealed` is false and `repealed_on` gives a day. Remove one of them.")
    return Metadata(
        title=title,
        issued_on=_of_type(path, table, "issued_on", date),
        repealed=repealed,
        repealed_on=repealed_on,
        implements=_names(path, table, "implements"),
        period=_period(path, table.get("period")),
        **{key: _of_type(path, table, key, str) for key in _TEXT_KEYS},
    )


def toml_of(metadata: Metadata) -> bytes:
    """The file that `metadata_from` reads as `metadata`, but for the notice's title, which only a text gives."""
    keys = ("title", *_TEXT_KEYS, "issued_on", "repealed", "repealed_on", "implements")
    rows = [f"{key} = {_toml(value)}" for key in keys if (value := getattr(metadata, key)) not in (None, ())]
    if period := metadata.period:
        named = {"from": period.start, "to": period.end, "basis": period.basis, "basis_from": period.basis_from}
        rows += ["", "[period]", *(f"{key} = {_toml(value)}" for key, value in named.items() if value is not None)]
    return ("\n".join(rows) + "\n").encode("utf-8", "replace")


def _toml(value: str | bool | date | tuple[str, ...]) -> str:
    """TOML writes texts and lists as JSON does, but for one control character."""
    if isinstance(value, date):
        return value.isoformat()
    words = value if isinstance(value, bool | str) else list(value)
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _period(path: str, table: Any) -> Period | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise MetadataError(f"{path}: `period` must be a table with `from`, `to`, `basis` and `basis_from`.")
    _known(path, table, _PERIOD_KEYS, "period.")
    basis, basis_from = (_of_type(path, table, key, str) for key in ("basis", "basis_from"))
    if not basis or not basis_from:
        raise MetadataError(f"{path}: `period` needs `basis` and `basis_from`: the words it rests on and their place.")
    return Period(_of_type(path, table, "from", date), _of_type(path, table, "to", date), basis, basis_from)


def _known(path: str, table: dict[str, Any], keys: set[str], prefix: str) -> None:
    for key in table:
        if key not in keys:
            raise MetadataError(f"{path}: unknown key `{prefix}{key}`. Known: {', '.join(sorted(keys))}.")


def _of_type(path: str, table: dict[str, Any], key: str, kind: type) -> Any:
    value = table.get(key)
    if value is not None and (not isinstance(value, kind) or isinstance(value, datetime)):
        raise MetadataError(f"{path}: `{key}` must be a {kind.__name__}, not {_shown(value)}.")
    if isinstance(value, str):
        _check_length(path, key, value)
    return value


def _shown(value: object) -> str:
    try:
        return repr(value)[:_SHOWN]
    except (ValueError, RecursionError):  # a number of more digits than Python prints
        return "what it holds"


def _names(path: str, table: dict[str, Any], key: str) -> tuple[str, ...]:
    names = _of_type(path, table, key, list) or []
    if not all(isinstance(name, str) for name in names):
        raise MetadataError(f"{path}: `{key}` must be a list of texts.")
    for name in names:
        _check_length(path, key, name)
    return tuple(names)


def _check_length(path: str, key: str, words: str) -> None:
    if len(words) > MAX_NAME:
        raise MetadataError(f"{path}: `{key}` has {len(words):,} characters, at most {MAX_NAME} are taken. Shorten it.")
