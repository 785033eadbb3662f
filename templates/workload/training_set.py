"""Which tickets become examples: those of which the support team has said something."""

from __future__ import annotations

# Runs on the cluster, where there is nothing but Spark, the standard library and this one module.
from pyspark.sql import DataFrame
from streaming_ml.examples import example_id, latest, normalised_text, split_of


def build(events: DataFrame) -> DataFrame:
    """Returns one example per ticket that was labelled.

    Args:
        events: The lake's valid events, all columns.

    Returns:
        example_id, split, the fields of an instance, and `urgent`, what was said last. Tickets with
        the same subject are in the same split: a model that is tested on what it has seen looks
        better than it is.
    """
    labelled = events.where("urgent is not null").select(
        "ticket_id",
        "subject",
        "waiting_minutes",
        "plan",
        "urgent",
        # By these two `latest` knows which row arrived last.
        "arrival_time",
        "sequence_number",
        normalised_text("subject").alias("same_subject"),
    )
    return latest(labelled, "ticket_id").select(
        example_id("ticket_id"),
        split_of("same_subject"),
        "subject",
        "waiting_minutes",
        "plan",
        "urgent",
    )
