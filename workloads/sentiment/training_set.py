"""Selects the posts that become examples: labelled posts, each text once."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from streaming_ml.examples import example_id, latest, normalised_text, split_of


def build(events: DataFrame) -> DataFrame:
    """Returns one example per labelled text.

    Args:
        events: The lake's valid events, all columns.

    Returns:
        example_id, split, text and label. The last label of a post counts, and the last one of
        several posts with the same text. Copies of a text are in the same split.
    """
    labelled = events.where(F.col("label").isNotNull()).select(
        "event_id",
        "text",
        "label",
        "arrival_time",
        "sequence_number",
        normalised_text("text").alias("normalised"),
    )
    texts = latest(latest(labelled, "event_id"), "normalised")
    return texts.select(example_id("event_id"), split_of("normalised"), "text", "label")
