"""The posts of the job benchmark: real tweets, repeated with fresh ids, as Kinesis records."""

from __future__ import annotations

import csv
import datetime
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_SOURCE_SCHEMA = pa.schema(
    [
        ("data", pa.binary()),
        ("streamName", pa.string()),
        ("partitionKey", pa.string()),
        ("sequenceNumber", pa.string()),
        ("approximateArrivalTimestamp", pa.timestamp("us", tz="UTC")),
    ]
)
_SEQUENCE_NUMBER_START = 49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898


SEPARATORS = {"plain": (",", ":"), "spaced": (", ", ": ")}


def read_tweets(corpus: Path) -> list[tuple[str, str]]:
    """Returns (text, label) of every tweet of the corpus."""
    with corpus.open(encoding="utf-8", errors="replace", newline="") as file:
        return [(row["text"], row["sentiment"]) for row in csv.DictReader(file)]


def write_posts(
    corpus: Path, folder: Path, count: int, files: int, seed: int, form: str = "plain"
) -> None:
    """Writes `count` posts with the Kinesis source's columns, as `files` Parquet files.

    Args:
        corpus: The tweets.
        folder: Created.
        count: How many posts.
        files: How many files.
        seed: Of ids and users.
        form: Key of `SEPARATORS`: `plain` as JSON.stringify writes, `spaced` as json.dumps does.
    """
    tweets = read_tweets(corpus)
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    per_file = count // files
    number = 0
    for file_index in range(files):
        rows = per_file if file_index < files - 1 else count - per_file * (files - 1)
        batch: dict[str, list[object]] = {name: [] for name in _SOURCE_SCHEMA.names}
        for _ in range(rows):
            text, label = tweets[number % len(tweets)]
            moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
            moment += datetime.timedelta(milliseconds=number)
            post = {
                "event_id": f"{chance.getrandbits(128):032x}",
                "user_id": f"user-{chance.randrange(200_000)}",
                "text": text,
                "created_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "lang": "en",
                "source": "bench",
                "label": label,
            }
            document = json.dumps(post, ensure_ascii=form == "spaced", separators=SEPARATORS[form])
            data = document.encode()
            batch["data"].append(data)
            batch["streamName"].append("posts")
            batch["partitionKey"].append(post["user_id"])
            batch["sequenceNumber"].append(str(_SEQUENCE_NUMBER_START + number))
            batch["approximateArrivalTimestamp"].append(moment)
            number += 1
        table = pa.table(batch, schema=_SOURCE_SCHEMA)
        pq.write_table(table, folder / f"part-{file_index:03d}.parquet")
