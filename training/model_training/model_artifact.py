"""Model artifacts (`model.tar.gz`): fetched, unpacked, and asked for predictions."""

from __future__ import annotations

import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import tensorflow as tf

from model_training.problems import InputError
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.serving import SIGNATURE

_POSTS_AT_ONCE = 256


def unpack(artifact: Path, directory: Path) -> Path:
    """Unpacks a model artifact.

    Args:
        artifact: A `model.tar.gz`.
        directory: Where to; it is created.

    Returns:
        The folder of the highest version in it, which holds `saved_model.pb`.

    Raises:
        InputError: The artifact is missing, is no archive, or holds no servable version.
    """
    directory.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(artifact, mode="r:gz") as archive:
            # Refuses absolute paths, links outside and devices: artifacts come from a registry.
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
            f"The model artifact {artifact} holds no <number>/saved_model.pb, "
            f"only {sorted(entry.name for entry in directory.iterdir())}."
        )
    return max(versions, key=lambda entry: int(entry.name))


def find_artifact(directory: Path) -> Path:
    """Returns the one archive of a folder.

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
        InputError: The URI is not one of S3.
    """
    address = urlparse(uri)
    key = address.path.lstrip("/")
    if address.scheme != "s3" or not address.netloc or not key:
        raise InputError(f"Expected a model artifact at s3://bucket/key, received {uri!r}.")
    destination.parent.mkdir(parents=True, exist_ok=True)
    s3.download_file(address.netloc, key, str(destination))
    return destination


def predict(saved_model: Path, texts: Sequence[str]) -> list[int]:
    """Asks an exported model for the class of every text, by the signature that is served.

    Returns:
        Per text the index of its class in `LABELS`.

    Raises:
        InputError: The model does not take `text` and return one of the labels.
    """
    loaded = tf.saved_model.load(str(saved_model))
    signature = loaded.signatures.get(SIGNATURE)
    if signature is None or "label" not in signature.structured_outputs:
        raise InputError(
            f"The model in {saved_model} needs a signature {SIGNATURE} that returns label; "
            f"it has {sorted(loaded.signatures)}."
        )
    classes: list[int] = []
    for start in range(0, len(texts), _POSTS_AT_ONCE):
        batch = tf.constant(texts[start : start + _POSTS_AT_ONCE])
        for label in signature(text=batch)["label"].numpy():
            name = label.decode()
            if name not in LABELS:
                raise InputError(
                    f"The model in {saved_model} answered {name!r}, "
                    f"which is none of {', '.join(LABELS)}."
                )
            classes.append(LABELS.index(name))
    return classes
