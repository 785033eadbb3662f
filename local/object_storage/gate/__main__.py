"""Serves S3 by the deployed policies, until SIGTERM or until the parent ends."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from urllib.parse import urlsplit

import uvloop

from local.object_storage.gate.connection import Address, ClientConnection
from local.object_storage.gate.guard import Guard
from local.parent import end_with_parent
from local.permissions.authorizer import Authorizer
from local.permissions.place import VARIABLE

_HOST = "127.0.0.1"


async def serve(server: Address, guard: Guard, port: int, exit_with_parent: bool) -> None:
    """Serves until it is stopped; prints one line with the address when it is ready."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    listening = await loop.create_server(lambda: ClientConnection(server, guard), _HOST, port)
    print(f"Listening on http://{_HOST}:{listening.sockets[0].getsockname()[1]}", flush=True)
    if exit_with_parent:
        end_with_parent()
    await stopped.wait()
    listening.close()


def main(argv: list[str] | None = None) -> int:
    """Reads the arguments and serves."""
    parser = argparse.ArgumentParser(
        prog="python -m local.object_storage.gate", description=__doc__
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--server", required=True, help="URL of the S3 server")
    parser.add_argument("--exit-with-parent", action="store_true")
    arguments = parser.parse_args(argv)
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    authorizer = Authorizer.of("object-storage")
    if authorizer is None:
        print(f"There are no deployed policies: {VARIABLE} is not set.", file=sys.stderr)
        return 2
    address = urlsplit(arguments.server)
    server = Address(address.hostname or _HOST, address.port or 80)
    try:
        uvloop.run(serve(server, Guard(authorizer), arguments.port, arguments.exit_with_parent))
    except OSError as error:
        print(f"S3 cannot listen on port {arguments.port}: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
