"""What users did becomes histories and what followed them; the last actions test."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from streaming_ml.examples import SPLITS, example_id, latest

LONGEST = 1000
"""Most items of a history, and of what followed it: as many as an instance may have."""

_TRAIN, _VALIDATION, _TEST = SPLITS


def build(events: DataFrame) -> DataFrame:
    """Returns up to three examples per user: leave the last out.

    With a user's actions in order a, b, c, d, e:

        split       history        next_items
        train       [a]            [b, c]
        validation  [a, b, c]      [d]
        test        [a, b, c, d]   [e]

    So a user is in every split and an action is to be foretold in one only, but the history of a
    later split holds what was foretold in an earlier one. Users with four actions have all three
    examples, with three no training example, with two only the test, and with one none.

    Args:
        events: The lake's valid events, all columns.

    Returns:
        example_id, split, history, next_items and next_titles, which may hold empty texts. Of a
        user's actions on one item only the first counts, because what a user knows is not
        recommended. More than 1,001 actions of a user are cut to the last ones.
    """
    actions = latest(
        events.select(
            "action_id",
            "user_key",
            "item_id",
            F.coalesce("item_title", F.lit("")).alias("item_title"),
            "acted_at",
            # Many share their moment with another of their user, and arrival is no order of theirs:
            # a hash decides, which is the same wherever and whenever the set is built.
            F.sha2("action_id", 256).alias("tie"),
            "arrival_time",
            "sequence_number",
        ),
        "action_id",
    )
    ordered = ("acted_at", "tie")
    first = Window.partitionBy("user_key", "item_id").orderBy(*ordered)
    users = (
        actions.withColumn("occurrence", F.row_number().over(first))
        .where("occurrence = 1")
        .groupBy("user_key")
        .agg(F.sort_array(F.collect_list(F.struct(*ordered, "item_id", "item_title"))).alias("all"))
        .withColumn("actions", _last("all", F.lit(LONGEST + 1)))
        .withColumn("count", F.size("actions"))
    )
    parts = users.select(
        "user_key",
        "actions",
        F.explode(
            F.array(
                _part(_TRAIN, F.lit(1), F.col("count") - 3),
                _part(_VALIDATION, F.col("count") - 2, F.lit(1)),
                _part(_TEST, F.col("count") - 1, F.lit(1)),
            )
        ).alias("part"),
    ).where("part.known >= 1 and part.followed >= 1")
    followed = F.slice("actions", F.col("part.known") + 1, F.col("part.followed"))
    return parts.select(
        F.concat_ws(":", "part.split", example_id("user_key")).alias("example_id"),
        F.col("part.split").alias("split"),
        F.slice("actions", F.lit(1), F.col("part.known")).getField("item_id").alias("history"),
        followed.getField("item_id").alias("next_items"),
        followed.getField("item_title").alias("next_titles"),
    )


def _part(split: str, known: Column, followed: Column) -> Column:
    """An example of a user: how many actions are its history, and how many follow."""
    return F.struct(F.lit(split).alias("split"), known.alias("known"), followed.alias("followed"))


def _last(column: str, count: Column) -> Column:
    start = F.greatest(F.size(column) - count + 1, F.lit(1))
    return F.slice(column, start, count)
