"""Serves a folder as S3 until SIGTERM or until the parent ends.

This process becomes the server, so that every signal to it, even SIGKILL or SIGSTOP, reaches the
server itself. A child process watches the server: it prints the address when the server answers,
and stops the server when the parent ends. Requests must be signed with the credentials in the
environment.
"""

from __future__ import annotations

import argparse
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[2] / ".local" / "bin" / "versitygw"
_READY_SECONDS = 30.0
_MOST_BYTES = 4096


def main(argv: list[str] | None = None) -> int:
    """Becomes the server; returns only if it cannot be started."""
    parser = argparse.ArgumentParser(prog="python -m local.object_storage", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--directory", type=Path, required=True, help="holds buckets and objects")
    parser.add_argument("--exit-with-parent", action="store_true")
    arguments = parser.parse_args(argv)
    if not _PROGRAM.exists():
        print(f"There is no S3 server at {_PROGRAM}. Run `make setup`.", file=sys.stderr)
        return 1

    try:
        port = _free_port(arguments.port)
    except OSError as error:
        print(f"S3 cannot listen on port {arguments.port}: {error}.", file=sys.stderr)
        return 1
    # The server holds the other end, which is closed however it ends.
    server_lives, held_by_server = os.pipe()
    server = os.getpid()
    if os.fork() == 0:
        os.close(held_by_server)
        _watch(server, server_lives, port, arguments.exit_with_parent)
        os._exit(0)
    os.close(server_lives)
    os.set_inheritable(held_by_server, True)
    # Standard output is for the line with the address.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.execve(_PROGRAM, _command(port, arguments.directory.resolve()), _environment())


def _command(port: int, directory: Path) -> list[str]:
    objects, versions = directory / "objects", directory / "versions"
    for folder in (objects, versions):
        folder.mkdir(parents=True, exist_ok=True)
    return [
        str(_PROGRAM),
        *("--port", f"127.0.0.1:{port}", "--keep-alive", "--quiet"),
        # Lock files protect against other servers on the same folder, of which there are none.
        *("posix", "--disable-object-lock-file", "--versioning-dir", str(versions), str(objects)),
    ]


def _environment() -> dict[str, str]:
    # In the environment, because every user of the machine can read a command line.
    return {
        **os.environ,
        "ROOT_ACCESS_KEY_ID": os.environ.get("AWS_ACCESS_KEY_ID", "local"),
        "ROOT_SECRET_ACCESS_KEY": os.environ.get("AWS_SECRET_ACCESS_KEY", "local"),
    }


def _free_port(wanted: int) -> int:
    # Checked before the server starts: another process on the port would answer in its place.
    with socket.socket() as probe:
        # As the server does: connections of a former server do not block the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", wanted))
        return int(probe.getsockname()[1])


def _watch(server: int, server_lives: int, port: int, exit_with_parent: bool) -> None:
    # A signal that stops the server by its process group must not stop its watcher.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if _answers(port, server_lives):
        print(f"Listening on http://127.0.0.1:{port}", flush=True)
    parent = [sys.stdin.fileno()] if exit_with_parent else []
    while True:
        readable, _, _ = select.select([server_lives, *parent], [], [])
        if server_lives in readable:
            return
        if not os.read(sys.stdin.fileno(), _MOST_BYTES):
            os.kill(server, signal.SIGTERM)
            parent = []


def _answers(port: int, server_lives: int) -> bool:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return True
        except OSError:
            readable, _, _ = select.select([server_lives], [], [], 0.02)
            if readable:
                return False
    return False


if __name__ == "__main__":
    sys.exit(main())
