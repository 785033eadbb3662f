"""Reads a lake's quarantine as somebody would who may: every refused record, decrypted."""

from __future__ import annotations

import base64
import json
import sys

import boto3

from local.audit.parquet_rows import parquet_rows
from local.audit.quarantine import QuarantineKeys


def main() -> None:
    """Prints one JSON list of partition key and data (base64), sorted.

    The command line names the bucket and the ARN of the key's secret.
    """
    bucket, secret = sys.argv[1:]
    client = boto3.client("s3")
    keys = QuarantineKeys(boto3.client("secretsmanager"), secret)
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix="events/status=quarantined/"
    )
    names = [item["Key"] for page in pages for item in page.get("Contents", [])]
    found = []
    for name in names:
        if name.endswith(".parquet"):
            body = client.get_object(Bucket=bucket, Key=name)["Body"].read()
            for row in parquet_rows(body):
                version = row["key_version"]
                data = base64.b64encode(keys.decrypt(row["raw"], version)).decode()
                found.append([keys.decrypt_text(row["partition_key"], version), data])
    print(json.dumps(sorted(found)))


if __name__ == "__main__":
    main()
