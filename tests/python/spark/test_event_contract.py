"""A contract that the job cannot hold a record to is refused, with everything wrong in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession
from streaming_ml.contract import read_contract


def parse(spark: SparkSession, schema: str) -> Any:
    assert spark._jvm is not None
    return spark._jvm.streamingml.events.EventContract.parse(schema)


def problem_of(spark: SparkSession, schema: str) -> str:
    with pytest.raises(Py4JJavaError) as caught:
        parse(spark, schema)
    return str(caught.value.java_exception.getMessage())


def test_the_contract_of_the_repository_fits(spark: SparkSession) -> None:
    parse(spark, json.dumps(read_contract("event.schema.json")))


def test_names_every_problem_at_once(spark: SparkSession) -> None:
    schema = read_contract("event.schema.json")
    del schema["properties"]["user_id"]
    schema["properties"]["text"]["type"] = "integer"
    schema["properties"]["lang"]["type"] = ["string", "number"]
    schema["properties"]["mood"] = {"type": "string"}
    schema["properties"]["created_at"]["formatMinimum"] = "1800-01-01T00:00:00Z"
    schema["$defs"]["record"]["maxLength"] = "64k"
    assert problem_of(spark, json.dumps(schema)) == (
        "The event contract does not fit this job: user_id is absent; "
        'text has the type "integer", not string; lang has the type ["string","number"], '
        "not string; mood is a field that the lake has no column for; "
        'created_at begins with "1800-01-01T00:00:00Z", not with 1900-01-01T00:00:00Z; '
        '$defs.record.maxLength is "64k", not a number of bytes.'
    )


def test_says_when_the_contract_is_no_json(spark: SparkSession) -> None:
    assert problem_of(spark, "{") == "The event contract is no JSON."
