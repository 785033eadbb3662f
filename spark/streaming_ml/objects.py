"""The two small objects beside a checkpoint, on S3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PRECONDITION_FAILED = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
_ABSENT = {"NoSuchKey", "404", "NotFound"}


class ObjectChangedError(Exception):
    """Somebody else wrote the object since it was read."""


@dataclass(frozen=True)
class StoredObject:
    """An object's content and the tag that a conditional write needs."""

    body: bytes
    etag: str


class ControlObject:
    """One S3 object, read whole, written on condition that nobody else has.

    Args:
        client: boto3 client of S3.
        uri: `s3a://bucket/key` or `s3://bucket/key`.
    """

    def __init__(self, client: Any, uri: str) -> None:
        parts = urlsplit(uri)
        if parts.scheme not in ("s3", "s3a"):
            raise ValueError(
                f"The objects beside a checkpoint lie on S3: expected s3a://BUCKET/KEY, "
                f"received {uri}"
            )
        self.uri = uri
        self._client = client
        self._address = {"Bucket": parts.netloc, "Key": parts.path.lstrip("/")}

    def read(self) -> StoredObject | None:
        """Returns the object, None where there is none."""
        try:
            answer = self._client.get_object(**self._address)
        except self._client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise
        return StoredObject(answer["Body"].read(), answer["ETag"])

    def exists(self) -> bool:
        """Returns whether there is such an object."""
        try:
            self._client.head_object(**self._address)
        except self._client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return False
            raise
        return True

    def write(self, body: bytes, replacing: str | None) -> str:
        """Writes the object and returns its new tag.

        Args:
            body: Whole content.
            replacing: Tag of the version to replace; None where there must be none yet.

        Raises:
            ObjectChangedError: The object is another than `replacing` says.
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
        """Removes the object; none being there is fine."""
        self._client.delete_object(**self._address)
