"""Whether a document's own period holds at a day. No period is ever inferred."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus.repeal import is_repealed
from corpus.types import Metadata
from rag.messages import MESSAGES
from rag.types import Validity


def validity_of(metadata: Metadata, as_of: date) -> Validity:
    """The document's status at `as_of`, with the words it rests on."""
    period = metadata.period
    if is_repealed(metadata, as_of):
        return Validity("repealed", None, metadata.repealed_on, period.basis if period else None)
    if period is None:
        return Validity("not_stated")
    ended = period.end is not None and as_of > period.end
    begun = period.start is None or as_of >= period.start
    status = "period_ended" if ended else "in_period" if begun and period.end else "not_stated"
    return Validity(status, period.start, period.end, period.basis, period.basis_from)  # type: ignore[arg-type]


def period_warnings(validities: Iterable[Validity]) -> tuple[str, ...]:
    """One warning for all cited documents whose period is over, or none."""
    rows = list(validities)
    ended = dict.fromkeys(_bare(v.basis) for v in rows if v.status == "period_ended" and v.basis)
    warnings = [MESSAGES["period_ended"].format(basis="；".join(ended))] if ended else []
    if any(v.status == "repealed" for v in rows):
        warnings.append(MESSAGES["repealed"])
    return tuple(warnings)


def _bare(basis: str) -> str:
    return basis.strip("()（）")
