"""How to train."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hyperparameters:
    """How to train; the defaults were chosen on validation splits.

    Attributes:
        epochs: Passes over the training split, at least 1.
        batch_size: Posts per step, over all instances.
        learning_rate: Adam's first rate; it falls along a cosine to a tenth.
        label_smoothing: Share of each label spread over all classes, from 0 to below 1: human
            labels of sentiment are wrong now and then.
        seed: Of weights, order and dropout.
    """

    epochs: int = 4
    batch_size: int = 256
    learning_rate: float = 0.002
    label_smoothing: float = 0.1
    seed: int = 20
