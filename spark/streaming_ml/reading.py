"""Reads what a record holds: the call of the Java function that does it in one pass.

Validation, masking and pseudonyms are `spark/java/streamingml/events`. The same in Spark SQL (a
JSON parser that forgives too much, made strict by further looks at the raw text, then regular
expressions) took twice the time per record.
"""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

from streaming_ml.keys import HASH_KEY_COLUMN

# Where Spark finds the functions; the class is in the jar that travels with the job.
FUNCTIONS_SETTING = "spark.sql.catalog.streaming_ml"
FUNCTIONS_CLASS = "streamingml.events.EventFunctions"


def read_event() -> Column:
    """Returns the event that column `data` holds, or the reason why it is none.

    The columns `data`, `batch_time` and those of `keys` must be there.

    Returns:
        A struct: event_id, user_key, text, created_at, lang, source, label, and `reason`, null
        where the record is valid. Where it is not, everything else is null. The user id is in
        it as a pseudonym only, and e-mail addresses and phone numbers in `text` are masked.
    """
    return F.call_function(
        "streaming_ml.read_event", F.col("data"), F.col("batch_time"), F.col(HASH_KEY_COLUMN)
    )
