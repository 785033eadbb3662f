"""moto with our own Kinesis before it, on a port of this machine."""

from __future__ import annotations

import threading

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from local.emulator.assume_role import with_assumed_roles
from local.emulator.control import with_control
from local.emulator.kinesis.request import Kinesis
from local.emulator.kinesis.service import KinesisService
from local.emulator.permissions import with_permissions
from local.emulator.schedules import with_schedules
from local.permissions.authorizer import Authorizer

_HOST = "127.0.0.1"
_FIRST_REFUSAL = 400


class EmulatorServer:
    """Serves in threads as soon as it is constructed.

    Args:
        kinesis: Clock and options of the streams.
        port: 0 takes a free one.
        authorizer: Decides calls of roles; without it every call is allowed.

    Attributes:
        url: Where it listens.

    Raises:
        OSError: The port is taken.
    """

    def __init__(
        self, kinesis: Kinesis, port: int = 0, authorizer: Authorizer | None = None
    ) -> None:
        moto = DomainDispatcherApplication(create_backend_app)
        others = with_permissions(authorizer, moto)
        for layer in (with_schedules, with_assumed_roles):
            others = layer(authorizer, others)
        self._server = make_server(
            _HOST,
            port,
            with_control(kinesis, KinesisService(kinesis, others, authorizer)),
            threaded=True,
            request_handler=_handler(kinesis),
        )
        self.url = f"http://{_HOST}:{self._server.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(kinesis: Kinesis) -> type[MotoRequestHandler]:
    class Handler(MotoRequestHandler):
        """Dates every answer by the clock of the streams, and logs what was refused."""

        def date_time_string(self, timestamp: float | None = None) -> str:
            seconds = kinesis.clock.seconds() if timestamp is None else timestamp
            text: str = super().date_time_string(seconds)
            return text

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            # At a thousand records a second, most of the work would be a log line for each request.
            if not str(code).isdigit() or int(code) >= _FIRST_REFUSAL:
                super().log_request(code, size)

    return Handler
