"""Serves EMR, SageMaker and SageMaker Runtime until SIGTERM or until the parent ends."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

import uvloop

from local.parent import end_with_parent
from local.permissions.authorizer import Authorizer
from local.services.permissions.roles import Roles
from local.services.server import Server
from local.services.settings import Settings

log = logging.getLogger("local.services")


async def serve(settings: Settings, port: int, exit_with_parent: bool) -> None:
    """Serves until it is stopped; prints one line with the address when it is ready."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    server = await Server.start(settings, port)
    print(f"Listening on {server.url}", flush=True)
    if exit_with_parent:
        end_with_parent()
    await stopped.wait()
    log.info("Stopping.")
    await server.stop()
    log.info("Everything has ended.")


def main(argv: list[str] | None = None) -> int:
    """Reads the arguments and serves."""
    parser = argparse.ArgumentParser(prog="python -m local.services", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--run-directory", type=Path, required=True, help="all state goes there")
    parser.add_argument("--exit-with-parent", action="store_true")
    arguments = parser.parse_args(argv)
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    directory = arguments.run_directory.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    try:
        settings = Settings(directory, roles=Roles(Authorizer.of("services")))
        uvloop.run(serve(settings, arguments.port, arguments.exit_with_parent))
    except OSError as error:
        print(f"The services cannot listen on port {arguments.port}: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
