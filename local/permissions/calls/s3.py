"""Requests to S3 as questions to IAM.

S3 user guide, "Required permissions for Amazon S3 API operations"; Service Authorization Reference.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from local.permissions.calls.call import Call
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

_KEY = re.compile(r"<Key>(.*?)</Key>", re.DOTALL)

# Condition keys that are headers of a request.
_HEADERS = (
    "x-amz-acl",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
)

# (method, subresource) of a bucket.
_OF_BUCKET = {
    ("GET", ""): "s3:ListBucket",
    ("HEAD", ""): "s3:ListBucket",
    ("GET", "location"): "s3:GetBucketLocation",
    ("GET", "uploads"): "s3:ListBucketMultipartUploads",
    ("GET", "versioning"): "s3:GetBucketVersioning",
    ("GET", "versions"): "s3:ListBucketVersions",
}

# (method, subresource) of an object.
_OF_OBJECT = {
    ("GET", ""): "s3:GetObject",
    ("HEAD", ""): "s3:GetObject",
    ("PUT", ""): "s3:PutObject",
    ("DELETE", ""): "s3:DeleteObject",
    ("GET", "versionId"): "s3:GetObjectVersion",
    ("HEAD", "versionId"): "s3:GetObjectVersion",
    ("DELETE", "versionId"): "s3:DeleteObjectVersion",
    # The parts of an upload.
    ("POST", "uploads"): "s3:PutObject",
    ("PUT", "uploadId"): "s3:PutObject",
    ("POST", "uploadId"): "s3:PutObject",
    ("DELETE", "uploadId"): "s3:AbortMultipartUpload",
    ("GET", "uploadId"): "s3:ListMultipartUploadParts",
    ("GET", "tagging"): "s3:GetObjectTagging",
    ("PUT", "tagging"): "s3:PutObjectTagging",
}

# What needs the customer key of an encrypted bucket. S3 user guide, "Protecting data with SSE-KMS":
# an upload in parts also decrypts, because S3 reads the parts again.
_KEY_USES = {
    "s3:GetObject": ("kms:Decrypt",),
    "s3:GetObjectVersion": ("kms:Decrypt",),
    "s3:PutObject": ("kms:GenerateDataKey",),
}
_KEY_USES_OF_PARTS = ("kms:Decrypt", "kms:GenerateDataKey")

_SUBRESOURCES = frozenset(name for _, name in (*_OF_BUCKET, *_OF_OBJECT) if name) | {"delete"}

# Parameters that change what is answered and not what has to be allowed.
_PARAMETERS = frozenset(
    {
        *("continuation-token", "delimiter", "encoding-type", "fetch-owner", "list-type", "marker"),
        *("max-keys", "prefix", "start-after", "key-marker", "max-uploads", "upload-id-marker"),
        *("max-parts", "part-number-marker", "partNumber", "version-id-marker", "x-id"),
    }
)


@dataclass(frozen=True)
class S3Request:
    """A request by path, as its head says it.

    Attributes:
        query: Parameters; a name without a value has the empty one.
        headers: By their names in small letters.
    """

    method: str
    bucket: str
    key: str
    query: Mapping[str, str]
    headers: Mapping[str, str]

    @classmethod
    def of(cls, method: str, target: str, headers: Mapping[str, str]) -> S3Request:
        """Reads method, target and headers."""
        parts = urlsplit(target)
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return cls(method, bucket, key, query, headers)

    @property
    def deletes_many(self) -> bool:
        """Whether the keys that it deletes are in its body."""
        return self.method == "POST" and not self.key and "delete" in self.query

    @property
    def reads_object(self) -> bool:
        """Whether S3's answer says if an object is there."""
        return self.method in ("GET", "HEAD") and bool(self.key) and not self._subresource

    @property
    def _subresource(self) -> str:
        found = sorted(_SUBRESOURCES & self.query.keys())
        return found[0] if found else ""


def calls_of(request: S3Request, place: Place, keys: Mapping[str, str]) -> Iterator[Call]:
    """Yields everything that has to be allowed, but for what is in a body.

    Args:
        request: The request.
        place: The run's.
        keys: ARNs of customer keys by ARN of their bucket.

    Raises:
        UnknownCall: Nobody has said what the request needs.
    """
    table = _OF_OBJECT if request.key else _OF_BUCKET
    known = (request.method, request._subresource)
    unknown = request.query.keys() - _SUBRESOURCES - _PARAMETERS
    if known not in table or not request.bucket or unknown:
        raise UnknownCall(f"S3's {request.method} with {sorted(request.query)}", "s3.py")
    bucket = bucket_arn(request.bucket)
    resource = f"{bucket}/{request.key}" if request.key else bucket
    action = table[known]
    yield Call(action, resource, _context(request))
    if "x-amz-tagging" in request.headers:
        yield Call("s3:PutObjectTagging", resource)
    source = unquote(request.headers.get("x-amz-copy-source", "")).lstrip("/").partition("?")[0]
    if source:
        yield Call("s3:GetObject", f"arn:aws:s3:::{source}")
        yield from _key_calls(("kms:Decrypt",), bucket_arn(source.split("/")[0]), place, keys)
    # A HEAD answers without decrypting anything.
    if request.method != "HEAD":
        yield from _key_calls(_key_uses(action, request), bucket, place, keys)


def deletions_of(request: S3Request, body: bytes) -> list[Call]:
    """Returns a call for each key that a request deletes."""
    found = (html.unescape(key) for key in _KEY.findall(body.decode()))
    return [Call("s3:DeleteObject", f"{bucket_arn(request.bucket)}/{key}") for key in found]


def call_that_tells_absence(request: S3Request) -> Call:
    """Returns what somebody must be allowed to be told that an object is not there.

    S3 answers 403 instead of 404 to who may not list the bucket (API reference, GetObject). The
    key counts as the listing's prefix: so AWS was found to behave (ceph/ceph PR 68577, kopia/kopia
    PR 3072); its documentation does not say.
    """
    return Call("s3:ListBucket", bucket_arn(request.bucket), {"s3:prefix": request.key})


def bucket_arn(name: str) -> str:
    """Returns the ARN of a bucket."""
    return f"arn:aws:s3:::{name}"


def _context(request: S3Request) -> dict[str, str]:
    found = {f"s3:{name}": request.headers[name] for name in _HEADERS if name in request.headers}
    if not request.key:
        for name in ("prefix", "delimiter", "max-keys"):
            if name in request.query:
                found[f"s3:{name}"] = request.query[name]
    return found


def _key_uses(action: str, request: S3Request) -> tuple[str, ...]:
    in_parts = not {"uploads", "uploadId"}.isdisjoint(request.query)
    if action == "s3:PutObject" and in_parts:
        return _KEY_USES_OF_PARTS
    return _KEY_USES.get(action, ())


def _key_calls(
    actions: tuple[str, ...], bucket: str, place: Place, keys: Mapping[str, str]
) -> Iterator[Call]:
    if bucket not in keys:
        return
    context = {
        "kms:viaservice": f"s3.{place.region}.amazonaws.com",
        # With a bucket key the context is the bucket's, not the object's.
        "kms:encryptioncontext:aws:s3:arn": bucket,
    }
    for action in actions:
        yield Call(action, keys[bucket], context)
