"""Copies folders between S3 and this machine. Blocks; the services call it in threads."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.services.storage.s3_uri import S3Uri, relative_name


class StorageError(Exception):
    """An object could not be read or written; the message names it."""


class ObjectStore:
    """S3 at the address in the standard endpoint variables."""

    def __init__(self, environment: Mapping[str, str], region: str) -> None:
        """Takes the address from the given environment."""
        self._environment = environment
        self._region = region
        self._others: dict[str, ObjectStore] = {}
        endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")
        self._connected: Any = endpoint and boto3.client(
            "s3",
            region_name=region,
            endpoint_url=endpoint,
            aws_access_key_id=environment.get("AWS_ACCESS_KEY_ID", "local"),
            aws_secret_access_key=environment.get("AWS_SECRET_ACCESS_KEY", "local"),
        )

    def of(self, credentials: Mapping[str, str]) -> ObjectStore:
        """Returns a store with other credentials; without any, this store."""
        if not credentials:
            return self
        key = credentials["AWS_ACCESS_KEY_ID"]
        if key not in self._others:
            environment = {**self._environment, **credentials}
            self._others[key] = ObjectStore(environment, self._region)
        return self._others[key]

    @property
    def _client(self) -> Any:
        # Without an endpoint boto3 would call AWS, which a local run must not do.
        if not self._connected:
            raise StorageError("There is no stand-in for S3: AWS_ENDPOINT_URL is not set.")
        return self._connected

    def download_prefix(self, uri: str, directory: Path) -> int:
        """Copies every object below a prefix into a folder; returns how many.

        Raises:
            StorageError: There is no such object, or it cannot be read.
        """
        source = _parse(uri)
        directory.mkdir(parents=True, exist_ok=True)
        count = 0
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=source.bucket, Prefix=source.key
            )
            for item in (entry for found in pages for entry in found.get("Contents", [])):
                name = relative_name(item["Key"], source.key)
                if name is None:
                    continue
                target = directory / name
                target.parent.mkdir(parents=True, exist_ok=True)
                self._client.download_file(source.bucket, item["Key"], str(target))
                count += 1
        except (BotoCoreError, ClientError) as error:
            raise StorageError(f"Reading {uri} failed: {error}.") from error
        if count == 0:
            raise StorageError(f"No S3 objects found under S3 URL {uri}.")
        return count

    def upload_directory(self, directory: Path, uri: str) -> int:
        """Copies every file below a folder under a prefix; returns how many."""
        files = sorted(path for path in directory.rglob("*") if path.is_file())
        for path in files:
            self.upload_file(path, str(_parse(uri).child(path.relative_to(directory).as_posix())))
        return len(files)

    def upload_file(self, path: Path, uri: str) -> None:
        """Copies one file to an address."""
        target = _parse(uri)
        try:
            self._client.upload_file(str(path), target.bucket, target.key)
        except (BotoCoreError, ClientError, boto3.exceptions.S3UploadFailedError) as error:
            raise StorageError(f"Writing {uri} failed: {error}.") from error

    def write_text(self, text: str, uri: str) -> None:
        """Writes one object."""
        target = _parse(uri)
        try:
            self._client.put_object(Bucket=target.bucket, Key=target.key, Body=text.encode())
        except (BotoCoreError, ClientError) as error:
            raise StorageError(f"Writing {uri} failed: {error}.") from error

    def upload_archive(self, directory: Path, archive: Path, uri: str) -> None:
        """Packs the contents of a folder as a tar.gz, and uploads it."""
        archive.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
            for path in sorted(directory.iterdir()):
                tar.add(path, arcname=path.name)
        self.upload_file(archive, uri)

    def download_archive(self, uri: str, directory: Path) -> None:
        """Unpacks a tar.gz into a folder.

        Raises:
            StorageError: It does not exist, is not a tar.gz, or has names outside of the folder.
        """
        packed = directory.with_name(f"{directory.name}.tar.gz")
        source = _parse(uri)
        packed.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._client.download_file(source.bucket, source.key, str(packed))
            with tarfile.open(packed, "r:gz") as tar:
                tar.extractall(directory, filter="data")
        except (BotoCoreError, ClientError) as error:
            raise StorageError(f"Reading {uri} failed: {error}.") from error
        except (tarfile.TarError, OSError) as error:
            raise StorageError(f"{uri} is not a tar.gz that can be unpacked: {error}.") from error
        finally:
            packed.unlink(missing_ok=True)


def _parse(uri: str) -> S3Uri:
    try:
        return S3Uri.parse(uri)
    except ValueError as error:
        raise StorageError(str(error)) from error
