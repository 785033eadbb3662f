"""What a streaming job needs to find: stream, buckets, keys."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

_REGION = "us-east-1"
_CONTRACT = Path(__file__).resolve().parents[2] / ".local" / "contracts" / "sentiment.json"
_CONTRACT_KEY = "contracts/contract.json"


@dataclass(frozen=True)
class Resources:
    """Names of what was created.

    Attributes:
        stream: Kinesis data stream.
        lake: Bucket of the events.
        artifacts: Bucket of the checkpoint and the event contract.
        hash_key_secret: ARN of the secret with the key of the pseudonyms.
        hash_key: The key itself.
        quarantine_key_secret: ARN of the secret with the key of what quarantine keeps.
        quarantine_key_version: Id of the secret's only version.
    """

    stream: str
    lake: str
    artifacts: str
    hash_key_secret: str
    hash_key: str
    quarantine_key_secret: str
    quarantine_key_version: str

    @property
    def events_uri(self) -> str:
        """Root of the events, as Spark reads it."""
        return f"s3a://{self.lake}/events"

    @property
    def contract_uri(self) -> str:
        """The compiled event contract, as the job reads it."""
        return f"s3a://{self.artifacts}/{_CONTRACT_KEY}"


def client(service: str, environment: Mapping[str, str]) -> Any:
    """Returns a boto3 client that speaks to the stand-in of `environment`."""
    own = environment.get(f"AWS_ENDPOINT_URL_{service.upper()}")
    return boto3.client(
        service,
        region_name=_REGION,
        endpoint_url=own or environment["AWS_ENDPOINT_URL"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
    )


def create_resources(environment: Mapping[str, str], shards: int) -> Resources:
    """Creates them in the emulator."""
    kinesis = client("kinesis", environment)
    kinesis.create_stream(StreamName="events", ShardCount=shards)
    kinesis.get_waiter("stream_exists").wait(
        StreamName="events", WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    storage = client("s3", environment)
    for bucket in ("lake", "artifacts"):
        storage.create_bucket(Bucket=bucket)
    storage.put_object(Bucket="artifacts", Key=_CONTRACT_KEY, Body=_CONTRACT.read_bytes())
    vault = client("secretsmanager", environment)
    hash_key = secrets.token_urlsafe(48)
    hash_secret = vault.create_secret(Name="user-key", SecretString=hash_key)
    quarantine_key = base64.b64encode(secrets.token_bytes(32)).decode()
    quarantine_secret = vault.create_secret(Name="quarantine-key", SecretString=quarantine_key)
    return Resources(
        stream="events",
        lake="lake",
        artifacts="artifacts",
        hash_key_secret=hash_secret["ARN"],
        hash_key=hash_key,
        quarantine_key_secret=quarantine_secret["ARN"],
        quarantine_key_version=quarantine_secret["VersionId"],
    )


def read_lock(environment: Mapping[str, str], resources: Resources, generation: str) -> Any:
    """Returns the content of the lock object, None while there is none."""
    storage = client("s3", environment)
    try:
        answer = storage.get_object(
            Bucket=resources.artifacts, Key=f"checkpoints/{generation}.lock.json"
        )
    except storage.exceptions.NoSuchKey:
        return None
    return json.loads(answer["Body"].read())


def request_stop(environment: Mapping[str, str], resources: Resources, generation: str) -> None:
    """Puts the stop marker beside the checkpoint."""
    client("s3", environment).put_object(
        Bucket=resources.artifacts, Key=f"checkpoints/{generation}.stop", Body=b""
    )
