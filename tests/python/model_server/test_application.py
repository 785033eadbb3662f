"""The routes over a real SavedModel: bodies and statuses exactly."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from local.model_server.application import MAX_BODY_BYTES, ServedModel, build_application
from local.model_server.batcher import Batcher
from local.model_server.saved_model import SavedModel, load_model
from local.model_server.settings import Settings

INVOCATIONS = "/invocations"
Client = TestClient[Any, Any]


@pytest.fixture(scope="module")
def model(model_directory: Path) -> SavedModel:
    return load_model(model_directory, 7)


def serve(
    model: SavedModel, test: Callable[[Client], Awaitable[None]], batching: bool = True
) -> None:
    settings = Settings(batching=batching, batch_threads=2, batch_timeout_micros=100)

    async def run() -> None:
        batcher = Batcher(model.run, settings)
        served = ServedModel(model.signatures, batcher)
        async with TestClient(TestServer(build_application(served))) as client:
            await test(client)
        batcher.close()

    asyncio.run(asyncio.wait_for(run(), timeout=60))


async def post(client: Client, body: Any, **options: Any) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **options.get("headers", {})}
    async with client.post(INVOCATIONS, data=data, headers=headers) as response:
        assert response.content_type == "application/json"
        return response.status, await response.json()


TEN = {"label": "negative", "scores": [1.25, 0.5, 0.0909090936]}


def test_predicts_in_row_form(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        body = {"instances": [{"text": "ab"}, {"text": "äöüäöüäöüä"}]}
        status, answer = await post(client, body)
        assert status == 200
        assert answer == {
            "predictions": [
                {"label": "neutral", "scores": [0.25, 0.5, 0.333333343]},
                TEN,
            ]
        }

    serve(model, test)


def test_predicts_in_columnar_form(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        assert await post(client, {"inputs": ["äöüäöüäöüä"]}) == (
            200,
            {"outputs": {"label": ["negative"], "scores": [TEN["scores"]]}},
        )

    serve(model, test)


def test_calls_the_named_signature_and_carries_bytes_as_base64(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        body: Any = {"signature_name": "refuse_questions", "instances": [{"b64": "AP8="}]}
        assert await post(client, body) == (200, {"predictions": [{"b64": "AP8="}]})
        body = {"signature_name": "count", "inputs": 41}
        assert await post(client, body) == (200, {"outputs": 42})
        body = {"signature_name": "weigh", "instances": [{"values": [1, 2], "scale": 3}]}
        assert await post(client, body) == (200, {"predictions": [9.0]})

    serve(model, test)


def recommend(*histories: list[str]) -> dict[str, Any]:
    instances = [{"items": items, "minimum": 2} for items in histories]
    return {"signature_name": "recommend", "instances": instances}


def test_several_outputs_of_any_type_are_one_flat_object_per_instance(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        status, answer = await post(client, recommend(["a"], ["b"]))
        flat = {"next": ["50", "7"], "rating": 0.125, "known": False, "count": 1}
        assert (status, answer) == (200, {"predictions": [flat, flat]})

    serve(model, test)


def test_arrays_of_one_request_must_be_of_one_length(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        assert await post(client, recommend(["a"], ["b", "c"])) == (
            400,
            {
                "error": "Failed to process element: 1 key: items of 'instances' list. Error:"
                " INVALID_ARGUMENT: Expecting tensor size: 1 but got: 2"
            },
        )

    serve(model, test, batching=False)


DIFFERENT_SHAPES = (
    "Tensors with name 'recommend_items:0' from different tasks have different shapes and padding"
    " is turned off. Set pad_variable_length_inputs to true, or ensure that all tensors with the"
    " same name have equal dimensions starting with the first dim."
)


@pytest.mark.parametrize(
    ("batching", "refusals"), [(True, [(400, {"error": DIFFERENT_SHAPES})]), (False, [])]
)
def test_arrays_of_several_requests_may_differ_without_batching_only(
    model: SavedModel, batching: bool, refusals: list[Any]
) -> None:
    async def test(client: Client) -> None:
        requests = [recommend(["a"] * length) for length in range(1, 61)]
        answers = await asyncio.gather(*(post(client, body) for body in requests))
        refused = [answer for answer in answers if answer[0] != 200]
        # Which requests meet in a batch is a matter of time; among sixty some do.
        assert refused[:1] == refusals
        assert refused == refused[:1] * len(refused)
        assert [
            answer["predictions"][0]["count"] for status, answer in answers if status == 200
        ] == [length for length, (status, _) in enumerate(answers, start=1) if status == 200]

    serve(model, test, batching)


def test_what_the_graph_refuses_is_a_bad_request(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        body = {"signature_name": "refuse_questions", "instances": ["really?"]}
        status, answer = await post(client, body)
        assert status == 400
        assert list(answer) == ["error"]
        assert "no questions" in answer["error"]

    serve(model, test)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", "JSON Parse error: Missing a name for object member. at offset: 1"),
        ({}, "Missing 'inputs' or 'instances' key"),
    ],
)
def test_errors_have_tensorflow_servings_status_and_body(
    model: SavedModel, body: Any, message: str
) -> None:
    async def test(client: Client) -> None:
        assert await post(client, body) == (400, {"error": message})

    serve(model, test)


def test_invocations_takes_json_only(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        answer = await post(client, b"a", headers={"Content-Type": "text/csv"})
        assert answer == (415, {"error": "Unsupported Content-Type: text/csv"})

    serve(model, test)


def test_a_body_beyond_the_limit_is_refused(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        data = io.BytesIO(b" " * (MAX_BODY_BYTES + 1))
        async with client.post(INVOCATIONS, data=data) as response:
            assert (response.status, await response.json()) == (
                413,
                {"error": "The body exceeds 16777216 bytes."},
            )

    serve(model, test)


def test_an_unknown_path_is_a_malformed_request(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        async with client.post("/other", data=b"{}") as response:
            assert (response.status, await response.json()) == (
                400,
                {"error": "Malformed request: POST /other"},
            )

    serve(model, test)


def test_ping_answers_with_an_empty_200(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        async with client.get("/ping") as response:
            assert (response.status, await response.read()) == (200, b"")

    serve(model, test)


def test_every_concurrent_caller_gets_its_own_answer(model: SavedModel) -> None:
    async def test(client: Client) -> None:
        async def one(length: int) -> tuple[int, list[float]]:
            instances = [{"text": "x" * length}, {"text": "y" * (length + 1)}]
            status, answer = await post(client, {"instances": instances})
            return status, [prediction["scores"][0] * 8 for prediction in answer["predictions"]]

        answers = await asyncio.gather(*(one(length) for length in range(1, 301)))
        assert answers == [(200, [length, length + 1]) for length in range(1, 301)]

    serve(model, test)
