"""The readings as events of devices, with late labels, and the questions about them."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import pytest

from local.events.demo import LabelArrival
from workloads.sensor_anomaly.demo.events import (
    FILE,
    NUMBERS,
    hold_back,
    is_labelled,
    label_arrival,
    read_events,
    read_readings,
)

MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=datetime.UTC)


def write_data(folder: Path, count: int) -> Path:
    """Readings of which every fifth is an anomaly, in the data set's form."""
    lines = [f"{number},-1,2,3,4,5,6,7,8,{int(number % 5 == 0)}" for number in range(count)]
    with gzip.open(folder / FILE, mode="wt") as file:
        file.write("\n".join([",".join([*NUMBERS, "anomaly"]), *lines]) + "\n")
    return folder


def test_events_are_spread_evenly_over_the_readings(tmp_path: Path) -> None:
    data = write_data(tmp_path, 10)
    assert read_readings(data)[5] == (dict(zip(NUMBERS, (5, -1, *range(2, 9)), strict=True)), True)
    events = read_events(data, 5, MOMENT)
    assert [one["f1"] for one in events] == [0, 2, 4, 6, 8]
    assert events[1] == {
        "reading_id": "reading-000001",
        "device": {"id": "device-20"},
        "measured_at": "2026-01-02T03:04:05Z",
        **dict(zip(NUMBERS, (2, -1, *range(2, 9)), strict=True)),
        "anomalous": False,
    }
    assert [one["anomalous"] for one in events] == [True, False, False, False, False]
    assert len(read_events(data, None, MOMENT)) == 10


def test_names_the_number_of_readings_when_there_are_too_few(tmp_path: Path) -> None:
    data = write_data(tmp_path, 10)
    with pytest.raises(ValueError, match=r"There are 10 readings in .*, and 11 were requested\."):
        read_events(data, 11, MOMENT)


def test_a_tenth_of_the_labels_come_late_and_the_others_never() -> None:
    late = [number for number in range(49097) if is_labelled(number)]
    assert len(late) == 4895
    assert late[:3] == [13, 25, 34]
    assert label_arrival(13) is LabelArrival.LATE
    assert label_arrival(14) is LabelArrival.NEVER


def test_asks_about_six_unlabelled_readings_of_each_kind(tmp_path: Path) -> None:
    events = read_events(write_data(tmp_path, 200), None, MOMENT)
    questions = hold_back(events, lambda number: number < 100)
    assert [one.expected for one in questions] == [
        *[{"unusual": True}] * 6,
        *[{"unusual": False}] * 6,
    ]
    for one in questions:
        assert one.number < 100 and not is_labelled(one.number)
        assert (one.number % 5 == 0) is one.expected["unusual"]
        assert one.instance == {name: events[one.number][name] for name in NUMBERS}
        assert one.text == f"f1={one.number} f2=-1 f3=2 f4=3 f5=4 f6=5 f7=6 f8=7 f9=8"
    assert len({one.number for one in questions}) == 12
