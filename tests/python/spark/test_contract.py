"""The compiled contract as Python reads it, from a folder and from S3."""

from __future__ import annotations

import json

import boto3
import pytest
from streaming_ml.contract import (
    ContractError,
    EventContract,
    EventField,
    EventLabel,
    EventObject,
    LakeColumn,
    load_contract,
    parse_contract,
)
from streaming_ml.lake_columns import columns_without_repetition, lake_schema
from streaming_ml.storage import S3Storage

from tests.python.spark.event_contracts import SENTIMENT, compiled

READINGS = compiled(
    "readings",
    {
        "device": {
            "type": "object",
            "required": ["serial_id", "station"],
            "properties": {
                "serial_id": {"type": "integer", "x-use": ["identity", "pseudonym"]},
                "station": {"type": "string", "x-use": "identity"},
            },
        },
        "at": {"type": ["string", "null"], "format": "date-time", "x-use": "event-time"},
        "values": {
            "type": "array",
            "minItems": 1,
            "maxItems": 9,
            "items": {"type": "number", "minimum": -1.5},
        },
        "notes": {
            "type": ["array", "null"],
            "maxItems": 2,
            "items": {"type": "string", "maxLength": 20},
            "x-use": "mask",
        },
        "is_odd": {"type": ["boolean", "null"], "x-use": "label"},
    },
    "device",
    "values",
)


def test_reads_all_properties_of_the_fields() -> None:
    assert READINGS == EventContract(
        text=READINGS.text,
        workload="readings",
        maximum_record_bytes=65_536,
        fields=(
            EventField(
                path=("device", "serial_id"),
                name="device_serial_id",
                column="device_serial_key",
                type="integer",
                required=True,
                uses=frozenset({"identity", "pseudonym"}),
                minimum=-(2**53) + 1,
                maximum=2**53 - 1,
            ),
            EventField(
                path=("device", "station"),
                name="device_station",
                column="device_station",
                type="string",
                required=True,
                uses=frozenset({"identity"}),
                minimum_length=0,
            ),
            EventField(
                path=("at",),
                name="at",
                column="at",
                type="date-time",
                required=False,
                uses=frozenset({"event-time"}),
            ),
            EventField(
                path=("values",),
                name="values",
                column="values",
                type="number",
                required=True,
                minimum_items=1,
                maximum_items=9,
                minimum=-1.5,
            ),
            EventField(
                path=("notes",),
                name="notes",
                column="notes",
                type="string",
                required=False,
                uses=frozenset({"mask"}),
                minimum_items=0,
                maximum_items=2,
                minimum_length=0,
                maximum_length=20,
            ),
            EventField(
                path=("is_odd",),
                name="is_odd",
                column="is_odd",
                type="boolean",
                required=False,
                uses=frozenset({"label"}),
            ),
        ),
        objects=(EventObject(path=("device",), required=True),),
        identity=("device_serial_id", "device_station"),
        event_time="at",
        label=EventLabel("is_odd", ("false", "true")),
        columns=(
            LakeColumn("device_serial_key", "string"),
            LakeColumn("device_station", "string"),
            LakeColumn("at", "timestamp"),
            LakeColumn("values", "array<double>"),
            LakeColumn("notes", "array<string>"),
            LakeColumn("is_odd", "boolean"),
            *SENTIMENT.columns[-8:],
        ),
    )
    assert [field.column for field in READINGS.identity_fields] == [
        "device_serial_key",
        "device_station",
    ]


def test_spark_s_columns_are_the_contract_s() -> None:
    assert lake_schema(READINGS).simpleString() == (
        "struct<device_serial_key:string,device_station:string,at:timestamp,values:array<double>,"
        "notes:array<string>,is_odd:boolean,key_version:string,arrival_time:timestamp,"
        "partition_key:string,sequence_number:string,batch_time:timestamp,raw:binary,"
        "reason:string,reason_field:string>"
    )


def test_knows_which_columns_need_no_dictionary() -> None:
    always = ("sequence_number", "partition_key", "raw")
    assert columns_without_repetition(SENTIMENT) == ("event_id", "user_key", "text", *always)
    assert columns_without_repetition(READINGS) == (
        "device_serial_key",
        "device_station",
        "notes.list.element",
        *always,
    )


def test_reads_it_from_s3(mocked_aws: None) -> None:
    storage = boto3.client("s3")
    storage.create_bucket(Bucket="artifacts")
    storage.put_object(Bucket="artifacts", Key="contracts/c.json", Body=SENTIMENT.text.encode())
    assert load_contract(S3Storage(storage), "s3a://artifacts/contracts/c.json") == SENTIMENT
    with pytest.raises(ContractError) as caught:
        load_contract(S3Storage(storage), "s3a://artifacts/contracts/other.json")
    assert str(caught.value) == (
        "There is no event contract at s3a://artifacts/contracts/other.json, which --contract "
        "names. `pulumi up` puts it there, next to the code of the job."
    )


def test_refuses_another_format() -> None:
    content = {**json.loads(SENTIMENT.text), "version": 2}
    with pytest.raises(ContractError) as caught:
        parse_contract(json.dumps(content), "c.json")
    assert str(caught.value) == (
        "The event contract c.json has the format version 2, and this job reads version 1: "
        "deploy the job and its contract from the same program."
    )


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 1}'])
def test_refuses_a_file_without_a_contract(text: str) -> None:
    with pytest.raises(ContractError, match="^c.json is not a compiled event contract: "):
        parse_contract(text, "c.json")
