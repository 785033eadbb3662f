"""Two threads beside the query: one refreshes the lock, one watches for the stop marker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from streaming_ml.lock import HEARTBEAT_SECONDS, JobLock, LockLostError
from streaming_ml.objects import ControlObject

log = logging.getLogger(__name__)

_STOP_POLL_SECONDS = 1.0


class Heartbeat:
    """Refreshes the lock, and watches for the stop marker."""

    def __init__(self, lock: JobLock, marker: ControlObject) -> None:
        self.lock_lost = threading.Event()
        self.stop_requested = threading.Event()
        self._lock = lock
        self._marker = marker
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._every, args=(seconds, action), daemon=True)
            for seconds, action in (
                (HEARTBEAT_SECONDS, self._refresh),
                (_STOP_POLL_SECONDS, self._check_marker),
            )
        ]

    def __enter__(self) -> Heartbeat:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _every(self, seconds: float, action: Callable[[], None]) -> None:
        while not self._ended.wait(seconds):
            try:
                action()
            except LockLostError as error:
                log.error("%s", error)
                self.lock_lost.set()
                return
            except Exception as error:
                # S3 may be unavailable for a while; the next write shows whether the lock is lost.
                log.warning("The objects beside the checkpoint cannot be reached: %s", error)

    def _refresh(self) -> None:
        self._lock.write()

    def _check_marker(self) -> None:
        if self._marker.exists():
            self.stop_requested.set()
