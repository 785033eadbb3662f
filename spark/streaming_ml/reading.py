"""Reads what a record holds: the call of the Java function that does it in one pass.

Validation, masking and pseudonyms are `spark/java/streamingml/events`. The same in Spark SQL (a
JSON parser that forgives too much, made strict by further looks at the raw text, then regular
expressions) took twice the time per record.
"""

from __future__ import annotations

from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract
from streaming_ml.keys import HASH_KEY_COLUMN

# How many fields of an event the contract does not know: for the figures, no column of the lake.
UNKNOWN_FIELDS_COLUMN = "unknown_fields"

# The text of the contract, as an option of the functions' catalog.
_CONTRACT_OPTION = "spark.sql.catalog.streaming_ml.contract"


def use_contract(spark: SparkSession, contract: EventContract) -> None:
    """Tells the session's functions what an event is; before the first of them is called.

    Spark makes the catalog of the functions once per session, and looks at its options then.
    """
    spark.conf.set(_CONTRACT_OPTION, contract.text)


def read_event() -> Column:
    """Returns the event that column `data` holds, or the reason why it is none.

    The columns `data`, `batch_time` and those of `keys` must be there.

    Returns:
        A struct: the column of each field of the contract, then `reason` and `reason_field`,
        null where the record is valid, and `unknown_fields`. Where it is not, every other column
        is null, and `unknown_fields` 0. Pseudonyms stand in place of what the contract wants
        hidden, and e-mail addresses and phone numbers are masked where it says so.
    """
    return F.call_function(
        "streaming_ml.read_event", F.col("data"), F.col("batch_time"), F.col(HASH_KEY_COLUMN)
    )
