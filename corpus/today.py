"""Which day it is where the policies hold: China's, whatever zone the server's clock is set to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # all year and everywhere, so no table of zones is needed


def day_in_china(moment: datetime) -> date:
    """The day that calendars in China show at this moment. Raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()}: a moment without a zone is on no certain day. Give it one.")
    return moment.astimezone(CHINA).date()


def today() -> date:
    return day_in_china(datetime.now(UTC))
