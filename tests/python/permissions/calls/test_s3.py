"""Requests to S3 as questions to IAM."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.permissions.calls.call import Call
from local.permissions.calls.s3 import (
    S3Request,
    call_that_tells_absence,
    calls_of,
    deletions_of,
)
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

PLACE = Place(Path("unused"))
BUCKET = "arn:aws:s3:::lake"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1"


def _asked(
    method: str, target: str, encrypted: bool = False, **headers: str
) -> list[tuple[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = S3Request.of(method, target, named)
    keys = {BUCKET: KEY} if encrypted else {}
    return [(call.action, call.resource) for call in calls_of(request, PLACE, keys)]


@pytest.mark.parametrize(
    ("method", "target", "action", "resource"),
    [
        ("GET", "/lake?list-type=2&prefix=a%2F", "s3:ListBucket", BUCKET),
        ("GET", "/lake/?prefix=a", "s3:ListBucket", BUCKET),
        ("HEAD", "/lake", "s3:ListBucket", BUCKET),
        ("GET", "/lake?location", "s3:GetBucketLocation", BUCKET),
        ("GET", "/lake?uploads=&prefix=a", "s3:ListBucketMultipartUploads", BUCKET),
        ("GET", "/lake/a/b%20c?x-id=GetObject", "s3:GetObject", f"{BUCKET}/a/b c"),
        ("HEAD", "/lake/a", "s3:GetObject", f"{BUCKET}/a"),
        ("GET", "/lake/a?versionId=1", "s3:GetObjectVersion", f"{BUCKET}/a"),
        ("PUT", "/lake/a", "s3:PutObject", f"{BUCKET}/a"),
        ("DELETE", "/lake/a", "s3:DeleteObject", f"{BUCKET}/a"),
        ("POST", "/lake/a?uploads", "s3:PutObject", f"{BUCKET}/a"),
        ("PUT", "/lake/a?partNumber=1&uploadId=2", "s3:PutObject", f"{BUCKET}/a"),
        ("POST", "/lake/a?uploadId=2", "s3:PutObject", f"{BUCKET}/a"),
        ("DELETE", "/lake/a?uploadId=2", "s3:AbortMultipartUpload", f"{BUCKET}/a"),
        ("GET", "/lake/a?uploadId=2", "s3:ListMultipartUploadParts", f"{BUCKET}/a"),
    ],
)
def test_each_request_asks_for_its_action(
    method: str, target: str, action: str, resource: str
) -> None:
    assert _asked(method, target) == [(action, resource)]


@pytest.mark.parametrize(
    ("method", "target", "uses"),
    [
        ("GET", "/lake/a", ["kms:Decrypt"]),
        ("HEAD", "/lake/a", []),
        ("PUT", "/lake/a", ["kms:GenerateDataKey"]),
        ("PUT", "/lake/a?partNumber=1&uploadId=2", ["kms:Decrypt", "kms:GenerateDataKey"]),
        ("POST", "/lake/a?uploadId=2", ["kms:Decrypt", "kms:GenerateDataKey"]),
        ("DELETE", "/lake/a?uploadId=2", []),
        ("GET", "/lake?prefix=a", []),
    ],
)
def test_the_key_of_an_encrypted_bucket_is_used_with_its_objects(
    method: str, target: str, uses: list[str]
) -> None:
    assert _asked(method, target, encrypted=True)[1:] == [(use, KEY) for use in uses]


def test_a_key_is_used_through_s3_for_the_bucket() -> None:
    (_, use) = calls_of(S3Request.of("GET", "/lake/a", {}), PLACE, {BUCKET: KEY})
    assert use.context == {
        "kms:viaservice": "s3.us-east-1.amazonaws.com",
        "kms:encryptioncontext:aws:s3:arn": BUCKET,
    }


def test_a_copy_reads_its_source_too() -> None:
    found = _asked(
        "PUT", "/lake/a", encrypted=True, x_amz_copy_source="/lake/old%20one?versionId=1"
    )
    assert found == [
        ("s3:PutObject", f"{BUCKET}/a"),
        ("s3:GetObject", f"{BUCKET}/old one"),
        ("kms:Decrypt", KEY),
        ("kms:GenerateDataKey", KEY),
    ]


def test_tags_of_an_object_are_another_action() -> None:
    assert _asked("PUT", "/lake/a", x_amz_tagging="k=v") == [
        ("s3:PutObject", f"{BUCKET}/a"),
        ("s3:PutObjectTagging", f"{BUCKET}/a"),
    ]


def test_what_is_listed_and_how_objects_are_encrypted_are_conditions() -> None:
    request = S3Request.of("GET", "/lake?prefix=events%2F&delimiter=%2F&max-keys=2", {})
    (call,) = calls_of(request, PLACE, {})
    assert call.context == {"s3:prefix": "events/", "s3:delimiter": "/", "s3:max-keys": "2"}
    everything = S3Request.of("GET", "/lake?prefix=", {})
    assert next(iter(calls_of(everything, PLACE, {}))).context == {"s3:prefix": ""}
    headers = {"x-amz-server-side-encryption": "AES256", "content-type": "text/plain"}
    (put,) = calls_of(S3Request.of("PUT", "/lake/a?prefix=x", headers), PLACE, {})
    assert put.context == {"s3:x-amz-server-side-encryption": "AES256"}


@pytest.mark.parametrize(
    ("method", "target"),
    [("GET", "/"), ("PUT", "/lake"), ("PATCH", "/lake/a"), ("PUT", "/lake?acl")],
)
def test_a_request_that_nobody_knows_is_an_error(method: str, target: str) -> None:
    with pytest.raises(UnknownCall, match=f"S3's {method} .*calls/s3.py"):
        _asked(method, target)


def test_every_key_that_is_deleted_is_asked_for() -> None:
    request = S3Request.of("POST", "/lake?delete=", {})
    assert request.deletes_many
    body = b"<Delete><Object><Key>a&amp;b</Key></Object><Object><Key>c/d</Key></Object></Delete>"
    assert deletions_of(request, body) == [
        Call("s3:DeleteObject", f"{BUCKET}/a&b"),
        Call("s3:DeleteObject", f"{BUCKET}/c/d"),
    ]


def test_absence_is_told_to_who_may_list_the_key() -> None:
    request = S3Request.of("HEAD", "/lake/a/b", {})
    assert request.reads_object
    assert call_that_tells_absence(request) == Call("s3:ListBucket", BUCKET, {"s3:prefix": "a/b"})
    assert not S3Request.of("GET", "/lake?prefix=a", {}).reads_object
    assert not S3Request.of("PUT", "/lake/a", {}).reads_object
