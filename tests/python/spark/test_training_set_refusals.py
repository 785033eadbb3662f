"""The training-set job names everything that is wrong with what `build` returned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from streaming_ml.training_set import TrainingSetError
from streaming_ml.training_set_job import TrainingSetArguments

from tests.python.spark.rides import build, build_rides, lake_of_rides


@pytest.fixture
def arguments(tmp_path: Path) -> TrainingSetArguments:
    return lake_of_rides(tmp_path)


def refusal(spark: SparkSession, arguments: TrainingSetArguments, other: Any) -> str:
    """The message for what another `build` returns; nothing may be written."""
    with pytest.raises(TrainingSetError) as caught:
        build_rides(spark, arguments, other)
    assert not Path(arguments.output_uri).exists()
    return str(caught.value)


def test_names_everything_that_is_wrong_at_once(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    def wrong(events: DataFrame) -> DataFrame:
        return build(events).select(
            F.when(F.col("number") < 6, "ride-001")
            .otherwise(F.col("example_id"))
            .alias("example_id"),
            F.when(F.col("split") == "test", "dev")
            .when(F.col("number") == 0, None)
            .otherwise(F.col("split"))
            .alias("split"),
            F.when(F.col("number") != 3, F.col("liked")).alias("liked"),
            F.expr("transform(stops, one -> nullif(one, 'a'))").alias("stops"),
            F.when(F.col("number") < 4, F.expr("double('Infinity')"))
            .otherwise(F.col("meters"))
            .alias("meters"),
            F.current_timestamp().alias("moment"),
            F.col("number").alias("Twice"),
            F.col("number").alias("twice"),
        )

    assert refusal(spark, arguments, wrong) == (
        "What `build` in workloads/rides/training_set.py returned is not a training set. It has 10 "
        'problems: the column "moment" must be a string, an integer, a number, a boolean or an '
        "array of one of them, received timestamp: cast it; "
        'the column "Twice" is there twice; the column "twice" is there twice; '
        'the column "split" is null in 1 row, and a model cannot use null: replace it, or remove '
        "the "
        "rows; "
        'the column "liked" is null in 1 row, and a model cannot use null: replace it, or remove '
        "the "
        "rows; "
        'the column "stops" has null items in 20 rows, and a model cannot use null: remove the '
        "items; "
        'the column "meters" is not a finite number in 3 rows: remove the rows; '
        '"example_id" must be unique, and 3 rows repeat an id: keep the latest row of each; '
        '"split" must be one of train, validation, test, and 24 rows have another value, such as '
        '"dev"; '
        "it has 40 rows, none of them in test: send more events that become examples, or split "
        "them "
        "in another way. Nothing was written."
    )


def test_names_the_columns_that_are_missing(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    message = refusal(spark, arguments, lambda events: events.select(F.col("ride").alias("split")))
    assert message == (
        "What `build` in workloads/rides/training_set.py returned is not a training set. It has 3 "
        'problems: a column "example_id" is missing: expected a string that tells one example from '
        'every other; the column "split" must be a string, received bigint; there is no other '
        "column "
        "that a model could learn from. Nothing was written."
    )


def test_says_when_too_little_is_left(spark: SparkSession, arguments: TrainingSetArguments) -> None:
    message = refusal(spark, arguments, lambda events: build(events).where("number = 0"))
    assert message.endswith(
        "It has 1 problem: it has 1 row, none of them in validation or test: send more events that "
        "become examples, or split them in another way. Nothing was written."
    )


def test_says_when_there_are_no_rows_at_all(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    assert refusal(spark, arguments, lambda events: None) == (
        "`build` in workloads/rides/training_set.py must return a DataFrame of pyspark.sql, "
        "received NoneType."
    )


def test_says_when_there_are_no_events(
    spark: SparkSession, arguments: TrainingSetArguments, tmp_path: Path
) -> None:
    nowhere = TrainingSetArguments(**{**vars(arguments), "events_uri": str(tmp_path / "nowhere")})
    assert refusal(spark, nowhere, build) == (
        f"There are no events at {tmp_path}/nowhere. Check that the streaming job is running."
    )
