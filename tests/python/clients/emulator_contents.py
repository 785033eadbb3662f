"""Prints the streams and buckets that the emulator still holds."""

from __future__ import annotations

import json

import boto3


def main() -> None:
    """Prints one JSON object."""
    streams = boto3.client("kinesis").list_streams()["StreamNames"]
    buckets = [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
    print(json.dumps({"streams": streams, "buckets": buckets}))


if __name__ == "__main__":
    main()
