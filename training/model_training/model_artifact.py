"""Finds, downloads and unpacks model artifacts (`model.tar.gz`)."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from model_training.problems import InputError

# HeadObject, which precedes a download, returns only the status.
_MISSING = {"404", "NoSuchBucket", "NoSuchKey"}


def unpack(artifact: Path, directory: Path) -> Path:
    """Unpacks a model artifact.

    Args:
        artifact: A `model.tar.gz`.
        directory: The folder to unpack it into; it is created.

    Returns:
        The folder of the highest version in it, with `saved_model.pb`.

    Raises:
        InputError: The artifact is missing, is not an archive, or has no version to serve.
    """
    directory.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(artifact, mode="r:gz") as archive:
            # The filter refuses absolute paths, links outside the folder and devices.
            archive.extractall(directory, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        raise InputError(f"The model artifact {artifact} cannot be unpacked: {error}.") from error
    versions = [
        entry
        for entry in directory.iterdir()
        if entry.name.isdecimal() and (entry / "saved_model.pb").is_file()
    ]
    if not versions:
        raise InputError(
            f"The model artifact {artifact} has no <number>/saved_model.pb, "
            f"only {sorted(entry.name for entry in directory.iterdir())}."
        )
    return max(versions, key=lambda entry: int(entry.name))


def find_artifact(directory: Path) -> Path:
    """Returns the only archive of a folder.

    Raises:
        InputError: There is none, or more than one.
    """
    found = sorted(directory.glob("*.tar.gz"))
    if len(found) != 1:
        raise InputError(
            f"Expected one model.tar.gz in {directory}, found {[path.name for path in found]}."
        )
    return found[0]


def fetch(uri: str, s3: Any, destination: Path) -> Path:
    """Downloads a model artifact.

    Args:
        uri: `s3://bucket/key`.
        s3: A boto3 client.
        destination: The file to write.

    Raises:
        InputError: The URI is not an S3 URI, or there is no such object.
    """
    address = urlparse(uri)
    key = address.path.lstrip("/")
    if address.scheme != "s3" or not address.netloc or not key:
        raise InputError(f"Expected a model artifact at s3://bucket/key, received {uri!r}.")
    destination.parent.mkdir(parents=True, exist_ok=True)
    try:
        s3.download_file(address.netloc, key, str(destination))
    except s3.exceptions.ClientError as error:
        # Any other error, such as a missing permission, must not be mistaken for a missing model.
        if error.response["Error"]["Code"] not in _MISSING:
            raise
        raise InputError(f"There is no model artifact at {uri}.") from error
    return destination
