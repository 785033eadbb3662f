"""Merging concurrent requests: who waits, who shares a call, who is refused."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import numpy as np
import pytest

from local.model_server.batcher import Batcher
from local.model_server.errors import ServingError, invalid_argument
from local.model_server.settings import Settings
from local.model_server.signature import Signature, Tensors, TensorSpec

DOUBLE = Signature(
    "double", {"x": TensorSpec("int64", (None,))}, {"y": TensorSpec("int64", (None,))}
)
LENGTH = Signature(
    "length",
    {
        "items": TensorSpec("int64", (None, None), "serving_default_items:0"),
        "x": TensorSpec("int64", (None,), "serving_default_x:0"),
    },
    {"y": TensorSpec("int64", (None,))},
)
SCALAR = Signature("scalar", {"x": TensorSpec("int64", ())}, {"y": TensorSpec("int64", ())})


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


def test_a_lone_request_goes_out_at_once_whatever_the_timeout() -> None:
    async def test() -> None:
        model = GatedModel()
        model.gate.set()
        batcher = Batcher(model.run, settings(batch_timeout_micros=3_600_000_000))
        assert await ask(batcher, 1) == [2]
        assert model.calls == [[1]]
        batcher.close()

    run(test())


class TimedModel:
    """Takes `seconds` of its own clock; remembers which calls ran in the event loop's thread."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.now = 0.0
        self.in_loop: list[bool] = []

    def clock(self) -> float:
        return self.now

    def run(self, _signature: str, inputs: Tensors) -> Tensors:
        self.now += self.seconds
        self.in_loop.append(threading.current_thread() is threading.main_thread())
        return {"y": inputs["x"]}


@pytest.mark.parametrize(("seconds", "in_loop"), [(0.002, True), (0.0021, False)])
def test_a_lone_instance_of_a_quick_model_needs_no_thread(seconds: float, in_loop: bool) -> None:
    async def test() -> None:
        model = TimedModel()
        model.seconds = seconds
        batcher = Batcher(model.run, settings(), model.clock)
        for _ in range(3):
            await ask(batcher, 1)
        # The first call shows how long one takes.
        assert model.in_loop == [False, in_loop, in_loop]
        batcher.close()

    run(test())


def test_a_slow_call_counts_for_a_while() -> None:
    async def test() -> None:
        model = TimedModel()
        batcher = Batcher(model.run, settings(), model.clock)
        for seconds in (0.0, 0.003, 0.0, 0.0, 0.0):
            model.seconds = seconds
            await ask(batcher, 1)
        # 3 ms, then 2.4 ms, then 1.92 ms are expected of the next call.
        assert model.in_loop == [False, True, False, False, True]
        batcher.close()

    run(test())


def test_several_instances_and_several_requests_go_to_a_thread() -> None:
    async def test() -> None:
        model = TimedModel()
        batcher = Batcher(model.run, settings(), model.clock)
        await ask(batcher, 1)
        await ask(batcher, 1, 2)
        await asyncio.gather(ask(batcher, 1), ask(batcher, 2))
        assert model.in_loop == [False, False, False]
        batcher.close()

    run(test())


def test_requests_of_one_turn_of_the_loop_share_a_call() -> None:
    async def test() -> None:
        model = GatedModel()
        model.gate.set()
        batcher = Batcher(model.run, settings())
        assert await asyncio.gather(*(ask(batcher, number) for number in (1, 2, 3))) == [
            [2],
            [4],
            [6],
        ]
        assert model.calls == [[1, 2, 3]]
        batcher.close()

    run(test())


def test_requests_that_come_while_a_call_runs_share_the_next_one() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings())
        first = ask(batcher, 1)
        await enter(model)
        rest = [ask(batcher, 2), ask(batcher, 3, 4), ask(batcher, 5), ask(batcher, 6)]
        await asyncio.sleep(0)
        model.gate.set()
        assert await asyncio.gather(first, *rest) == [[2], [4], [6, 8], [10], [12]]
        assert model.calls == [[1], [2, 3, 4, 5], [6]]
        batcher.close()

    run(test())


def test_batching_switched_off_gives_every_request_its_own_call() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings(batching=False))
        tasks = [ask(batcher, number) for number in (1, 2, 3)]
        await enter(model)
        model.gate.set()
        assert await asyncio.gather(*tasks) == [[2], [4], [6]]
        assert model.calls == [[1], [2], [3]]
        batcher.close()

    run(test())


def test_a_free_thread_waits_for_company_only_until_the_batch_is_full() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings(batch_threads=2, batch_timeout_micros=3_600_000_000))
        tasks = [ask(batcher, 1)]
        await enter(model)
        tasks += [ask(batcher, 2), ask(batcher, 3), ask(batcher, 4)]
        await asyncio.sleep(0.05)
        assert model.calls == [[1]]
        tasks.append(ask(batcher, 5))
        await enter(model)
        assert model.calls == [[1], [2, 3, 4, 5]]
        model.gate.set()
        assert await asyncio.gather(*tasks) == [[2], [4], [6], [8], [10]]
        batcher.close()

    run(test())


