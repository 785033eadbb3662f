"""Builds histories and next items from users' actions; the last actions are for the test."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from streaming_ml.examples import SPLITS, example_id, latest

# Maximum items of a history and of next items: as many as an instance may have.
LONGEST = 1000

_TRAIN, _VALIDATION, _TEST = SPLITS


def build(events: DataFrame) -> DataFrame:
    """Returns up to three examples per user (leave-last-out).

    With a user's actions in order a, b, c, d, e:

        split       history        next_items
        train       [a]            [b, c]
        validation  [a, b, c]      [d]
        test        [a, b, c, d]   [e]

    A user is in every split, and each action is predicted in one split only, but the history of a
    later split includes the next items of an earlier one. Users with four actions have all three
    examples, users with three no training example, users with two only the test example, and users
    with one none.

    Args:
        events: The lake's valid events, all columns.

    Returns:
        example_id, split, history, next_items and next_titles, whose texts may be empty. Only a
        user's first action on an item counts, because items the user knows are not recommended.
        Only the last 1,001 actions of a user are used.
    """
    actions = latest(
        events.select(
            "action_id",
            "user_key",
            "item_id",
            F.coalesce("item_title", F.lit("")).alias("item_title"),
            "acted_at",
            # Many actions of a user have the same time, and arrival does not order them: a hash
            # decides, which is the same whenever the set is built.
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
    """Returns an example of a user: the number of actions in its history, and of those after it."""
    return F.struct(F.lit(split).alias("split"), known.alias("known"), followed.alias("followed"))


def _last(column: str, count: Column) -> Column:
    start = F.greatest(F.size(column) - count + 1, F.lit(1))
    return F.slice(column, start, count)
