"""The streaming job's command line; `contracts/streaming-job-arguments.json` is an example."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

METRICS_KINDS = ("cloudwatch", "file")
RANGES_SOURCE = "kinesis-ranges"
CONNECTOR_SOURCE = "aws-kinesis"
SOURCES = (RANGES_SOURCE, CONNECTOR_SOURCE)
_URI_SCHEMES = ("s3a://", "file:")


@dataclass(frozen=True)
class StreamingJobArguments:
    """The arguments that the deployment passes. Secrets are passed by name, never by value.

    Attributes:
        stream: Name of the Kinesis data stream.
        region: AWS region of all services.
        source: Spark format of the source, one of `SOURCES`.
        contract_uri: The compiled event contract.
        events_uri: Root of the lake's events.
        checkpoint_uri: Checkpoint location.
        lock_uri: The object that says who writes to the checkpoint.
        stop_uri: The object whose existence asks the job to stop.
        generation: Names the checkpoint; part of every batch's name in the lake.
        spec_hash: Hash of the deployed specification, shown in the lock.
        trigger_seconds: Time between two micro-batches.
        freshness_seconds: How old an event may be when it becomes readable; limits the arrival
            times that one micro-batch of `kinesis-ranges` covers.
        deduplication_minutes: Minimum time that an event's key is remembered; 0 turns it off.
        hash_key_secret: ARN of the secret with the key of the pseudonyms.
        key_version: Version of that key, stored with every pseudonym.
        quarantine_key_secret: ARN of the secret with the key that encrypts refused records.
        quarantine_key_version: Id of the secret's version, stored with every encrypted value.
        metrics_kind: `cloudwatch` or `file`.
        metrics_target: CloudWatch namespace, or path relative to the working directory.
        restarts: How often the query may be restarted within an hour.
        max_records_per_shard: Maximum records of one micro-batch from one shard; None with
            `kinesis-ranges`, which plans its micro-batches by time.
        consumer: Name of the stream consumer (enhanced fan-out); None: the job polls.
    """

    stream: str
    region: str
    source: str
    contract_uri: str
    events_uri: str
    checkpoint_uri: str
    lock_uri: str
    stop_uri: str
    generation: str
    spec_hash: str
    trigger_seconds: float
    freshness_seconds: int
    deduplication_minutes: int
    hash_key_secret: str
    key_version: str
    quarantine_key_secret: str
    quarantine_key_version: str
    metrics_kind: str
    metrics_target: str
    restarts: int
    max_records_per_shard: int | None = None
    consumer: str | None = None


def parse_arguments(arguments: Sequence[str]) -> StreamingJobArguments:
    """Parses the command line; exits with status 2 and a message when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="streaming_job.py", description="Moves events from Kinesis to the lake."
    )
    for flag, text in {
        "--stream": "name of the Kinesis data stream",
        "--region": "AWS region",
        "--generation": "name of the checkpoint's generation",
        "--spec-hash": "hash of the job's specification, shown in the lock object",
        "--hash-key-secret": "ARN of the secret that holds the pseudonyms' key",
        "--key-version": "stored with every pseudonym",
        "--quarantine-key-secret": "ARN of the secret that holds the quarantine's key",
        "--quarantine-key-version": "id of that secret's version",
    }.items():
        parser.add_argument(flag, required=True, type=_text, help=text)
    parser.add_argument("--source", required=True, choices=SOURCES, help="format of the source")
    parser.add_argument(
        "--contract", required=True, type=_uri, dest="contract_uri", help="compiled event contract"
    )
    parser.add_argument("--events-uri", required=True, type=_uri, help="root of the events")
    parser.add_argument("--checkpoint-uri", required=True, type=_uri, help="checkpoint location")
    parser.add_argument("--lock-uri", required=True, type=_uri, help="lock of the checkpoint")
    parser.add_argument("--stop-uri", required=True, type=_uri, help="marker that stops the job")
    parser.add_argument("--metrics", required=True, type=_metrics, help="KIND:TARGET")
    parser.add_argument("--trigger-seconds", required=True, type=_positive_number)
    parser.add_argument("--freshness-seconds", required=True, type=_positive_count)
    parser.add_argument("--deduplication-minutes", required=True, type=_count)
    parser.add_argument("--restarts", required=True, type=_count)
    parser.add_argument("--max-records-per-shard", type=_positive_count)
    parser.add_argument("--consumer", type=_text, help="the stream's consumer to read through")
    values = vars(parser.parse_args(arguments))
    problem = _source_problem(values["source"], values["max_records_per_shard"], values["consumer"])
    if problem is not None:
        parser.error(problem)
    values["metrics_kind"], values["metrics_target"] = values.pop("metrics")
    return StreamingJobArguments(**values)


def _source_problem(source: str, most_records: int | None, consumer: str | None) -> str | None:
    if source == CONNECTOR_SOURCE and most_records is None:
        return f"argument --max-records-per-shard: required with the source {source}"
    if source == RANGES_SOURCE and most_records is not None:
        return (
            "argument --max-records-per-shard: expected none with the source "
            f"{source}, which plans its micro-batches by time, received {most_records}"
        )
    if source == RANGES_SOURCE and consumer is not None:
        return (
            f"argument --consumer: expected none with the source {source}, which only polls, "
            f"received {consumer}"
        )
    return None


def _text(value: str) -> str:
    if not value.strip():
        raise argparse.ArgumentTypeError("expected a value, received an empty one")
    return value


def _uri(value: str) -> str:
    if not value.startswith(_URI_SCHEMES):
        expected = " or ".join(_URI_SCHEMES)
        raise argparse.ArgumentTypeError(f"expected a URI that begins {expected}, received {value}")
    return value.rstrip("/")


def _metrics(value: str) -> tuple[str, str]:
    kind, _, target = value.partition(":")
    if kind not in METRICS_KINDS or not target:
        raise argparse.ArgumentTypeError(
            f"expected cloudwatch:NAMESPACE or file:PATH, received {value}"
        )
    return kind, target


def _positive_number(value: str) -> float:
    number = float(value)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"expected more than 0, received {value}")
    return number


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected 0 or more, received {value}")
    return number


def _positive_count(value: str) -> int:
    number = _count(value)
    if number == 0:
        raise argparse.ArgumentTypeError("expected 1 or more, received 0")
    return number
