"""The demo's records: what is held back stays held back, and the files say what was made."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from local.audit.sent_records import DUPLICATE, VALID
from local.events.__main__ import main
from local.events.demo import (
    LabelArrival,
    Question,
    crowd_label_arrival,
    demo_events,
    demo_records,
    label_arrival_of,
    may_be_held_back,
)
from tests.python.events.test_values import MOMENT, contract_of, field

CONTRACT = contract_of(
    field("device.id", "integer", "identity"),
    field("verdict", "string", "label", required=False, allowed=["good", "bad"]),
)


def event(number: int) -> dict[str, object]:
    return {"device": {"id": number}, "verdict": "bad"}


def test_labels_come_with_the_event_or_late_or_never() -> None:
    questions = [Question(number, {}, "", {"verdict": "bad"}) for number in (0, 3, 11)]
    records = list(demo_records(CONTRACT, [event(n) for n in range(60)], questions, MOMENT))
    labels: dict[str, list[str | None]] = {}
    for record in records:
        if record.expected == VALID:
            labels.setdefault(record.identity[0], []).append(record.label)
    # The 43rd is labelled late, the 7th and the 57th are damaged.
    told = Counter(map(tuple, labels.values()))
    assert told == {("bad",): 54, (None,): 3, (None, "bad"): 1}
    assert [labels[name] for name in ("0", "3", "11", "43")] == [
        *([None], [None], [None], [None, "bad"]),
    ]
    assert not {"7", "57"} & set(labels)
    assert not may_be_held_back(7) and may_be_held_back(8)
    held_back = [record.data for record in records if record.identity == ("3",)]
    assert held_back == [b'{"device":{"id":3}}']


def test_events_without_a_label_are_held_back_themselves() -> None:
    contract = contract_of(field("device.id", "integer", "identity"))
    events: list[dict[str, object]] = [{"device": {"id": number}} for number in range(60)]
    questions = [Question(number, {}, "", {}) for number in (0, 11)]
    records = list(demo_records(contract, events, questions, MOMENT))
    sent = Counter(record.identity for record in records if record.expected == VALID)
    # Numbers stay where they are: still the 7th and the 57th are damaged.
    assert sent == {(str(number),): 1 for number in range(60) if number not in (0, 7, 11, 57)}
    # And the 36th comes twice; the 11th would have.
    again = [record.identity for record in records if record.expected == DUPLICATE]
    assert again == [("36",)]


def test_a_workload_may_say_when_its_labels_arrive() -> None:
    arrivals = [LabelArrival.WITH_EVENT, LabelArrival.LATE, LabelArrival.NEVER, LabelArrival.LATE]
    questions = [Question(3, {}, "", {"verdict": "bad"})]
    events = [event(number) for number in range(4)]
    records = demo_records(CONTRACT, events, questions, MOMENT, arrivals.__getitem__)
    assert [(record.identity, record.label) for record in records] == [
        (("0",), "bad"),
        *(((str(number),), None) for number in (1, 2, 3)),
        (("1",), "bad"),
    ]


def test_a_workload_that_does_not_is_labelled_like_the_crowd() -> None:
    assert label_arrival_of(demo_events("sentiment")) is crowd_label_arrival
    assert crowd_label_arrival(43) is LabelArrival.LATE
    assert crowd_label_arrival(44) is LabelArrival.WITH_EVENT
    assert label_arrival_of(demo_events("sensor_anomaly"))(44) is LabelArrival.NEVER


def test_the_command_writes_what_the_demo_sends(tmp_path: Path) -> None:
    records, questions = tmp_path / "records", tmp_path / "questions"
    arguments = ["--workload", "sentiment", "--events", "600"]
    moment = ["--moment", "2026-01-02T03:04:05.678Z"]
    files = ["--records", str(records), "--questions", str(questions)]
    assert main(["demo", *arguments, *moment, *files]) == 0
    lines = [json.loads(line) for line in records.read_text().splitlines()]
    assert list(lines[0]) == [
        *("data", "partitionKey", "identity", "expected", "reasonField", "label"),
    ]
    asked = [json.loads(line) for line in questions.read_text().splitlines()]
    assert Counter(one["expected"]["label"] for one in asked) == {
        "negative": 4,
        "neutral": 4,
        "positive": 4,
    }
    by_identity = {tuple(line["identity"]): line for line in lines}
    assert len(by_identity) == 600
    told = [by_identity[(f"post-{one['number']:06d}",)]["label"] for one in asked]
    assert told == [None] * 12

    first = records.read_text()
    assert main(["demo", *arguments, *moment, *files]) == 0
    assert records.read_text() == first


def test_the_command_says_that_the_data_set_has_fewer_events(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--records", str(tmp_path / "records"), "--questions", str(tmp_path / "questions")]
    moment = ["--moment", "2026-01-02T03:04:05.678Z"]
    assert main(["demo", "--workload", "sentiment", "--events", "40000", *moment, *files]) == 1
    assert re.fullmatch(
        r"There are 38158 tweets in \S+, and 40000 were requested\.\n", capsys.readouterr().err
    )
    assert list(tmp_path.iterdir()) == []


def test_the_command_invents_as_many_records_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "records"
    arguments = ["--workload", "sentiment", "--events", "1000", "--records", str(file)]
    assert main(["crowd", *arguments, "--prefix", "load-1"]) == 0
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(lines) == 1000
    assert all(line["identity"][0].startswith("load-1-") for line in lines)
    assert lines[7]["expected"] == "not_utf8"
    assert base64.b64decode(lines[7]["data"]).endswith(b"\xff\xfe\x80}")
