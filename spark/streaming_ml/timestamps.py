"""Moments as the jobs write them down."""

from __future__ import annotations

import datetime


def format_time(moment: datetime.datetime) -> str:
    """Returns RFC 3339 in UTC, to the millisecond."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