def test_a_free_thread_takes_a_part_filled_batch_after_the_timeout() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings(batch_threads=2, batch_timeout_micros=1000))
        tasks = [ask(batcher, 1)]
        await enter(model)
        tasks += [ask(batcher, 2), ask(batcher, 3)]
        await enter(model)
        assert model.calls == [[1], [2, 3]]
        model.gate.set()
        assert await asyncio.gather(*tasks) == [[2], [4], [6]]
        batcher.close()

    run(test())


def test_what_exceeds_the_queue_is_refused_and_the_rest_is_answered() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings(max_enqueued_batches=2))
        running = ask(batcher, 1)
        await enter(model)
        waiting = [ask(batcher, 2, 2, 2), ask(batcher, 3, 3, 3), ask(batcher, 4, 4)]
        await asyncio.sleep(0)
        with pytest.raises(ServingError) as caught:
            await ask(batcher, 5)
        assert caught.value.status == 503
        assert caught.value.message == (
            "The batch scheduling queue to which this task was submitted is full; "
            "max_enqueued_batches: 2, max_batch_size: 4"
        )
        model.gate.set()
        assert await asyncio.gather(running, *waiting) == [[2], [4] * 3, [6] * 3, [8] * 2]
        assert await ask(batcher, 6) == [12]
        batcher.close()

    run(test())


def test_a_refused_request_does_not_spoil_its_neighbours() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings())
        first = ask(batcher, 1)
        await enter(model)
        tasks = [ask(batcher, 2), ask(batcher, 13), ask(batcher, 3)]
        await asyncio.sleep(0)
        model.gate.set()
        good, bad, other = await asyncio.gather(*tasks, return_exceptions=True)
        assert [await first, good, other] == [[2], [4], [6]]
        assert isinstance(bad, ServingError)
        assert bad.message == "13 is refused"
        assert model.calls == [[1], [2, 13, 3], [2], [13], [3]]
        batcher.close()

    run(test())


class LengthModel:
    """Answers the length of the arrays; remembers the shapes it was called with."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def run(self, _signature: str, inputs: Tensors) -> Tensors:
        rows, length = inputs["items"].shape
        self.shapes.append((rows, length))
        return {"y": np.full(rows, length)}


async def ask_lengths(batcher: Batcher, *shapes: tuple[int, int]) -> list[Any]:
    requests = (
        batcher.predict(LENGTH, {"items": np.zeros(shape, int), "x": np.zeros(shape[0], int)})
        for shape in shapes
    )
    answers = await asyncio.gather(*requests, return_exceptions=True)
    return [
        (answer.status, answer.message)
        if isinstance(answer, ServingError)
        else answer["y"].tolist()  # type: ignore[index]
        for answer in answers
    ]


def test_arrays_of_different_lengths_fail_for_every_request_of_the_batch() -> None:
    async def test() -> None:
        model = LengthModel()
        batcher = Batcher(model.run, settings())
        refusal = (
            400,
            "Tensors with name 'serving_default_items:0' from different tasks have different"
            " shapes and padding is turned off. Set pad_variable_length_inputs to true, or ensure"
            " that all tensors with the same name have equal dimensions starting with the first"
            " dim.",
        )
        assert await ask_lengths(batcher, (1, 3), (2, 3), (1, 0)) == [refusal] * 3
        assert model.shapes == []
        assert await ask_lengths(batcher, (1, 3), (2, 3)) == [[3], [3, 3]]
        assert model.shapes == [(3, 3)]
        batcher.close()

    run(test())


def test_arrays_of_different_lengths_are_answered_where_batching_is_off() -> None:
    async def test() -> None:
        model = LengthModel()
        batcher = Batcher(model.run, settings(batching=False))
        assert await ask_lengths(batcher, (1, 3), (2, 1), (1, 0)) == [[3], [1, 1], [0]]
        assert model.shapes == [(1, 3), (2, 1), (1, 0)]
        batcher.close()

    run(test())


def test_a_signature_without_instances_is_never_merged() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings())
        tasks = [
            asyncio.get_running_loop().create_task(batcher.predict(SCALAR, {"x": np.array(number)}))
            for number in (1, 2, 3)
        ]
        await enter(model)
        model.gate.set()
        answers = [int(outputs["y"]) for outputs in await asyncio.gather(*tasks)]
        assert answers == [2, 4, 6]
        assert model.calls == [[1], [2], [3]]
        batcher.close()

    run(test())


def test_a_caller_that_left_is_dropped_from_the_queue() -> None:
    async def test() -> None:
        model = GatedModel()
        batcher = Batcher(model.run, settings())
        first = ask(batcher, 1)
        await enter(model)
        gone, stays = ask(batcher, 2), ask(batcher, 3)
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        model.gate.set()
        assert [await first, await stays] == [[2], [6]]
        assert model.calls == [[1], [3]]
        batcher.close()

    run(test())
