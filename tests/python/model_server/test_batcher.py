"""Which requests wait, which share a call, which are refused."""

from __future__ import annotations

import asyncio

import pytest

from local.model_server.batcher import Batcher
from local.model_server.errors import ServingError
from tests.python.model_server.batches import GatedModel, ask, enter, run, settings


def test_a_request_does_not_wait_while_the_model_is_idle() -> None:
    async def test() -> None:
        model = GatedModel()
        model.gate.set()
        batcher = Batcher(model.run, settings(batch_timeout_micros=3_600_000_000))
        assert await ask(batcher, 1) == [2]
        assert model.calls == [[1]]
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


def test_a_free_thread_waits_for_more_requests_only_until_the_batch_is_full() -> None:
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


def test_a_free_thread_takes_a_batch_that_is_not_full_after_the_timeout() -> None:
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


def test_requests_beyond_the_queue_are_refused_and_the_others_answered() -> None:
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


def test_a_cancelled_request_is_removed_from_the_queue() -> None:
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
