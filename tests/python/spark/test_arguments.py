"""The job accepts what the program passes, and says what is wrong with anything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streaming_ml.arguments import StreamingJobArguments, parse_arguments

CONTRACT = Path(__file__).parents[3] / "contracts" / "streaming-job-arguments.json"
EXAMPLE: list[str] = json.loads(CONTRACT.read_text())


def changed(flag: str, value: str) -> list[str]:
    """The example with another value for `flag`."""
    position = EXAMPLE.index(flag) + 1
    return [*EXAMPLE[:position], value, *EXAMPLE[position + 1 :]]


def test_accepts_the_example_of_the_contract() -> None:
    assert parse_arguments(EXAMPLE) == StreamingJobArguments(
        stream="events-1a2b3c4",
        region="us-east-1",
        source="kinesis-ranges",
        contract_uri="s3a://artifacts-9a0b1c2/code/contract-0123456789abcdef.json",
        events_uri="s3a://lake-5d6e7f8/events",
        checkpoint_uri="s3a://artifacts-9a0b1c2/checkpoints/1",
        lock_uri="s3a://artifacts-9a0b1c2/checkpoints/1.lock.json",
        stop_uri="s3a://artifacts-9a0b1c2/checkpoints/1.stop",
        generation="1",
        spec_hash="0123456789abcdef",
        trigger_seconds=2,
        freshness_seconds=5,
        deduplication_minutes=60,
        hash_key_secret="arn:aws:secretsmanager:us-east-1:123456789012:secret:user-key-a1b2c3",
        key_version="1",
        quarantine_key_secret=(
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:quarantine-key-d4e5f6"
        ),
        quarantine_key_version="0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
        metrics_kind="cloudwatch",
        metrics_target="StreamingMl/local",
        restarts=5,
    )


CONNECTOR = [*changed("--source", "aws-kinesis"), "--max-records-per-shard", "2000"]


def test_polls_without_a_consumer() -> None:
    assert parse_arguments(CONNECTOR).max_records_per_shard == 2000
    assert parse_arguments(CONNECTOR).consumer is None
    assert parse_arguments([*CONNECTOR, "--consumer", "mine"]).consumer == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            changed("--source", "aws-kinesis"),
            "--max-records-per-shard: required with the source aws-kinesis",
        ),
        (
            [*EXAMPLE, "--max-records-per-shard", "2000"],
            "--max-records-per-shard: expected none with the source kinesis-ranges, which plans "
            "its micro-batches by time, received 2000",
        ),
        (
            [*EXAMPLE, "--consumer", "mine"],
            "--consumer: expected none with the source kinesis-ranges, which only polls, "
            "received mine",
        ),
    ],
)
def test_refuses_arguments_that_the_source_does_not_support(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        parse_arguments(arguments)
    assert ending.value.code == 2
    assert f"argument {message}" in capsys.readouterr().err


def test_takes_a_file_for_the_metrics() -> None:
    parsed = parse_arguments(changed("--metrics", "file:metrics.jsonl"))
    assert (parsed.metrics_kind, parsed.metrics_target) == ("file", "metrics.jsonl")


@pytest.mark.parametrize(
    ("flag", "value", "message"),
    [
        ("--source", "kinesis", "invalid choice: 'kinesis'"),
        ("--events-uri", "http://lake/events", "received http://lake/events"),
        ("--metrics", "statsd:x", "received statsd:x"),
        ("--metrics", "file:", "received file:"),
        ("--trigger-seconds", "0", "expected more than 0, received 0"),
        ("--freshness-seconds", "0", "expected 1 or more, received 0"),
        ("--restarts", "-1", "expected 0 or more, received -1"),
        ("--generation", " ", "expected a value, received an empty one"),
    ],
)
def test_refuses(flag: str, value: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        parse_arguments(changed(flag, value))
    assert ending.value.code == 2
    printed = capsys.readouterr().err
    assert f"argument {flag}" in printed
    assert message in printed


@pytest.mark.parametrize("flag", [word for word in EXAMPLE if word.startswith("--")])
def test_needs_every_argument(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    position = EXAMPLE.index(flag)
    with pytest.raises(SystemExit):
        parse_arguments(EXAMPLE[:position] + EXAMPLE[position + 2 :])
    assert f"the following arguments are required: {flag}" in capsys.readouterr().err
