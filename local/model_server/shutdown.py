"""Waits for a signal, or for the end of the parent."""

from __future__ import annotations

import asyncio
import signal
import sys


async def wait_for_stop(exit_with_parent: bool) -> None:
    """Returns on SIGTERM, on SIGINT and, optionally, at the end of standard input.

    Args:
        exit_with_parent: Whether to return at the end of standard input. The parent holds the
            other end, which is closed even when the parent is killed by SIGKILL.
    """
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if exit_with_parent:
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        watch = loop.create_task(_drain(reader, stop))
        await stop.wait()
        watch.cancel()
    else:
        await stop.wait()


async def _drain(reader: asyncio.StreamReader, stop: asyncio.Event) -> None:
    while await reader.read(1024):
        pass
    stop.set()
