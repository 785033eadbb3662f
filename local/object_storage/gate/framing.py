"""Finds the beginnings and ends of requests in a stream of bytes (RFC 9112). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_END_OF_HEAD = b"\r\n\r\n"
_END_OF_LINE = b"\r\n"
_LONGEST_HEAD = 256 * 1024


@dataclass(frozen=True)
class Head:
    """The beginning of a request.

    Attributes:
        raw: The bytes, with the empty line at the end.
        headers: By lower-case name.
    """

    raw: bytes
    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def waits_to_continue(self) -> bool:
        """Whether the client waits for a response before it sends the body."""
        return self.headers.get("expect", "").lower() == "100-continue"


class End:
    """The end of a request."""


END = End()

Event = Head | bytes | End


class Framing:
    """Splits the bytes of a connection into heads, parts of bodies, and ends."""

    def __init__(self) -> None:
        """Begins at a head."""
        self._buffer = bytearray()
        self._left: int | None = None
        self._chunks: _Chunks | None = None

    def feed(self, data: bytes) -> Iterator[Event]:
        """Yields the events in further bytes.

        Raises:
            ValueError: They are not HTTP.
        """
        self._buffer += data
        while True:
            if self._left is None and self._chunks is None:
                head = self._head()
                if head is None:
                    return
                yield head
                self._begin_body(head)
            body, ended = self._body()
            if body:
                yield body
            if not ended:
                return
            self._left = self._chunks = None
            yield END

    def _head(self) -> Head | None:
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0:
            if len(self._buffer) > _LONGEST_HEAD:
                raise ValueError("The head of a request is too long.")
            return None
        raw = bytes(self._buffer[: end + len(_END_OF_HEAD)])
        del self._buffer[: len(raw)]
        line, *lines = raw[:end].decode("latin-1").split("\r\n")
        method, target, _ = line.split(" ", 2)
        headers = {}
        for one in lines:
            name, _, value = one.partition(":")
            headers[name.lower()] = value.strip()
        return Head(raw, method, target, headers)

    def _begin_body(self, head: Head) -> None:
        if "chunked" in head.headers.get("transfer-encoding", "").lower():
            self._chunks = _Chunks()
        else:
            self._left = int(head.headers.get("content-length", 0))

    def _body(self) -> tuple[bytes, bool]:
        if self._chunks is not None:
            length, ended = self._chunks.advance(self._buffer)
        else:
            length = min(self._left or 0, len(self._buffer))
            self._left = (self._left or 0) - length
            ended = self._left == 0
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        return body, ended


class _Chunks:
    """A chunked body: each chunk has a line with its size, trailers follow the empty chunk."""

    def __init__(self) -> None:
        self._in_chunk = 0
        self._in_trailers = False

    def advance(self, buffer: bytearray) -> tuple[int, bool]:
        """Returns how many bytes belong to the body, and whether it is complete then."""
        position = 0
        while True:
            if self._in_chunk:
                step = min(self._in_chunk, len(buffer) - position)
                self._in_chunk -= step
                position += step
                if self._in_chunk:
                    return position, False
            end = buffer.find(_END_OF_LINE, position)
            if end < 0:
                return position, False
            line = bytes(buffer[position:end])
            position = end + len(_END_OF_LINE)
            if self._in_trailers:
                if not line:
                    return position, True
                continue
            size = int(line.partition(b";")[0], 16)
            self._in_trailers = size == 0
            # With the line break after the data.
            self._in_chunk = size + len(_END_OF_LINE) if size else 0
