"""The proxy passes on what it should, and breaks what it is told to break."""

from __future__ import annotations

import http.client
import http.server
import json
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.reliability.faults.http_head import Request
from tests.reliability.faults.proxy import Fault, FaultProxy


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what it was sent, and remembers every request."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, bytes]]

    def do_PUT(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.command, self.headers["Host"], body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def seen() -> Iterator[list[tuple[str, str, bytes]]]:
    Echo.seen = []
    yield Echo.seen


@pytest.fixture
def proxy(seen: object) -> Iterator[FaultProxy]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    proxy = FaultProxy(f"http://127.0.0.1:{server.server_port}")
    yield proxy
    proxy.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def connection(proxy: FaultProxy) -> Iterator[http.client.HTTPConnection]:
    opened = connect(proxy)
    yield opened
    opened.close()


def connect(proxy: FaultProxy) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", int(urlsplit(proxy.url).port or 0), timeout=10)


def put(connection: http.client.HTTPConnection, body: bytes, **headers: str) -> tuple[int, bytes]:
    connection.request("PUT", "/bucket/key?x=1", body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_passes_requests_on_as_they_are(
    proxy: FaultProxy,
    connection: http.client.HTTPConnection,
    seen: list[tuple[str, str, bytes]],
) -> None:
    requests: list[Request] = []
    proxy.set_rule(requests.append)
    big = bytes(range(256)) * 1000
    assert put(connection, big) == (200, big)
    assert put(connection, b"") == (200, b"")
    host = proxy.url.removeprefix("http://")
    assert seen == [("PUT", host, big), ("PUT", host, b"")]
    assert [(one.method, one.path, one.target) for one in requests] == [
        ("PUT", "/bucket/key", "/bucket/key?x=1")
    ] * 2


def test_passes_chunked_bodies_on(connection: http.client.HTTPConnection) -> None:
    pieces = iter([b"first ", b"second"])
    connection.request("PUT", "/bucket/key", pieces, encode_chunked=True)
    assert connection.getresponse().read() == b"first second"
    assert put(connection, b"after") == (200, b"after")


def test_refuses_before_the_service_has_seen_it(
    proxy: FaultProxy,
    connection: http.client.HTTPConnection,
    seen: list[tuple[str, str, bytes]],
) -> None:
    proxy.set_rule(lambda _: Fault.SLOW_DOWN)
    status, body = put(connection, b"body")
    assert status == 503 and b"<Code>SlowDown</Code>" in body
    assert seen == []
    proxy.set_rule(None)
    assert put(connection, b"body") == (200, b"body")


def test_denies_as_iam_does(
    proxy: FaultProxy,
    connection: http.client.HTTPConnection,
    seen: list[tuple[str, str, bytes]],
) -> None:
    proxy.set_rule(lambda _: Fault.ACCESS_DENIED)
    headers = {
        "X-Amz-Target": "Kinesis_20131202.GetRecords",
        "Content-Type": "application/x-amz-json-1.1",
    }
    connection.request("POST", "/", b"{}", headers)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    assert (answer.status, said["__type"]) == (400, "AccessDeniedException")
    assert "not authorized to perform: kinesis:GetRecords on" in said["message"]
    assert seen == []


def test_breaks_before_the_service_has_seen_it(
    proxy: FaultProxy,
    connection: http.client.HTTPConnection,
    seen: list[tuple[str, str, bytes]],
) -> None:
    proxy.set_rule(lambda _: Fault.RESET)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        put(connection, b"body")
    assert seen == []


def test_loses_the_answer_of_what_was_done(
    proxy: FaultProxy,
    connection: http.client.HTTPConnection,
    seen: list[tuple[str, str, bytes]],
) -> None:
    proxy.set_rule(lambda _: Fault.LOST_ANSWER)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        put(connection, b"body")
    assert [body for _, _, body in seen] == [b"body"]


def test_is_away_and_back_on_the_same_port(
    proxy: FaultProxy, connection: http.client.HTTPConnection
) -> None:
    assert put(connection, b"1") == (200, b"1")
    proxy.go_away()
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        put(connection, b"2")
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        put(connection, b"3")
    connection.close()
    proxy.come_back()
    assert put(connection, b"4") == (200, b"4")


def test_answers_late_what_it_was_asked_in_silence(
    proxy: FaultProxy,
    connection: http.client.HTTPConnection,
    seen: list[tuple[str, str, bytes]],
) -> None:
    proxy.fall_silent()
    connection.request("PUT", "/bucket/key", b"patience")
    assert seen == []
    proxy.speak_again()
    assert connection.getresponse().read() == b"patience"
