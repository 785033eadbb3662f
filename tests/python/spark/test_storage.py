"""Objects on S3 and files in a folder answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from streaming_ml.objects import ObjectChangedError
from streaming_ml.storage import S3Storage, Storage, open_storage

from tests.python.spark.folder_storage import FolderStorage


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="lake")
        yield client


@pytest.fixture(params=["s3", "folder"])
def target(request: pytest.FixtureRequest, client: Any, tmp_path: Path) -> tuple[Storage, str]:
    if request.param == "s3":
        return S3Storage(client), "s3a://lake/history"
    return FolderStorage(), str(tmp_path / "history")


def test_lists_folders_and_everything_below(target: tuple[Storage, str]) -> None:
    storage, root = target
    assert storage.folders(root) == []
    assert list(storage.objects(root)) == []
    storage.write(f"{root}/dt=2/hour=01/a", b"12345", None)
    storage.write(f"{root}/dt=1/hour=23/b", b"", None)
    storage.write(f"{root}-of-others/dt=9/c", b"", None)
    assert storage.folders(root) == ["dt=1", "dt=2"]
    assert storage.folders(f"{root}/dt=2") == ["hour=01"]
    assert [(one.uri, one.size) for one in storage.objects(root)] == [
        (f"{root}/dt=1/hour=23/b", 0),
        (f"{root}/dt=2/hour=01/a", 5),
    ]
    assert all(one.modified.tzinfo is not None for one in storage.objects(root))


def test_overwrites_only_the_version_that_was_read(target: tuple[Storage, str]) -> None:
    storage, root = target
    uri = f"{root}/manifest.txt"
    assert storage.read(uri) is None
    with pytest.raises(ObjectChangedError):
        storage.write(uri, b"over nothing", "tag")
    storage.write(uri, b"one", None)
    with pytest.raises(ObjectChangedError):
        storage.write(uri, b"two", None)
    found = storage.read(uri)
    assert found is not None
    storage.write(uri, b"two", found.etag)
    with pytest.raises(ObjectChangedError):
        storage.write(uri, b"three", found.etag)
    found = storage.read(uri)
    assert found is not None and found.body == b"two"


def test_deletes_more_than_one_call_takes(target: tuple[Storage, str]) -> None:
    storage, root = target
    uris = [f"{root}/dt=1/{number:04d}" for number in range(1001)]
    for uri in [*uris[:3], uris[-1]]:
        storage.write(uri, b"", None)
    storage.write(f"{root}/dt=2/kept", b"", None)
    storage.delete([*uris, f"{root}/dt=1/gone already"])
    assert [one.uri for one in storage.objects(root)] == [f"{root}/dt=2/kept"]
    assert storage.folders(root) == ["dt=2"]


def test_says_what_s3_refused_to_delete() -> None:
    class Refusing:
        def delete_objects(self, **_: Any) -> dict[str, Any]:
            return {"Errors": [{"Key": "history/a", "Message": "Access Denied"}]}

    with pytest.raises(OSError, match="1 objects, the first one s3://lake/history/a: Access Den"):
        S3Storage(Refusing()).delete(["s3a://lake/history/a"])


def test_opens_s3_in_the_region(mocked_aws: None) -> None:
    storage = open_storage("eu-west-1")
    client = boto3.client("s3", region_name="eu-west-1")
    client.create_bucket(
        Bucket="lake", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    storage.write("s3a://lake/a", b"1", None)
    assert storage.folders("s3a://lake") == []
    found = storage.read("s3a://lake/a")
    assert found is not None and found.body == b"1"
