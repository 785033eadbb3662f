"""Whose a signature is."""

from __future__ import annotations

import boto3
import pytest
from botocore.awsrequest import AWSRequest

from local.permissions.credentials import (
    access_key_of,
    authorization_of,
    environment_of,
    role_of,
    signing_role,
)


def test_a_key_says_its_role() -> None:
    assert role_of(access_key_of("spark-instance-1a2b3c")) == "spark-instance-1a2b3c"
    assert role_of("local") is None


@pytest.mark.parametrize("service", ["s3", "kinesis"])
def test_an_sdks_signature_says_the_role(service: str) -> None:
    own = environment_of("spark")
    client = boto3.client(
        service,
        region_name="us-east-1",
        aws_access_key_id=own["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=own["AWS_SECRET_ACCESS_KEY"],
    )
    request = AWSRequest("GET", "http://127.0.0.1/", {})
    client._request_signer.sign("ListStreams", request)
    assert signing_role(str(request.headers["Authorization"])) == "spark"


def test_a_service_that_checks_nothing_is_told_the_role() -> None:
    assert signing_role(authorization_of("spark", "us-east-1", "sagemaker")) == "spark"
    assert signing_role("") is None
    assert signing_role("AWS4-HMAC-SHA256 Credential=local/20260101/x/s3/aws4_request") is None
