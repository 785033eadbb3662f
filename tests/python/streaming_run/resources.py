"""What a streaming job needs to find: stream, buckets, keys."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

_REGION = "us-east-1"

LOCK_SUFFIX = ".lock.json"
STOP_SUFFIX = ".stop"


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
        contract_uri: The compiled event contract, as the job reads it.
    """

    stream: str
    lake: str
    artifacts: str
    hash_key_secret: str
    hash_key: str
    quarantine_key_secret: str
    quarantine_key_version: str
    contract_uri: str

    @property
    def events_uri(self) -> str:
        """Root of the events, as Spark reads it."""
        return f"s3a://{self.lake}/events"

    def checkpoint_uri(self, generation: str) -> str:
        """Returns the checkpoint location of a generation; its lock and stop marker lie beside."""
        return f"s3a://{self.artifacts}/checkpoints/{generation}"


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


def create_resources(environment: Mapping[str, str], shards: int, contract: str) -> Resources:
    """Creates them in the emulator.

    Args:
        environment: Leads boto3 to it.
        shards: Of the stream.
        contract: Text of the compiled event contract.
    """
    kinesis = client("kinesis", environment)
    kinesis.create_stream(StreamName="events", ShardCount=shards)
    kinesis.get_waiter("stream_exists").wait(
        StreamName="events", WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    storage = client("s3", environment)
    for bucket in ("lake", "artifacts"):
        storage.create_bucket(Bucket=bucket)
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
        contract_uri=_put_contract(environment, "artifacts", contract),
    )


def with_contract(environment: Mapping[str, str], resources: Resources, contract: str) -> Resources:
    """Puts another event contract beside the one there is; returns the resources of its job."""
    uri = _put_contract(environment, resources.artifacts, contract)
    return dataclasses.replace(resources, contract_uri=uri)


def read_lock(environment: Mapping[str, str], resources: Resources, generation: str) -> Any:
    """Returns the content of the lock object, None while there is none."""
    storage = client("s3", environment)
    try:
        answer = storage.get_object(
            Bucket=resources.artifacts, Key=f"checkpoints/{generation}{LOCK_SUFFIX}"
        )
    except storage.exceptions.NoSuchKey:
        return None
    return json.loads(answer["Body"].read())


def request_stop(environment: Mapping[str, str], resources: Resources, generation: str) -> None:
    """Puts the stop marker beside the checkpoint."""
    client("s3", environment).put_object(
        Bucket=resources.artifacts, Key=f"checkpoints/{generation}{STOP_SUFFIX}", Body=b""
    )


def _put_contract(environment: Mapping[str, str], bucket: str, contract: str) -> str:
    # By its content, as a deployment does it: a job that runs keeps the one it was started with.
    body = contract.encode()
    key = f"code/contract-{hashlib.sha256(body).hexdigest()[:16]}.json"
    client("s3", environment).put_object(Bucket=bucket, Key=key, Body=body)
    return f"s3a://{bucket}/{key}"
