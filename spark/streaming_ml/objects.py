"""Single S3 objects that are written on a condition, such as a checkpoint's lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PRECONDITION_FAILED = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
_ABSENT = {"NoSuchKey", "404", "NotFound"}


class ObjectChangedError(Exception):
    """Another writer has changed the object since it was read."""


@dataclass(frozen=True)
class StoredObject:
    """An object's content and its ETag, for a conditional write."""

    body: bytes
    etag: str


class ControlObject:
    """One S3 object; a write fails if another writer has changed it.

    Args:
        client: boto3 client of S3.
        uri: `s3a://bucket/key` or `s3://bucket/key`.
    """

    def __init__(self, client: Any, uri: str) -> None:
        parts = urlsplit(uri)
        if parts.scheme not in ("s3", "s3a"):
            raise ValueError(
                f"The lock and the stop marker must be on S3: expected s3a://BUCKET/KEY, received "
                f"{uri}"
            )
        self.uri = uri
        self._client = client
        self._address = {"Bucket": parts.netloc, "Key": parts.path.lstrip("/")}

    def read(self) -> StoredObject | None:
        """Returns the object; None if there is none."""
        try:
            answer = self._client.get_object(**self._address)
        except self._client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise
        return StoredObject(answer["Body"].read(), answer["ETag"])

    def exists(self) -> bool:
        """Returns whether the object exists."""
        try:
            self._client.head_object(**self._address)
        except self._client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return False
            raise
        return True

    def write(self, body: bytes, replacing: str | None) -> str:
        """Writes the object and returns its new ETag.

        Args:
            body: The whole content.
            replacing: ETag of the version to replace; None: the object must not exist yet.

        Raises:
            ObjectChangedError: The current version is not `replacing`.
        """
        condition = {"IfNoneMatch": "*"} if replacing is None else {"IfMatch": replacing}
        try:
            answer = self._client.put_object(
                **self._address, Body=body, ContentType="application/json", **condition
            )
        except self._client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in PRECONDITION_FAILED | _ABSENT:
                raise ObjectChangedError(f"{self.uri} was changed by another writer.") from error
            raise
        return str(answer["ETag"])

    def delete(self) -> None:
        """Deletes the object if it exists."""
        self._client.delete_object(**self._address)
