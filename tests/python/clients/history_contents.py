"""Compares a lake's history with the micro-batches it was made of, read as other teams would."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

import boto3

from local.audit.parquet_rows import parquet_rows
from local.events.contracts import workload_contract
from local.events.identity import EventIdentity


def main() -> None:
    """Prints one JSON object about the bucket given on the command line, and its workload."""
    bucket, workload = sys.argv[1:]
    columns = columns_of(workload)
    client = boto3.client("s3")
    listed = [
        line
        for key in keys(client, bucket, "history/manifests/")
        for line in text(client, bucket, key)
    ]
    files = [line.removeprefix(f"s3://{bucket}/") for line in listed]
    versions = {file.rpartition("/")[0] for file in files}
    covered = {
        batch
        for version in versions
        for batch in json.loads("".join(text(client, bucket, f"{version}/_sources.json")))[
            "batches"
        ]
    }
    sources = [
        key
        for key in keys(client, bucket, "events/status=valid/")
        if key.endswith(".parquet") and key.split("/batch=")[1].split("/")[0] in covered
    ]
    compacted = Counter(row for file in files for row in rows(client, bucket, file, columns))
    written = Counter(row for key in sources for row in rows(client, bucket, key, columns))
    print(
        json.dumps(
            {
                "rows": compacted.total(),
                "doubled": sum(count - 1 for count in compacted.values()),
                "missing": (written - compacted).total(),
                "unknown": (compacted - written).total(),
                "files": len(files),
                "filesBefore": len(sources),
            }
        )
    )


def keys(client: Any, bucket: str, prefix: str) -> list[str]:
    """Returns every key below a prefix."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [item["Key"] for page in pages for item in page.get("Contents", [])]


def text(client: Any, bucket: str, key: str) -> list[str]:
    """Returns the lines of an object."""
    body: bytes = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    return body.decode().splitlines()


def columns_of(workload: str) -> list[str]:
    """Returns the columns that tell the rows of a lake apart."""
    identity = EventIdentity(workload_contract(workload))
    fields = [*identity.fields, *([identity.label] if identity.label else [])]
    return [*(field.column for field in fields), "sequence_number"]


def rows(client: Any, bucket: str, key: str, columns: list[str]) -> list[tuple[Any, ...]]:
    """Returns what tells the rows of a file apart."""
    body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    return [tuple(row[one] for one in columns) for row in parquet_rows(body, columns)]


if __name__ == "__main__":
    main()
