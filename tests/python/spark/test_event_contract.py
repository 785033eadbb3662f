"""A contract that the function cannot check is refused, with all its problems."""

from __future__ import annotations

import json
from typing import Any

import pytest
from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from tests.python.spark.event_contracts import SENTIMENT


def problem_of(spark: SparkSession, content: object) -> str:
    assert spark._jvm is not None
    text = content if isinstance(content, str) else json.dumps(content)
    with pytest.raises(Py4JJavaError) as caught:
        spark._jvm.streamingml.events.EventContract.parse(text)
    return str(caught.value.java_exception.getMessage())


@pytest.fixture
def content() -> Any:
    """The contract of the posts, to be spoilt."""
    return json.loads(SENTIMENT.text)


def test_names_every_problem_at_once(spark: SparkSession, content: Any) -> None:
    event_id, user_id, text, created_at, lang, source, label = content["fields"]
    content["maximumRecordBytes"] = 10 * 1024 * 1024 + 1
    event_id["path"] = ["", "x"]
    user_id["type"] = "boolean"
    text["type"] = "decimal"
    created_at["maximumItems"] = 3
    lang["maximumLength"] = "35"
    lang["required"] = "no"
    source["column"] = "label"
    source["path"] = ["device", "source"]
    label["uses"] = ["label", "colour"]
    label["allowed"] = "any"
    content["fields"].append({**source, "type": "integer", "minimum": 0.5, "column": "reason"})
    assert problem_of(spark, content) == (
        "The event contract does not fit this job: "
        "maximumRecordBytes is 10485761, expected a whole number from 1 to 10485760; "
        'fields[0].path is ["","x"], expected an array of strings; '
        'fields[1].type is "boolean", expected string or integer, for pseudonyms; '
        'fields[2].type is "decimal", expected string, date-time, integer, number or boolean; '
        'fields[3].type is "date-time", expected date-time, not an array, for the event\'s time; '
        'fields[4].required is "no", expected true or false; '
        'fields[4].maximumLength is "35", expected a whole number from 0 to 2147483647; '
        'fields[6].uses is ["label","colour"], expected some of identity, pseudonym, mask, '
        "event-time, label and slice; "
        'fields[6].allowed is "any", expected an array of strings; '
        "fields[7].minimum is 0.5, expected a whole number that every JSON parser represents "
        "exactly; "
        "fields[7].maximum is absent, expected a number; "
        "objects does not have the object around device.source; "
        "the column label is there more than once; "
        "the column reason is there more than once; "
        "objects does not have the object around device.source."
    )


def test_refuses_another_format(spark: SparkSession, content: Any) -> None:
    content["version"] = 2
    assert problem_of(spark, content) == (
        "The event contract has the format version 2, and this job reads version 1: deploy the "
        "job and its contract from the same program."
    )


def test_says_when_the_contract_is_no_json(spark: SparkSession) -> None:
    assert problem_of(spark, "{") == "The event contract is not JSON."
