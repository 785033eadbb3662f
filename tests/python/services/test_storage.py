"""S3 addresses and the way objects become files."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest

from local.services.storage.object_store import ObjectStore, StorageError
from local.services.storage.s3_uri import S3Uri, relative_name


@pytest.mark.parametrize("scheme", ["s3", "s3a", "s3n"])
def test_schemes_mean_the_same(scheme: str) -> None:
    assert S3Uri.parse(f"{scheme}://bucket/a/b") == S3Uri("bucket", "a/b")


@pytest.mark.parametrize("uri", ["http://bucket/a", "s3:bucket/a", "s3://", "bucket/a"])
def test_other_addresses_are_refused(uri: str) -> None:
    with pytest.raises(ValueError, match='Expected an address like "s3://bucket/key"'):
        S3Uri.parse(uri)


@pytest.mark.parametrize("key", ["a", "a/"])
def test_child_is_below(key: str) -> None:
    assert str(S3Uri("bucket", key).child("b/c")) == "s3://bucket/a/b/c"
    assert str(S3Uri("bucket", "").child("b")) == "s3://bucket/b"


@pytest.mark.parametrize(
    ("key", "prefix", "name"),
    [
        ("set/train/a.json", "set/train/", "a.json"),
        ("set/train/x/a.json", "set/train", "x/a.json"),
        ("code/evaluate.py", "code/evaluate.py", "evaluate.py"),
        ("set/train-2/a.json", "set/train", "train-2/a.json"),
        ("a.json", "", "a.json"),
        ("set/train/", "set/train/", None),
        ("set/../secret", "set/", None),
    ],
)
def test_object_of_a_prefix_becomes_a_file(key: str, prefix: str, name: str | None) -> None:
    found = relative_name(key, prefix)
    assert (None if found is None else str(found)) == name


@pytest.fixture
def store(emulator: str, client: Any) -> ObjectStore:
    client("s3").create_bucket(Bucket="files")
    return ObjectStore({"AWS_ENDPOINT_URL": emulator}, "us-east-1")


def test_folder_is_uploaded_and_downloaded(store: ObjectStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.joinpath("sub").mkdir(parents=True)
    source.joinpath("a.txt").write_text("a")
    source.joinpath("sub", "b.txt").write_text("b")
    assert store.upload_directory(source, "s3://files/folder") == 2
    assert store.download_prefix("s3://files/folder", tmp_path / "target") == 2
    assert tmp_path.joinpath("target/a.txt").read_text() == "a"
    assert tmp_path.joinpath("target/sub/b.txt").read_text() == "b"


def test_archive_has_the_contents_without_the_folder(store: ObjectStore, tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.joinpath("1").mkdir(parents=True)
    model.joinpath("1", "saved_model.pb").write_text("model")
    store.upload_archive(model, tmp_path / "packed" / "model.tar.gz", "s3://files/model.tar.gz")
    store.download_archive("s3://files/model.tar.gz", tmp_path / "unpacked")
    assert tmp_path.joinpath("unpacked/1/saved_model.pb").read_text() == "model"
    assert not tmp_path.joinpath("unpacked.tar.gz").exists()


def test_archive_that_leaves_its_folder_is_refused(
    store: ObjectStore, client: Any, tmp_path: Path
) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../outside"), io.BytesIO())
    client("s3").put_object(Bucket="files", Key="evil.tar.gz", Body=packed.getvalue())
    with pytest.raises(StorageError, match="evil.tar.gz is not a tar.gz that can be unpacked"):
        store.download_archive("s3://files/evil.tar.gz", tmp_path / "unpacked")
    assert not tmp_path.joinpath("outside").exists()


def test_empty_prefix_is_an_error_that_names_it(store: ObjectStore, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No S3 objects found under S3 URL s3://files/none/"):
        store.download_prefix("s3://files/none/", tmp_path)


def test_without_a_stand_in_aws_is_not_called(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="AWS_ENDPOINT_URL is not set"):
        ObjectStore({}, "us-east-1").download_prefix("s3://files/a", tmp_path)
