"""A model that waits for a signal of the test, and requests to it through a batcher."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import numpy as np

from local.model_server.batcher import Batcher
from local.model_server.errors import invalid_argument
from local.model_server.settings import Settings
from local.model_server.signature import Signature, Tensors, TensorSpec

DOUBLE = Signature(
    "double", {"x": TensorSpec("int64", (None,))}, {"y": TensorSpec("int64", (None,))}
)


class GatedModel:
    """Doubles its input once the gate is open; remembers the size of every call."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.entered = threading.Semaphore(0)
        self.calls: list[list[int]] = []

    def run(self, _signature: str, inputs: Tensors) -> Tensors:
        values = np.atleast_1d(inputs["x"]).tolist()
        self.calls.append(values)
        self.entered.release()
        if not self.gate.wait(timeout=30):
            raise TimeoutError("the test never opened the gate")
        if 13 in values:
            raise invalid_argument("13 is refused")
        return {"y": inputs["x"] * 2}


def settings(**changes: Any) -> Settings:
    return Settings(**{"batch_timeout_micros": 0, "max_batch_size": 4, **changes})


async def enter(model: GatedModel) -> None:
    await asyncio.to_thread(model.entered.acquire)


def ask(batcher: Batcher, *values: int) -> asyncio.Task[list[int]]:
    async def call() -> list[int]:
        outputs = await batcher.predict(DOUBLE, {"x": np.array(values)})
        answer: list[int] = outputs["y"].tolist()
        return answer

    return asyncio.get_running_loop().create_task(call())


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, timeout=60))
