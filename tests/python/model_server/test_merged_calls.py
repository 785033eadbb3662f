"""What becomes of a call for several requests: one that fails, and inputs that cannot be merged."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np

from local.model_server.batcher import Batcher
from local.model_server.errors import ServingError
from local.model_server.signature import Signature, Tensors, TensorSpec
from tests.python.model_server.batches import GatedModel, ask, enter, run, settings

LENGTH = Signature(
    "length",
    {
        "items": TensorSpec("int64", (None, None), "serving_default_items:0"),
        "x": TensorSpec("int64", (None,), "serving_default_x:0"),
    },
    {"y": TensorSpec("int64", (None,))},
)
SCALAR = Signature("scalar", {"x": TensorSpec("int64", ())}, {"y": TensorSpec("int64", ())})


def test_a_refused_request_does_not_fail_the_others_of_its_batch() -> None:
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
