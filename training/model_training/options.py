"""The hyperparameters of every training, and how a workload declares more of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

Value = TypeVar("Value", int, float, bool, str)


def option(default: Value, *, minimum: float | None = None, maximum: float | None = None) -> Value:
    """Declares a hyperparameter of an options class, with the range that the command line checks.

    Args:
        default: Its default; the type of the default is the type of the option.
        minimum: Smallest value allowed. None: no limit.
        maximum: Largest value allowed. None: no limit.
    """
    declared: Value = field(default=default, metadata={"minimum": minimum, "maximum": maximum})
    return declared


@dataclass(frozen=True)
class TrainingOptions:
    """Hyperparameters; a workload's options extend them and may change the defaults.

    Attributes:
        epochs: Number of epochs, at least 1.
        batch_size: Rows per step, over all instances.
        learning_rate: Adam's initial learning rate; cosine decay reduces it to a tenth.
        seed: Seed of weights, order and dropout.
    """

    epochs: int = option(4, minimum=1)
    batch_size: int = option(256, minimum=1)
    learning_rate: float = option(0.002, minimum=1e-9)
    seed: int = option(20, minimum=0, maximum=(1 << 32) - 1)
