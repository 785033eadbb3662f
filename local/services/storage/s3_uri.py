"""S3 addresses, and the files for the keys below a prefix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

SCHEMES = ("s3", "s3a", "s3n")


@dataclass(frozen=True)
class S3Uri:
    """A bucket and a key, or the beginning of a key."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> S3Uri:
        """Parses ``s3://bucket/key``, also with s3a or s3n.

        Raises:
            ValueError: It is not an S3 address.
        """
        scheme, separator, rest = uri.partition("://")
        bucket, _, key = rest.partition("/")
        if scheme not in SCHEMES or not separator or not bucket:
            raise ValueError(f'Expected an address like "s3://bucket/key", received "{uri}".')
        return cls(bucket, key)

    def child(self, name: str) -> S3Uri:
        """Returns the address of a name below this one."""
        return S3Uri(self.bucket, f"{self.key.rstrip('/')}/{name}".lstrip("/"))

    def __str__(self) -> str:
        """Returns the address as SageMaker writes it."""
        return f"s3://{self.bucket}/{self.key}"


def relative_name(key: str, prefix: str) -> PurePosixPath | None:
    """Returns the path of an object below the folder to which its prefix is copied.

    SageMaker's S3Prefix is the beginning of a key, not a folder: an exact match is one file; for
    a prefix that ends in the middle of a name, paths are relative to the folder of that name.

    Returns:
        A path without ``..``; None for objects that some tools create for folders, and for names
        that would leave the folder.
    """
    if key.endswith("/"):
        return None
    if key == prefix:
        name = PurePosixPath(key).name
    elif prefix == "" or prefix.endswith("/") or key[len(prefix)] == "/":
        name = key[len(prefix) :].lstrip("/")
    else:
        name = key[prefix.rfind("/") + 1 :]
    path = PurePosixPath(name)
    return None if ".." in path.parts else path
