"""What an operation of an AWS JSON API is to this package."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

JsonObject = dict[str, Any]

Handler = Callable[[JsonObject], Awaitable[JsonObject]]
"""Takes the validated request, returns the response, raises `AwsError` to refuse."""

Handlers = Mapping[str, Handler]
"""Handlers by operation name, for example ``DescribeCluster``."""
