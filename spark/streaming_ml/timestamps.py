"""RFC 3339 dates and times in Spark SQL."""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

# Spark's cast alone takes much more than RFC 3339 does ("2026", "T10:00", one-digit months).
RFC_3339_PATTERN = r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$"
_LENGTH_IN_UTC_WITHOUT_FRACTION = 20


def parse_rfc_3339(value: Column) -> Column:
    """Returns the timestamp that `value` names, null where it is not RFC 3339.

    Fractions are kept to the microsecond. A leap second (`:60`) and an offset beyond 18 hours
    have no place in Spark's timestamps and give null.
    """
    # Resolving a zone name costs more than the rest of the cast; the session's zone is UTC.
    in_utc = (F.octet_length(value) == _LENGTH_IN_UTC_WITHOUT_FRACTION) & value.endswith("Z")
    parsed = F.when(in_utc, F.substring(value, 1, 19).cast("timestamp")).otherwise(
        F.upper(value).cast("timestamp")
    )
    return F.when(value.rlike(RFC_3339_PATTERN), parsed)
