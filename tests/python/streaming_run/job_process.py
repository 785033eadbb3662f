"""The streaming job as a process of its own session, started as an EMR step would be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.services.emr.spark_configuration import (
    EVENT_LOG_DIRECTORY,
    spark_defaults,
    write_configuration,
)
from tests.python.streaming_run.archives import files_below, kept_archive, write_archive
from tests.python.streaming_run.resources import LOCK_SUFFIX, STOP_SUFFIX, Resources

REPOSITORY = Path(__file__).resolve().parents[3]
JARS = REPOSITORY / ".local" / "jars"
JAVA_CLASSES = REPOSITORY / ".local" / "java"
JAVA_TESTS = REPOSITORY / ".local" / "java-tests"
KINESIS_CLIENT = REPOSITORY / ".local" / "kinesis-client"
PHONE_NUMBERS = REPOSITORY / ".local" / "phone-numbers" / "libphonenumber.jar"
ARCHIVES = REPOSITORY / ".local" / "archives"

# What is waited for is an object of S3 more often than not, which a job writes every few seconds.
_LOOK_SECONDS = 0.5

# The job's own classes and the libraries they use, for a JVM on this machine.
JAVA_CLASS_PATH = os.pathsep.join(map(str, (JAVA_CLASSES, KINESIS_CLIENT, PHONE_NUMBERS)))


@dataclass(frozen=True)
class JobSettings:
    """How the job is run.

    Attributes:
        generation: Generation of the checkpoint.
        trigger_seconds: Time between two micro-batches.
        freshness_seconds: How old an event may be when it becomes readable.
        deduplication_minutes: How long an event's key is remembered; 0 turns it off.
        restarts: Restarts within an hour.
        master: Spark's master.
        spark: More settings of Spark.
    """

    generation: str = "1"
    trigger_seconds: float = 1
    freshness_seconds: int = 3
    deduplication_minutes: int = 60
    restarts: int = 5
    master: str = "local[2]"
    spark: Mapping[str, str] | None = None


class JobProcess:
    """One run of `spark/streaming_job.py`.

    Args:
        folder: Takes logs, metrics and Spark's scratch files; one per process.
        resources: What the job reads and writes.
        environment: Leads AWS's SDKs to the emulator.
        settings: How it is run.
    """

    def __init__(
        self,
        folder: Path,
        resources: Resources,
        environment: Mapping[str, str],
        settings: JobSettings,
    ) -> None:
        self.folder = folder
        self.metrics = folder / "metrics.jsonl"
        folder.joinpath(EVENT_LOG_DIRECTORY).mkdir(parents=True)
        configuration = folder / "configuration"
        url = environment["AWS_ENDPOINT_URL_S3"]
        write_configuration(configuration, spark_defaults(JARS, url, "us-east-1", folder))
        jars = [
            write_archive(folder / "streaming-ml.jar", files_below(JAVA_CLASSES)),
            kept_archive(KINESIS_CLIENT, ARCHIVES),
            PHONE_NUMBERS,
        ]
        package = write_archive(folder / "streaming_ml.zip", _package_files())
        command = _submit_command(package, jars, resources, settings)
        with folder.joinpath("stdout").open("w") as out, folder.joinpath("stderr").open("w") as err:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env={
                    **environment,
                    "SPARK_CONF_DIR": str(configuration),
                    "SPARK_LOCAL_IP": "127.0.0.1",
                },
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def exit_code(self) -> int | None:
        """Exit code of the driver, None while it runs."""
        return self._process.poll()

    @property
    def session_id(self) -> int:
        """Id of the session, and of the process group, that the driver leads."""
        return self._process.pid

    def batches(self) -> list[dict[str, Any]]:
        """Returns the figures of the batches so far."""
        if not self.metrics.exists():
            return []
        lines = self.metrics.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def wait(self, seconds: float) -> int:
        """Waits for the end and returns the exit code."""
        return self._process.wait(seconds)

    def kill(self) -> None:
        """SIGKILL to the driver and everything of its session."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        _sweep_session(self._process.pid)

    def log(self) -> str:
        """Returns what Spark and then what the driver has said so far."""
        # PythonRunner sends the driver's standard error where its standard output goes.
        return "\n".join(self.folder.joinpath(name).read_text() for name in ("stderr", "stdout"))

    def tail(self) -> str:
        """Returns the last lines of the log, for a message."""
        return "\n".join(self.log().splitlines()[-20:])


def wait_until(condition: Any, seconds: float, job: JobProcess, what: str) -> None:
    """Waits for `condition`; fails with the job's log when it ends or the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if job.exit_code is not None:
            raise RuntimeError(
                f"The job ended with {job.exit_code} while waiting for {what}:\n{job.tail()}"
            )
        if time.monotonic() > deadline:
            raise RuntimeError(f"Waited {seconds} s for {what} without success:\n{job.tail()}")
        time.sleep(_LOOK_SECONDS)


def _sweep_session(session: int) -> None:
    # Spark's Python daemon has a process group of its own, but the driver's session.
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) == session:
                os.kill(int(entry.name), signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _package_files() -> Iterator[tuple[Path, str]]:
    package = REPOSITORY / "spark" / "streaming_ml"
    for path in sorted(package.rglob("*.py")):
        yield path, str(path.relative_to(package.parent))
    for path in sorted(REPOSITORY.joinpath("contracts").glob("*.json")):
        yield path, f"streaming_ml/contracts/{path.name}"


def _submit_command(
    package: Path, jars: Sequence[Path], resources: Resources, settings: JobSettings
) -> Sequence[str]:
    spark = {"spark.sql.shuffle.partitions": "2", **(settings.spark or {})}
    return [
        str(Path(sys.executable).with_name("spark-submit")),
        *("--master", settings.master, "--deploy-mode", "client", "--py-files", str(package)),
        *("--jars", ",".join(str(jar) for jar in jars)),
        *[part for name, value in spark.items() for part in ("--conf", f"{name}={value}")],
        str(REPOSITORY / "spark" / "streaming_job.py"),
        *("--stream", resources.stream, "--region", "us-east-1"),
        *("--source", "kinesis-ranges"),
        *("--contract", resources.contract_uri),
        *("--events-uri", resources.events_uri),
        *("--checkpoint-uri", resources.checkpoint_uri(settings.generation)),
        *("--lock-uri", f"{resources.checkpoint_uri(settings.generation)}{LOCK_SUFFIX}"),
        *("--stop-uri", f"{resources.checkpoint_uri(settings.generation)}{STOP_SUFFIX}"),
        *("--generation", settings.generation, "--spec-hash", "0123456789abcdef"),
        *("--trigger-seconds", str(settings.trigger_seconds)),
        *("--freshness-seconds", str(settings.freshness_seconds)),
        *("--deduplication-minutes", str(settings.deduplication_minutes)),
        *("--hash-key-secret", resources.hash_key_secret),
        *("--key-version", "1"),
        *("--quarantine-key-secret", resources.quarantine_key_secret),
        *("--quarantine-key-version", resources.quarantine_key_version),
        *("--metrics", "file:metrics.jsonl"),
        *("--restarts", str(settings.restarts)),
    ]
