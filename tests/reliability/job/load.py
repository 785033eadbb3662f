"""A load: records are sent while something else is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def meanwhile(send: Callable[[Callable[[], bool]], object]) -> Iterator[None]:
    """Sends as long as the block lasts.

    Args:
        send: Sends until what it is given says that the block is over.

    Raises:
        RuntimeError: The sending failed; what the block did then proves nothing.
    """
    over = threading.Event()
    failures: list[Exception] = []

    def run() -> None:
        try:
            send(over.is_set)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    if failures:
        raise RuntimeError(f"The load ended early: {failures[0]}") from failures[0]
