"""Serves moto on a free port until SIGTERM, or until the parent's pipe closes.

moto's own command outlives a parent that was killed; the pipe on standard input is the one sign
of the parent's end that even SIGKILL cannot suppress.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from local.emulator.resharding import teach_resharding
from local.parent import end_with_parent


def main(argv: list[str] | None = None) -> int:
    """Serves until told to stop; prints one line with the address when ready."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--exit-with-parent", action="store_true")
    arguments = parser.parse_args(argv)

    teach_resharding()
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=arguments.port, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"Listening on http://{host}:{port}", flush=True)
    if arguments.exit_with_parent:
        end_with_parent()
    stopped.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
