"""The posts of the job benchmark: real tweets, repeated with fresh ids, as Kinesis records."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from workloads.sentiment.demo.events import post, read_tweets

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
            moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
            moment += datetime.timedelta(milliseconds=number)
            post_id = f"{chance.getrandbits(128):032x}"
            user = f"user-{chance.randrange(200_000)}"
            event = post(tweets[number % len(tweets)], post_id, user, moment, "bench")
            document = json.dumps(event, ensure_ascii=form == "spaced", separators=SEPARATORS[form])
            batch["data"].append(document.encode())
            batch["streamName"].append("posts")
            batch["partitionKey"].append(user)
            batch["sequenceNumber"].append(str(_SEQUENCE_NUMBER_START + number))
            batch["approximateArrivalTimestamp"].append(moment)
            number += 1
        table = pa.table(batch, schema=_SOURCE_SCHEMA)
        pq.write_table(table, folder / f"part-{file_index:03d}.parquet")
