"""Permissions of deployed roles in the stand-in for S3, through boto3."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local.permissions.call_log import evaluated_calls
from local.permissions.credentials import environment_of
from local.permissions.place import VARIABLE
from tests.python.permissions.deployment import BUCKET, KEY, resource, role, write
from tests.python.streaming_run.service import Service

Client = Callable[[str | None], Any]

READER = (
    {"Sid": "Read", "Action": "s3:GetObject", "Resource": f"{BUCKET}/events/*"},
    {
        "Sid": "List",
        "Action": "s3:ListBucket",
        "Resource": BUCKET,
        "Condition": {"StringLike": {"s3:prefix": ["events", "events/*"]}},
    },
)
WRITER = ({"Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": f"{BUCKET}/events/*"},)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deployment with a reader and a writer."""
    folder = tmp_path_factory.mktemp("permissions")
    blind = {"Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}
    write(folder, *role("reader", *READER), *role("writer", *WRITER), *role("blind", blind))
    return folder


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Client]:
    """Clients of a role by its name, or of the administrator."""
    base = tmp_path_factory.mktemp("storage")
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        VARIABLE: str(folder),
    }
    server = Service(
        "local.object_storage",
        base / "server.log",
        arguments=("--directory", str(base / "storage")),
        environment=environment,
    )
    gate = Service(
        "local.object_storage.gate",
        base / "gate.log",
        arguments=("--server", server.url),
        environment=environment,
    )

    def make(role_name: str | None) -> Any:
        own = environment if role_name is None else environment_of(role_name)
        return boto3.client(
            "s3",
            endpoint_url=gate.url,
            region_name="us-east-1",
            aws_access_key_id=own["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=own["AWS_SECRET_ACCESS_KEY"],
            config=Config(retries={"total_max_attempts": 1}),
        )

    administrator = make(None)
    administrator.create_bucket(Bucket="lake")
    for key in ("events/1", "events/2", "other/1"):
        administrator.put_object(Bucket="lake", Key=key, Body=key.encode())
    yield make
    gate.stop()
    server.stop()


def _code(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    answer = error.value.response
    return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]


def test_a_role_reads_what_it_may_and_its_signature_is_valid(client: Client) -> None:
    storage = client("reader")
    assert storage.get_object(Bucket="lake", Key="events/1")["Body"].read() == b"events/1"
    found = storage.list_objects_v2(Bucket="lake", Prefix="events/")["Contents"]
    assert [one["Key"] for one in found] == ["events/1", "events/2"]


def test_a_role_is_refused_other_objects_in_s3s_words(client: Client) -> None:
    storage = client("reader")
    with pytest.raises(ClientError) as error:
        storage.get_object(Bucket="lake", Key="other/1")
    assert _code(error) == ("AccessDenied", 403)
    assert 's3:GetObject on resource: "arn:aws:s3:::lake/other/1"' in str(error.value)
    with pytest.raises(ClientError) as error:
        storage.list_objects_v2(Bucket="lake", Prefix="")
    assert _code(error) == ("AccessDenied", 403)
    # The connection goes on.
    assert storage.head_object(Bucket="lake", Key="events/1")["ContentLength"] == 8


def test_a_refused_upload_is_refused_in_the_same_words(client: Client, tmp_path: Path) -> None:
    storage = client("reader")
    for body in (b"1", b"x" * 2_000_000):
        with pytest.raises(ClientError) as error:
            storage.put_object(Bucket="lake", Key="events/3", Body=body)
        assert _code(error) == ("AccessDenied", 403)
        assert "s3:PutObject" in str(error.value)
    assert "events/3" not in _keys(client)


def test_a_large_object_goes_through_in_both_directions(client: Client) -> None:
    body = os.urandom(20_000_000)
    client("writer").put_object(Bucket="lake", Key="events/large", Body=body)
    assert client("reader").get_object(Bucket="lake", Key="events/large")["Body"].read() == body
    client(None).delete_object(Bucket="lake", Key="events/large")


def test_a_role_that_may_list_is_told_that_an_object_is_missing(client: Client) -> None:
    with pytest.raises(ClientError) as error:
        client("reader").get_object(Bucket="lake", Key="events/none")
    assert _code(error) == ("NoSuchKey", 404)
    with pytest.raises(ClientError) as error:
        client("reader").head_object(Bucket="lake", Key="events/none")
    assert _code(error) == ("404", 404)


def test_a_role_that_may_not_list_is_refused_a_missing_object(client: Client) -> None:
    storage = client("blind")
    with pytest.raises(ClientError) as error:
        storage.get_object(Bucket="lake", Key="events/none")
    assert _code(error) == ("AccessDenied", 403)
    assert "s3:ListBucket" in str(error.value)
    with pytest.raises(ClientError) as error:
        storage.head_object(Bucket="lake", Key="events/none")
    assert _code(error) == ("403", 403)
    assert storage.get_object(Bucket="lake", Key="events/1")["Body"].read() == b"events/1"


def test_of_several_deletions_none_happens_when_one_is_refused(client: Client) -> None:
    client(None).put_object(Bucket="lake", Key="events/old", Body=b"1")
    storage = client("writer")
    both = {"Objects": [{"Key": "events/old"}, {"Key": "other/1"}]}
    answer = storage.delete_objects(Bucket="lake", Delete=both)
    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("other/1", "AccessDenied")]
    assert {"events/old", "other/1"} <= _keys(client)
    storage.delete_objects(Bucket="lake", Delete={"Objects": [{"Key": "events/old"}]})
    assert "events/old" not in _keys(client)


def test_an_unknown_request_is_refused_with_what_to_do(client: Client) -> None:
    with pytest.raises(ClientError) as error:
        client("reader").put_bucket_acl(Bucket="lake", ACL="private")
    assert _code(error) == ("AccessDenied", 403)
    assert "calls/s3.py" in str(error.value)


def test_the_key_of_the_bucket_must_be_allowed_too(client: Client, folder: Path) -> None:
    before = (folder / "deployed.json").read_bytes()
    rule = {"applyServerSideEncryptionByDefault": {"kmsMasterKeyId": KEY}}
    kind = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    encrypted = resource(kind, "encryption", bucket="lake", rules=[rule])
    write(folder, *role("reader", *READER), encrypted, resource("kms/key:Key", "key", KEY))
    try:
        with pytest.raises(ClientError) as error:
            client("reader").get_object(Bucket="lake", Key="events/1")
        assert f'kms:Decrypt on resource: "{KEY}"' in str(error.value)
    finally:
        (folder / "deployed.json").write_bytes(before)


def test_calls_are_logged(client: Client, folder: Path) -> None:
    client("reader").get_object(Bucket="lake", Key="events/1")["Body"].read()
    kept = {
        (one.principal, one.call.action, one.decision.statements) for one in evaluated_calls(folder)
    }
    assert ("reader", "s3:GetObject", ("reader-rights/Read",)) in kept


def _keys(client: Client) -> set[str]:
    return {one["Key"] for one in client(None).list_objects_v2(Bucket="lake")["Contents"]}
