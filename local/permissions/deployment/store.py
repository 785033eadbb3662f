"""What is deployed now, read again when the provider has written."""

from __future__ import annotations

import threading

from local.permissions.deployment.deployed import Deployed, read
from local.permissions.place import Place


class Store:
    """The newest deployment of a run. Threads may share it."""

    def __init__(self, place: Place) -> None:
        """Starts with what there is: before the first deployment, nothing."""
        self._place = place
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._deployed = Deployed()

    def now(self) -> Deployed:
        """Returns the newest deployment; the same object until something changes.

        Raises:
            PolicyError: A policy says something that nobody here understands.
        """
        try:
            status = self._place.deployed.stat()
        except FileNotFoundError:
            return self._deployed
        stamp = (status.st_ino, status.st_mtime_ns)
        if stamp != self._stamp:
            with self._lock:
                text = self._place.deployed.read_text()
                self._deployed = read(text, self._place.global_arn("iam", "root"))
                self._stamp = stamp
        return self._deployed
