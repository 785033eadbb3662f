"""What is deployed now, read again when the provider has written."""

from __future__ import annotations

import os
import threading

from local.permissions.deployment.deployed import Deployed, read
from local.permissions.place import Place


class Store:
    """The newest deployment of a run. Threads may share it."""

    def __init__(self, place: Place) -> None:
        """Starts with what there is: before the first deployment, nothing."""
        self._path = place.deployed
        self._account_root = place.global_arn("iam", "root")
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._deployed = Deployed()

    def now(self) -> Deployed:
        """Returns the newest deployment; the same object until something changes.

        Raises:
            PolicyError: A policy says something that nobody here understands.
        """
        try:
            status = os.stat(self._path)
        except FileNotFoundError:
            return self._deployed
        stamp = (status.st_ino, status.st_mtime_ns)
        if stamp != self._stamp:
            with self._lock:
                self._deployed = read(self._path.read_text(), self._account_root)
                self._stamp = stamp
        return self._deployed
