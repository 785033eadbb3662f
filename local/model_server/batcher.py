"""Merges concurrent requests into fewer calls of the model."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from local.model_server.errors import ServingError, failed_precondition, unavailable
from local.model_server.settings import Settings
from local.model_server.signature import Signature, Tensors

RunModel = Callable[[str, Tensors], Tensors]

_LOGGER = logging.getLogger(__name__)


@dataclass
class _Task:
    signature: Signature
    inputs: Tensors
    instances: int
    #: Whether other requests of the same signature may be in the same call.
    may_share: bool
    enqueued_at: float
    answer: asyncio.Future[Tensors]


class Batcher:
    """Calls the model for the requests in a bounded queue.

    While the model is idle, a request is passed to it at once, together with those that arrived in
    the same turn of the event loop; TensorFlow Serving would let it wait for others, for up to
    `batch_timeout_micros`. While a batch runs, later requests are collected. They are passed on as
    soon as the next batch is full, or when a thread is free and the oldest of them has waited for
    `batch_timeout_micros`. When the call for a batch fails, it is repeated for each request, so
    that no caller gets the error of another caller's request. As in TensorFlow Serving, every
    request of a batch fails when its inputs cannot be merged because a dimension other than the
    first one differs; a model that takes arrays of any length is served without batching.
    """

    def __init__(self, run: RunModel, settings: Settings) -> None:
        self._run = run
        self._settings = settings
        self._wait_seconds = settings.batch_timeout_micros / 1_000_000
        self._capacity = settings.max_batch_size * settings.max_enqueued_batches
        self._queue: deque[_Task] = deque()
        self._queued_instances = 0
        self._running = 0
        self._executor = ThreadPoolExecutor(settings.batch_threads, thread_name_prefix="batch")
        self._timer: asyncio.TimerHandle | None = None
        self._turn: asyncio.Handle | None = None

    async def predict(self, signature: Signature, inputs: Tensors) -> Tensors:
        """Runs the model for one request.

        Raises:
            ServingError: 503 if the queue is full; else the error of the model.
        """
        loop = asyncio.get_running_loop()
        instances, may_share = self._batch_size(signature, inputs)
        if self._queue and self._queued_instances + instances > self._capacity:
            raise unavailable(
                "The batch scheduling queue to which this task was submitted is full; "
                f"max_enqueued_batches: {self._settings.max_enqueued_batches}, "
                f"max_batch_size: {self._settings.max_batch_size}"
            )
        task = _Task(signature, inputs, instances, may_share, loop.time(), loop.create_future())
        self._queue.append(task)
        self._queued_instances += instances
        if self._turn is None:
            # Not immediately: other requests that have arrived are still read in this turn.
            self._turn = loop.call_soon(self._end_turn)
        return await task.answer

    def close(self) -> None:
        """Waits for running calls, and starts no further ones."""
        if self._timer is not None:
            self._timer.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _batch_size(self, signature: Signature, inputs: Tensors) -> tuple[int, bool]:
        """Returns the instances of a request, and whether it may share a batch."""
        if not signature.batchable:
            return 1, False
        instances = next(iter(inputs.values())).shape[0]
        alone = not self._settings.batching or not 0 < instances < self._settings.max_batch_size
        return max(instances, 1), not alone

    def _dispatch(self) -> None:
        while self._queue and self._running < self._settings.batch_threads:
            if self._running and not self._next_batch_is_due():
                return
            batch = self._take_batch()
            if batch:
                self._start(batch)

    def _next_batch_is_due(self) -> bool:
        oldest = self._queue[0]
        if not oldest.may_share or self._queued_instances >= self._settings.max_batch_size:
            return True
        loop = asyncio.get_running_loop()
        due_at = oldest.enqueued_at + self._wait_seconds
        if loop.time() >= due_at:
            return True
        if self._timer is None:
            self._timer = loop.call_at(due_at, self._timer_fired)
        return False

    def _end_turn(self) -> None:
        self._turn = None
        self._dispatch()

    def _timer_fired(self) -> None:
        self._timer = None
        self._dispatch()

    def _take_batch(self) -> list[_Task]:
        batch: list[_Task] = []
        size = 0
        while self._queue:
            task = self._queue[0]
            if not task.answer.cancelled():
                other = bool(batch) and not _belong_together(batch[0], task)
                if other or (batch and size + task.instances > self._settings.max_batch_size):
                    break
                batch.append(task)
                size += task.instances
            self._queue.popleft()
            self._queued_instances -= task.instances
        return batch

    def _start(self, batch: list[_Task]) -> None:
        self._running += 1
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._executor, self._run_batch, batch)
        work.add_done_callback(lambda done: self._finish(batch, done))

    def _finish(self, batch: list[_Task], work: asyncio.Future[list[Tensors | Exception]]) -> None:
        self._running -= 1
        for task, result in zip(batch, work.result(), strict=True):
            if task.answer.done():
                continue
            if isinstance(result, Exception):
                task.answer.set_exception(result)
            else:
                task.answer.set_result(result)
        self._dispatch()

    def _run_batch(self, batch: list[_Task]) -> list[Tensors | Exception]:
        if len(batch) > 1:
            differing = _differing_input(batch)
            if differing is not None:
                return [_shapes_differ(differing) for _ in batch]
            try:
                return self._run_merged(batch)
            except Exception as error:
                _LOGGER.warning("A merged call failed and is repeated per request: %s", error)
        results: list[Tensors | Exception] = []
        for task in batch:
            try:
                results.append(self._run(task.signature.name, task.inputs))
            except Exception as error:
                results.append(error)
        return results

    def _run_merged(self, batch: list[_Task]) -> list[Tensors | Exception]:
        merged = {
            name: np.concatenate([task.inputs[name] for task in batch]) for name in batch[0].inputs
        }
        outputs = self._run(batch[0].signature.name, merged)
        edges = np.cumsum([task.instances for task in batch])
        total = int(edges[-1])
        for name, tensor in outputs.items():
            if tensor.shape[:1] != (total,):
                raise ValueError(f"output {name} holds {tensor.shape} for {total} instances")
        parts = {name: np.split(tensor, edges[:-1]) for name, tensor in outputs.items()}
        return [{name: parts[name][index] for name in parts} for index in range(len(batch))]


def _belong_together(first: _Task, task: _Task) -> bool:
    return first.may_share and task.may_share and first.signature.name == task.signature.name


def _differing_input(batch: list[_Task]) -> str | None:
    """Returns the tensor name of an input whose rows do not have the same shape in all tasks."""
    first = batch[0]
    for task in batch[1:]:
        for name, tensor in task.inputs.items():
            if tensor.shape[1:] != first.inputs[name].shape[1:]:
                return first.signature.inputs[name].tensor_name
    return None


def _shapes_differ(tensor_name: str) -> ServingError:
    """TensorFlow Serving's error (2.20, `batching_session.cc`, MergeInputTensors); its status is
    400 in `http_server.cc`. AWS's container has no setting for padding.
    """
    return failed_precondition(
        f"Tensors with name '{tensor_name}' from different tasks have different shapes and padding"
        " is turned off. Set pad_variable_length_inputs to true, or ensure that all tensors with"
        " the same name have equal dimensions starting with the first dim."
    )
