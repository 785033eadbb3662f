"""Readings of several devices, from the shuttle data set in the `river` wheel.

The data set is Statlog (Shuttle) of the UCI Machine Learning Repository (CC BY 4.0). The meaning
and units of its nine numbers are not published. The devices are invented.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from local.events.demo import LabelArrival, Question

Reading = dict[str, Any]

FILE = "shuttle.csv.gz"
NUMBERS = tuple(f"f{number}" for number in range(1, 10))
_DEVICES = 24
_LABELLED_ONE_IN = 10
_ASKED_OF_EITHER = 6


def read_readings(data: Path) -> list[tuple[dict[str, int], bool]]:
    """Returns the nine numbers of every reading, and whether it was an anomaly.

    Args:
        data: Folder of the data set.
    """
    with gzip.open(data / FILE, mode="rt", encoding="utf-8", newline="") as file:
        return [
            ({name: int(row[name]) for name in NUMBERS}, row["anomaly"] == "1")
            for row in csv.DictReader(file)
        ]


def is_labelled(number: int) -> bool:
    """Returns whether a reading gets a label: one in ten does."""
    return _spread(number, "label") % _LABELLED_ONE_IN == 0


def label_arrival(number: int) -> LabelArrival:
    """Labels arrive after their readings."""
    return LabelArrival.LATE if is_labelled(number) else LabelArrival.NEVER


def read_events(data: Path, count: int | None, moment: datetime.datetime) -> list[Reading]:
    """Returns readings at even distances in the data set.

    Args:
        data: Folder of the data set.
        count: Number of readings; None: all.
        moment: When the readings were measured.

    Raises:
        ValueError: There are fewer readings.
    """
    readings = read_readings(data)
    if count is None:
        count = len(readings)
    if count > len(readings):
        raise ValueError(
            f"There are {len(readings)} readings in {data / FILE}, and {count} were requested."
        )
    measured = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [
        {
            "reading_id": f"reading-{number:06d}",
            "device": {"id": f"device-{_spread(number, 'device') % _DEVICES:02d}"},
            "measured_at": measured,
            **numbers,
            "anomalous": anomalous,
        }
        for number in range(count)
        for numbers, anomalous in (readings[number * len(readings) // count],)
    ]


def hold_back(readings: Sequence[Reading], may_be: Callable[[int], bool]) -> list[Question]:
    """Chooses readings of both kinds without a label; the data set knows what they are."""
    questions = []
    for anomalous in (True, False):
        candidates = [
            number
            for number, one in enumerate(readings)
            if one["anomalous"] == anomalous and not is_labelled(number) and may_be(number)
        ]
        candidates.sort(key=lambda number: _spread(number, "held-back"))
        for number in candidates[:_ASKED_OF_EITHER]:
            instance = {name: readings[number][name] for name in NUMBERS}
            text = " ".join(f"{name}={value}" for name, value in instance.items())
            questions.append(Question(number, instance, text, {"unusual": anomalous}))
    return questions


def _spread(number: int, purpose: str) -> int:
    """Returns an evenly distributed number, the same on every machine and in every Python."""
    digest = hashlib.sha256(f"{purpose}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big")
