"""Timestamps as text."""

from __future__ import annotations

import datetime


def format_time(moment: datetime.datetime) -> str:
    """Returns a timestamp in RFC 3339, in UTC, with milliseconds."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
