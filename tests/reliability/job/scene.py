"""One stream, one lake and a streaming job between two proxies that can be made to fail."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from local.audit.accounting import Account, account
from local.audit.identities import LakeIdentities
from local.audit.lake_rows import LakeReader, LakeRow
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import SentRecord as SentLine
from local.audit.sent_records import read_sent_records
from local.events.contracts import EventContract, stack_workload, workload_contract
from local.events.crowd import Crowd
from local.events.sent_record import SentRecord
from tests.python.streaming_run.emulator import Emulator
from tests.python.streaming_run.job_process import JobProcess, JobSettings, wait_until
from tests.python.streaming_run.resources import (
    client,
    create_resources,
    read_lock,
    request_stop,
    with_contract,
)
from tests.python.streaming_run.sending import send
from tests.reliability.faults.proxy import FaultProxy
from tests.reliability.job.load import meanwhile
from tests.reliability.job.spark_history import remove_executors_folder

_ENDPOINT = "AWS_ENDPOINT_URL"
_STORAGE_ENDPOINT = "AWS_ENDPOINT_URL_S3"
_READY_SECONDS = 600
_STOP_SECONDS = 180
_LOOK_SECONDS = 1.0

# Failures that are caused on purpose must not use up the restarts of an hour.
SETTINGS = JobSettings(restarts=100)


def say(text: str) -> None:
    """Prints a line of progress."""
    print(text, file=sys.stderr, flush=True)


class Scene:
    """The stream, the lake, and whatever runs between them.

    The job reaches both services through proxies; the drill itself reaches them directly, so that
    it can look while the job cannot.

    Args:
        folder: Takes logs and manifests.
        settings: How jobs are run unless said otherwise.
        shards: Of the stream, to begin with.
        stream_options: How the stream behaves at first, as local/README.md says.
        contract: What an event is; absent: that of the local stack's workload.
    """

    def __init__(
        self,
        folder: Path,
        settings: JobSettings = SETTINGS,
        shards: int = 2,
        stream_options: Mapping[str, float] | None = None,
        contract: EventContract | None = None,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.manifest = folder / "sent.jsonl"
        self.crowd = Crowd(contract or workload_contract(stack_workload()))
        self.identities = LakeIdentities(self.crowd.contract)
        self.jobs: list[JobProcess] = []
        self._shards = shards
        self._stream_options = stream_options
        self._given_up: set[tuple[str, ...]] = set()
        self._closing: list[Callable[[], None]] = []

    def __enter__(self) -> Scene:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manifest.touch()
        try:
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _open(self) -> None:
        self.emulator = Emulator(self.folder / "emulator.log", options=self._stream_options)
        self._closing.append(self.emulator.stop)
        self.environment = self.emulator.environment()
        self.resources = create_resources(self.environment, self._shards, self.crowd.contract.text)
        self.streams = FaultProxy(self.environment[_ENDPOINT])
        self._closing.append(self.streams.close)
        self.storage = FaultProxy(self.environment.get(_STORAGE_ENDPOINT, self.streams.url))
        self._closing.append(self.storage.close)
        keys = QuarantineKeys(
            client("secretsmanager", self.environment), self.resources.quarantine_key_secret
        )
        storage = client("s3", self.environment)
        self.lake = LakeReader(storage, self.resources.events_uri, keys, self.identities)

    def _close(self) -> None:
        for job in self.jobs:
            job.kill()
            remove_executors_folder(job)
        while self._closing:
            self._closing.pop()()

    @property
    def job(self) -> JobProcess:
        """The job that was started last."""
        return self.jobs[-1]

    def start_job(self, **changes: Any) -> JobProcess:
        """Starts a driver on the checkpoint, with `changes` of its settings; does not wait."""
        environment = {
            **self.environment,
            _ENDPOINT: self.streams.url,
            _STORAGE_ENDPOINT: self.storage.url,
        }
        job = JobProcess(
            self.folder / f"job-{len(self.jobs) + 1}",
            self.resources,
            environment,
            dataclasses.replace(self.settings, **changes),
        )
        self.jobs.append(job)
        return job

    def lock(self) -> Any:
        """Content of the lock object, None while there is none."""
        return read_lock(self.environment, self.resources, self.settings.generation)

    def completed_triggers(self) -> int:
        """Triggers the present holder of the lock has completed."""
        return int((self.lock() or {}).get("completedTriggers", 0))

    def begin_generation(self, generation: str) -> None:
        """Gives later jobs another checkpoint; the one of now is left as it is."""
        self.settings = dataclasses.replace(self.settings, generation=generation)

    def change_contract(self, contract: EventContract) -> None:
        """Gives later jobs another contract, whose events have the same identity and label."""
        self.resources = with_contract(self.environment, self.resources, contract.text)

    def stream_activity(self) -> dict[str, dict[str, int]]:
        """Returns what was asked of the stream so far, by shard: see the emulator's `Activity`."""
        found: dict[str, dict[str, int]] = self.emulator.change()["streams"][self.resources.stream]
        return found

    def wait_until_ready(self, before: str | None = None) -> None:
        """Waits until the job has completed a trigger.

        Args:
            before: Owner of the lock whose triggers do not count.
        """

        def ready() -> bool:
            lock = self.lock() or {}
            return lock.get("owner") != before and lock.get("completedTriggers", 0) > 0

        wait_until(ready, _READY_SECONDS, self.job, "the first trigger")

    def send(self, records: Iterable[SentRecord], rate: float = 2000) -> int:
        """Puts records on the stream; returns how many."""
        return send(records, rate, self.resources.stream, self.environment, self.manifest)

    def load(self, records: Iterator[SentRecord], rate: float) -> AbstractContextManager[None]:
        """Puts records on the stream as long as a block lasts; see `meanwhile`."""
        return meanwhile(
            lambda is_over: send(
                records, rate, self.resources.stream, self.environment, self.manifest, is_over
            )
        )

    def settle(self, seconds: float) -> Account:
        """Waits until nothing is missing in the lake, or nothing has come for `seconds`.

        Returns:
            What became of the records by then.

        Raises:
            RuntimeError: The job ended.
        """
        sent = self.sent()
        fewest = len(sent) + 1
        deadline = 0.0
        rows: list[LakeRow] = []
        result = account(sent, rows)
        while True:
            # Most looks find the lake as it was.
            if (found := list(self.lake.rows())) != rows:
                rows = found
                result = account(sent, rows)
            # A busy machine may take long for a backlog; one that does not shrink is stuck.
            if result.lost < fewest:
                fewest = result.lost
                deadline = time.monotonic() + seconds
            if result.lost == 0 or time.monotonic() > deadline:
                return result
            if self.job.exit_code is not None:
                raise RuntimeError(
                    f"The job ended with {self.job.exit_code} while {result.lost} records were "
                    f"missing:\n{self.job.tail()}"
                )
            time.sleep(_LOOK_SECONDS)

    def stop_job(self) -> None:
        """Stops the job at a batch boundary.

        Raises:
            RuntimeError: It ended otherwise than a stopped job does.
        """
        request_stop(self.environment, self.resources, self.settings.generation)
        code = self.job.wait(_STOP_SECONDS)
        if code != 0:
            raise RuntimeError(f"The stopped job ended with {code}:\n{self.job.tail()}")

    def finish(self, seconds: float) -> Account:
        """Settles, stops the job and accounts for every record once nothing writes any more."""
        say("waiting for the last record")
        self.settle(seconds)
        self.stop_job()
        return account(self.sent(), self.lake.rows())

    def give_up(self, records: Iterable[SentRecord]) -> None:
        """Expects nothing any more of the events of these records: they have expired unread.

        One that is in the lake nevertheless counts as never sent.
        """
        self._given_up.update(self.identities.of_sent(record.identity) for record in records)

    def sent(self) -> list[SentLine]:
        """Returns the records that must be in the lake."""
        sent = read_sent_records(self.manifest, self.identities)
        return [record for record in sent if record.identity not in self._given_up]

    def kill_job(self) -> None:
        """SIGKILL to the driver and everything of its session."""
        self.job.kill()
