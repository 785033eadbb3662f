"""Calls the Java function that reads a record in one pass.

Validation, masking and pseudonyms are in `spark/java/streamingml/events`. An implementation in
Spark SQL (a lenient JSON parser, stricter checks of the raw text, then regular expressions) took
twice the time per record.
"""

from __future__ import annotations

from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract
from streaming_ml.secret_key_columns import HASH_KEY_COLUMN

# Number of fields of an event that the contract does not have: for the metrics, not for the lake.
UNKNOWN_FIELDS_COLUMN = "unknown_fields"

# The text of the contract, as an option of the functions' catalog.
_CONTRACT_OPTION = "spark.sql.catalog.streaming_ml.contract"


def use_contract(spark: SparkSession, contract: EventContract) -> None:
    """Passes the event contract to the session's functions, before the first of them is called.

    Spark creates the catalog of the functions once per session, and reads its options then.
    """
    spark.conf.set(_CONTRACT_OPTION, contract.text)


def read_event() -> Column:
    """Returns the event in the column `data`, or the reason why the record is refused.

    The columns `data`, `batch_time` and those of `secret_key_columns` must exist.

    Returns:
        A struct with a column for each field of the contract, then `reason` and `reason_field`,
        which are null for a valid record, and `unknown_fields`. For a refused record every other
        column is null, and `unknown_fields` is 0. Fields with the use `pseudonym` are replaced by
        pseudonyms; email addresses and phone numbers are masked in fields with the use `mask`.
    """
    return F.call_function(
        "streaming_ml.read_event", F.col("data"), F.col("batch_time"), F.col(HASH_KEY_COLUMN)
    )
