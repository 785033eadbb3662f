"""Selects the tickets that become examples: those with a label of the support team."""

from __future__ import annotations

# It runs on the cluster, which has only Spark, the standard library and this module.
from pyspark.sql import DataFrame
from streaming_ml.examples import example_id, latest, normalised_text, split_of


def build(events: DataFrame) -> DataFrame:
    """Returns one example per labelled ticket.

    Args:
        events: The lake's valid events, all columns.

    Returns:
        example_id, split, the fields of an instance, and `urgent`, the last label. Tickets with the
        same subject are in the same split, because a model that is tested on what it was trained on
        looks better than it is.
    """
    labelled = events.where("urgent is not null").select(
        "ticket_id",
        "subject",
        "waiting_minutes",
        "plan",
        "urgent",
        # `latest` needs these two to find the row that arrived last.
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
