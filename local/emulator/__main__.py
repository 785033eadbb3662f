"""Serves moto, with our own Kinesis before it, until SIGTERM or until the parent ends.

moto's own command would outlive a parent that was killed. This one notices the end of its parent
because the pipe on its standard input closes, which happens after SIGKILL, too.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading

from local.emulator.control import change
from local.emulator.kinesis.request import Kinesis
from local.emulator.server import EmulatorServer
from local.parent import end_with_parent
from local.permissions.authorizer import Authorizer


def main(argv: list[str] | None = None) -> int:
    """Serves until it is stopped; prints one line with the address when it is ready."""
    parser = argparse.ArgumentParser(prog="python -m local.emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--exit-with-parent", action="store_true")
    parser.add_argument(
        "--options",
        default="{}",
        help='JSON object as in local/README.md, for example {"throttleOneOf": 4}',
    )
    arguments = parser.parse_args(argv)

    kinesis = Kinesis()
    try:
        change(kinesis, json.loads(arguments.options))
    except ValueError as error:
        print(f"The emulator's options cannot be used. {error}", file=sys.stderr)
        return 2
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    server = EmulatorServer(kinesis, arguments.port, Authorizer.of("emulator"))
    print(f"Listening on {server.url}", flush=True)
    if arguments.exit_with_parent:
        end_with_parent()
    stopped.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
