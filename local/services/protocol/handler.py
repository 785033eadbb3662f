"""Types of the functions that answer operations of AWS's JSON APIs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

JsonObject = dict[str, Any]

Handler = Callable[[JsonObject], Awaitable[JsonObject]]
"""Takes the validated request and returns the response, or raises `AwsError`."""

Handlers = Mapping[str, Handler]
"""Handlers by operation name, for example ``DescribeCluster``."""
