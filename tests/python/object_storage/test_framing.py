"""Cutting a stream of bytes into requests, wherever it is cut on the way."""

from __future__ import annotations

import pytest

from local.object_storage.gate.framing import END, Event, Framing, Head

PUT = b"PUT /b/k HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n"
GET = b"GET /b/k?x=1 HTTP/1.1\r\nHOST:  h \r\n\r\n"
CHUNKED = b"PUT /b/k HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
CHUNKS = b"5;ext=1\r\nhello\r\nA\r\n\r\n\r\n\r\n\r\n01\r\n0\r\nTrailer: x\r\n\r\n"


def _shape(events: list[Event]) -> list[str | bytes]:
    """The events with adjacent parts of a body put together."""
    found: list[str | bytes] = []
    for event in events:
        if isinstance(event, Head):
            found.append(f"{event.method} {event.target}")
        elif event is END:
            found.append("end")
        elif isinstance(event, bytes):
            if found and isinstance(found[-1], bytes):
                found[-1] += event
            else:
                found.append(event)
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_requests_are_found_in_pieces_of_any_size(size: int) -> None:
    stream = GET + PUT + b"hello" + CHUNKED + CHUNKS + GET
    framing = Framing()
    events: list[Event] = []
    for start in range(0, len(stream), size):
        events += framing.feed(stream[start : start + size])
    assert _shape(events) == [
        *("GET /b/k?x=1", "end"),
        *("PUT /b/k", b"hello", "end"),
        *("PUT /b/k", CHUNKS, "end"),
        *("GET /b/k?x=1", "end"),
    ]


def test_a_head_keeps_its_bytes_and_knows_its_headers() -> None:
    (head, _) = Framing().feed(GET)
    assert isinstance(head, Head)
    assert (head.raw, head.headers) == (GET, {"host": "h"})
    assert not head.waits_to_continue
    (put,) = Framing().feed(PUT)
    assert isinstance(put, Head)
    assert put.waits_to_continue


@pytest.mark.parametrize(
    "stream",
    [b"nonsense\r\n\r\n", b"PUT / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"x" * 300_000],
)
def test_bytes_that_are_not_http_are_an_error(stream: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        list(Framing().feed(stream))
