"""How the lake's Parquet files hold moments, for every job that writes or reads them."""

from __future__ import annotations

_REBASE_MODES = (
    "datetimeRebaseModeInRead",
    "datetimeRebaseModeInWrite",
    "int96RebaseModeInRead",
    "int96RebaseModeInWrite",
)

LAKE_FILE_SETTINGS = {
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # By default Spark 3 refuses to write a moment before 1900, and to read one that it cannot date,
    # because Spark 2 counted such days otherwise. No event is that old, and no file of the lake
    # comes from there: moments are what they are.
    **{f"spark.sql.parquet.{mode}": "CORRECTED" for mode in _REBASE_MODES},
}
