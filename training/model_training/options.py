"""Hyperparameters that every training has, and how a workload declares more of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

Value = TypeVar("Value", int, float, bool, str)


def option(default: Value, *, minimum: float | None = None, maximum: float | None = None) -> Value:
    """A hyperparameter of an options class, with the range that the command line holds it to.

    Args:
        default: Its value unless another one is given; its type is the option's type.
        minimum: Smallest value allowed. None: no limit.
        maximum: Largest value allowed. None: no limit.
    """
    declared: Value = field(default=default, metadata={"minimum": minimum, "maximum": maximum})
    return declared


@dataclass(frozen=True)
class TrainingOptions:
    """How to train; a workload's options extend it and may change the defaults.

    Attributes:
        epochs: Passes over the training split, at least 1.
        batch_size: Rows per step, over all instances.
        learning_rate: Adam's first rate; it falls along a cosine to a tenth.
        seed: Of weights, order and dropout.
    """

    epochs: int = option(4, minimum=1)
    batch_size: int = option(256, minimum=1)
    learning_rate: float = option(0.002, minimum=1e-9)
    seed: int = option(20, minimum=0, maximum=(1 << 32) - 1)
