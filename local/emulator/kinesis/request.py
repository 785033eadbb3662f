"""One call of the Kinesis API: its parameters, its account, and the streams it may name."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any, cast

from moto.kinesis.models import kinesis_backends

from local.emulator.clock import Clock
from local.emulator.kinesis.failures import invalid_argument, invalid_value, not_found
from local.emulator.kinesis.streams import Stream
from local.emulator.options import Options


@dataclass
class Kinesis:
    """What all calls share.

    Attributes:
        clock: Time of every stream.
        options: How streams behave; may be replaced between two calls.
        lock: Held during a call: the server answers in threads.
        reads: Calls of GetRecords and GetShardIterator so far.
    """

    clock: Clock = field(default_factory=Clock)
    options: Options = Options()
    lock: threading.RLock = field(default_factory=threading.RLock)
    reads: int = 0


@dataclass(frozen=True)
class Request:
    """One call.

    Attributes:
        kinesis: What all calls share.
        account: Account that signed it.
        region: Region that signed it.
        members: Members of its input shape.
    """

    kinesis: Kinesis
    account: str
    region: str
    members: dict[str, Any]

    @property
    def now(self) -> int:
        """Time of the stream, in milliseconds since 1970."""
        return self.kinesis.clock.milliseconds()

    @property
    def streams(self) -> dict[str, Stream]:
        """Streams of the account in the region, stored where moto's own actions find them."""
        return cast(dict[str, Stream], kinesis_backends[self.account][self.region].streams)

    def stream(self) -> Stream:
        """Returns the stream that StreamName or StreamARN names.

        Raises:
            KinesisError: There is none.
        """
        name = self.members.get("StreamName")
        if name is None:
            name = str(self.required("StreamARN")).rpartition("/")[2]
        return self.stream_named(name)

    def stream_named(self, name: str) -> Stream:
        """Returns a stream.

        Raises:
            KinesisError: There is none.
        """
        if name not in self.streams:
            raise not_found(f"Stream {name} under account {self.account} not found.")
        return self.streams[name]

    def required(self, name: str) -> Any:
        """Returns a member that must be there.

        Raises:
            KinesisError: It is not.
        """
        value = self.members.get(name)
        if value is None:
            raise invalid_value("null", _lower(name), "not be null")
        return value

    def whole(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """Returns a whole number between two bounds.

        Raises:
            KinesisError: It is missing without a default, or out of bounds.
        """
        value = self.members.get(name, default)
        if value is None:
            return int(self.required(name))
        if value < least:
            raise invalid_value(value, _lower(name), f"have value greater than or equal to {least}")
        if value > most:
            raise invalid_value(value, _lower(name), f"have value less than or equal to {most}")
        return int(value)

    def refuse_both(self, *names: str) -> None:
        """Refuses a call that has more than one of these members.

        Raises:
            KinesisError: It has.
        """
        present = [name for name in names if self.members.get(name) is not None]
        if len(present) > 1:
            raise invalid_argument(f"{' and '.join(present)} cannot be provided together.")


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
