"""What the drills put on the stream: a crowd of producers that is mostly right."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from itertools import count

from local.streaming_run.sending import SentRecord
from tests.reliability.job.poison import ODDITIES, POISONS, Post

_USERS = 500
_DUPLICATE_ONE_IN = 25
_LATE_LABEL_ONE_IN = 40
_POISON_ONE_IN = 50
# 256 characters (PutRecord API reference), each of four bytes.
_LONGEST_KEY = "\U0001f511" * 256
# Far enough apart that the copies usually come in different micro-batches.
_REPEAT_DISTANCE = 700


def post(event_id: str, number: int) -> Post:
    """A valid post."""
    now = datetime.datetime.now(datetime.UTC)
    return {
        "event_id": event_id,
        "user_id": f"user-{number % _USERS}",
        "text": f"post {number} about trains, weather and #streaming at any time",
        "created_at": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "lang": "en",
    }


def encoded(content: object) -> bytes:
    """JSON as most producers write it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def valid_records(prefix: str) -> Iterator[SentRecord]:
    """Yields valid posts without end, each with an id of its own."""
    for number in count():
        event_id = f"{prefix}-{number:07d}"
        yield SentRecord(event_id, f"user-{number % _USERS}", encoded(post(event_id, number)))


def mixed_records(prefix: str, duplicates: bool = True) -> Iterator[SentRecord]:
    """Yields posts without end: duplicates, late labels and poison of every kind among them.

    Args:
        prefix: Begins every event id, so that several calls share none.
        duplicates: Whether some posts come a second time.
    """
    repeats: list[tuple[int, SentRecord]] = []
    for number in count():
        event_id = f"{prefix}-{number:07d}"
        key = f"user-{number % _USERS}"
        content = post(event_id, number)
        if number % _POISON_ONE_IN == 7:
            poison = POISONS[number // _POISON_ONE_IN % len(POISONS)]
            yield SentRecord(event_id, key, poison.apply(content), poison.reason)
            continue
        record = SentRecord(event_id, key, encoded(content))
        yield record
        if number % _LATE_LABEL_ONE_IN == 3:
            data = encoded({**content, "label": "positive"})
            repeats.append((number, SentRecord(event_id, key, data, label="positive")))
        elif duplicates and number % _DUPLICATE_ONE_IN == 11:
            repeats.append((number, SentRecord(event_id, key, record.data, "duplicate")))
        if repeats and repeats[0][0] + _REPEAT_DISTANCE <= number:
            yield repeats.pop(0)[1]


def poisonous_records(prefix: str, copies: int) -> Iterator[SentRecord]:
    """Yields `copies` of every kind of poison, each followed by a valid post, every other one odd.

    The partition keys are as long as Kinesis lets them be.
    """
    valid = valid_records(f"{prefix}-valid")
    for number in range(copies * len(POISONS)):
        poison = POISONS[number % len(POISONS)]
        event_id = f"{prefix}-{number:05d}"
        data = poison.apply(post(event_id, number))
        yield SentRecord(event_id, _LONGEST_KEY, data, poison.reason)
        if number % 2 == 0:
            yield next(valid)
        else:
            odd_id = f"{prefix}-odd-{number:05d}"
            oddity = ODDITIES[number // 2 % len(ODDITIES)]
            yield SentRecord(odd_id, _LONGEST_KEY, oddity(post(odd_id, number)))
