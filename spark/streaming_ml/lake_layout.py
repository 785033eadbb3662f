"""Where the events of the lake are, as `contracts/lake-layout.json` names the parts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from streaming_ml.shared_contract import load_shared_contract

_LAYOUT = load_shared_contract("lake-layout.json")

PARTITION_COLUMNS: tuple[str, ...] = tuple(_LAYOUT["partitions"])
_STATUS, _DAY, _HOUR, _BATCH = PARTITION_COLUMNS

VALID: str = _LAYOUT["valid"]
QUARANTINED: str = _LAYOUT["quarantined"]
STATUSES = (VALID, QUARANTINED)

# Null in every valid event.
QUARANTINE_COLUMNS: tuple[str, ...] = tuple(_LAYOUT["quarantineColumns"])

MANIFEST_NAME = "manifest.txt"


@dataclass(frozen=True, order=True)
class Hour:
    """An hour of the lake, named as its partitions are: dt YYYY-MM-DD, hour two digits, UTC."""

    dt: str
    hour: str

    @classmethod
    def of(cls, moment: datetime.datetime) -> Hour:
        """Returns the hour that a moment lies in."""
        utc = moment.astimezone(datetime.UTC)
        return cls(f"{utc:%Y-%m-%d}", f"{utc:%H}")

    @property
    def path(self) -> str:
        """Its folders below a root."""
        return f"{day_path(self.dt)}/{_HOUR}={self.hour}"

    @property
    def end(self) -> datetime.datetime:
        """The first moment after it."""
        day = datetime.datetime.strptime(self.dt, "%Y-%m-%d").replace(tzinfo=datetime.UTC)
        return day + datetime.timedelta(hours=int(self.hour) + 1)


@dataclass(frozen=True)
class LakeLocation:
    """Where events and history are.

    Attributes:
        events_uri: Root that the streaming job writes below.
        history_uri: Root of the compacted files.
    """

    events_uri: str
    history_uri: str

    @property
    def valid_uri(self) -> str:
        """Root of the valid events."""
        return status_uri(self.events_uri, VALID)

    @property
    def manifests_uri(self) -> str:
        """Root of the manifests."""
        return f"{self.history_uri}/{_LAYOUT['manifestsFolder']}"

    def batch_uri(self, hour: Hour, batch: str) -> str:
        """What one micro-batch wrote as valid."""
        return batch_uri(self.events_uri, VALID, hour, batch)

    def manifest_uri(self, hour: Hour) -> str:
        """The manifest of an hour."""
        return f"{self.manifests_uri}/{hour.path}/{MANIFEST_NAME}"

    def compacted_uri(self, hour: Hour) -> str:
        """Root of an hour's compacted files, those of unfinished compactions included."""
        return f"{self.history_uri}/{_LAYOUT['compactedFolder']}/{hour.path}"


def day_path(dt: str) -> str:
    """Returns the folder of a day below a root."""
    return f"{_DAY}={dt}"


def status_uri(events_uri: str, status: str) -> str:
    """Returns the root of the events of one status."""
    return f"{events_uri}/{_STATUS}={status}"


def batch_uri(events_uri: str, status: str, hour: Hour, batch: str) -> str:
    """Returns where one micro-batch wrote its rows of one status."""
    return f"{status_uri(events_uri, status)}/{hour.path}/{_BATCH}={batch}"


def days_in(folders: list[str]) -> list[str]:
    """Returns the days among the names of folders."""
    return _values(folders, _DAY)


def hours_in(folders: list[str]) -> list[str]:
    """Returns the hours among the names of folders."""
    return _values(folders, _HOUR)


def batches_in(folders: list[str]) -> list[str]:
    """Returns the micro-batches among the names of folders."""
    return _values(folders, _BATCH)


def _values(folders: list[str], partition: str) -> list[str]:
    prefix = f"{partition}="
    return [name[len(prefix) :] for name in folders if name.startswith(prefix)]
