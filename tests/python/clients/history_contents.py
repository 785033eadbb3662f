"""Compares a lake's history with the micro-batches it was made of, read as other teams would."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from typing import Any

import boto3
import pyarrow.parquet as pq


def main() -> None:
    """Prints one JSON object about the bucket given on the command line."""
    (bucket,) = sys.argv[1:]
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
    compacted = Counter(row for file in files for row in rows(client, bucket, file))
    written = Counter(row for key in sources for row in rows(client, bucket, key))
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


def rows(client: Any, bucket: str, key: str) -> list[tuple[Any, ...]]:
    """Returns what tells the rows of a file apart."""
    body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    columns = ["event_id", "label", "sequence_number"]
    table = pq.read_table(io.BytesIO(body), columns=columns, partitioning=None)
    return [tuple(row.values()) for row in table.to_pylist()]


if __name__ == "__main__":
    main()
