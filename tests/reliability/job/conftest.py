"""Jobs lead sessions of their own: they end only if this process gets to end them."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def clean_up_when_told_to_end() -> Iterator[None]:
    """Makes SIGTERM what Ctrl-C is, so that the fixtures' ends are reached."""
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGTERM, former)
