"""What stands in for AWS under a streaming job: the emulator and the S3 server."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from local.emulator.options import CONTROL_PATH
from tests.python.streaming_run.service import Service


class Emulator:
    """Kinesis and Secrets Manager by one process, S3 by another, on ports of this machine.

    Args:
        log: File that takes what both say; the objects lie in a folder beside it.
        port: Of Kinesis and Secrets Manager; 0 takes a free one.
        storage_port: Of S3; 0 takes a free one.
        options: How the stream behaves at first, as local/README.md says.
    """

    def __init__(
        self,
        log: Path,
        port: int = 0,
        storage_port: int = 0,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        chosen = () if options is None else ("--options", json.dumps(options))
        self.streams = Service("local.emulator", log, port, chosen)
        try:
            self.storage = Service(
                "local.object_storage",
                log,
                storage_port,
                ("--directory", str(log.parent / "object-storage")),
                local_environment(self.streams.url, ""),
            )
        except RuntimeError:
            self.streams.stop()
            raise

    @property
    def url(self) -> str:
        """Where everything but S3 is."""
        return self.streams.url

    @property
    def storage_url(self) -> str:
        """Where S3 is."""
        return self.storage.url

    def environment(self) -> dict[str, str]:
        """Environment variables that lead AWS's SDKs to both."""
        return local_environment(self.url, self.storage_url)

    def change(self, **options: Any) -> dict[str, Any]:
        """Changes how the stream behaves, or moves its clock, as local/README.md says.

        Returns:
            Options, clock, and what was asked of the stream so far.
        """
        request = urllib.request.Request(self.url + CONTROL_PATH, json.dumps(options).encode())
        with urllib.request.urlopen(request) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def stop(self) -> None:
        """Ends both; the streams' records go with it, the objects stay in their folder."""
        self.storage.stop()
        self.streams.stop()

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def local_environment(
    url: str, storage_url: str, inherited: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Returns an environment whose AWS clients speak to `url`, those of S3 to `storage_url`."""
    kept = {name: value for name, value in inherited.items() if not name.startswith("AWS_")}
    return {
        **kept,
        "AWS_ENDPOINT_URL": url,
        "AWS_ENDPOINT_URL_S3": storage_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYSPARK_PYTHON": sys.executable,
    }
