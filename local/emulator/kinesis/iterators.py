"""Shard iterators: positions in a shard, valid for five minutes."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime

from local.emulator.kinesis.failures import KinesisError, invalid_argument

LIFETIME_MILLISECONDS = 300_000


@dataclass(frozen=True)
class ShardIterator:
    """Where the next page of a shard begins.

    Attributes:
        stream: Name of the stream.
        created: When that stream was created: a later stream of the same name is another one.
        shard: Id of the shard.
        after: Sequence number of the last record before the page, 0 for none.
        issued: When a client got the iterator, in milliseconds since 1970.
    """

    stream: str
    created: int
    shard: str
    after: int
    issued: int

    def encode(self) -> str:
        """Returns the text that a client gets."""
        return base64.b64encode(json.dumps(astuple(self)).encode()).decode()

    @staticmethod
    def decode(text: str) -> ShardIterator:
        """Reads an iterator that a client sends.

        Raises:
            KinesisError: It is not the text of an iterator.
        """
        try:
            return ShardIterator(*json.loads(base64.b64decode(text, validate=True)))
        except (binascii.Error, TypeError, ValueError):
            raise invalid_argument("Invalid ShardIterator.") from None

    def moved(self, after: int, now: int) -> ShardIterator:
        """Returns the iterator of the page that follows, as issued at `now`."""
        return replace(self, after=after, issued=now)

    def check_age(self, now: int) -> None:
        """Refuses an iterator that is older than five minutes.

        Raises:
            KinesisError: ExpiredIteratorException.
        """
        if now - self.issued > LIFETIME_MILLISECONDS:
            raise KinesisError(
                "ExpiredIteratorException",
                f"Iterator expired. The iterator was created at time {_words(self.issued)} while "
                f"right now it is {_words(now)} which is further in the future than the "
                f"tolerated delay of {LIFETIME_MILLISECONDS} milliseconds.",
            )


def _words(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")
