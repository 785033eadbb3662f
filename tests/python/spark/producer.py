"""Records as `contracts/` lets a producer send them."""

from __future__ import annotations

import base64
import dataclasses
import json
import subprocess
from collections.abc import Sequence

from streaming_ml.contract import EventContract

from local.audit.sent_records import DUPLICATE, VALID
from local.events.sent_record import SentRecord
from tests.python.spark.event_contracts import REPOSITORY

# Only the job has the stream's clock.
_ONLY_THE_JOB_KNOWS = "in_future"


def produced(contract: EventContract, records: Sequence[SentRecord]) -> list[SentRecord]:
    """Sends what `toRecord` makes of each valid event, with its partition key.

    Records that are to be refused stay as they are, once `createEventValidator` has come to the
    same verdict.
    """
    lines = [json.dumps(json.loads(contract.text))]
    lines += [base64.b64encode(record.data).decode() for record in records]
    command = ["node", "-r", "tsx/cjs", "tests/contracts/event/producer.ts"]
    done = subprocess.run(
        command, cwd=REPOSITORY, input="\n".join(lines), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [_sent(record, answer) for record, answer in zip(records, answers, strict=True)]


def _sent(record: SentRecord, answer: dict[str, str]) -> SentRecord:
    if record.expected in (VALID, DUPLICATE):
        data = base64.b64decode(answer["data"])
        return dataclasses.replace(record, partition_key=answer["partitionKey"], data=data)
    if record.expected != _ONLY_THE_JOB_KNOWS:
        assert (answer["reason"], answer["field"]) == (record.expected, record.reason_field)
    return record
