"""A linear item-to-item model of the next item, solved by ridge regression.

A history becomes two bags of its items, in which older items have smaller weights; the weights of
one bag decay fast, those of the other slowly. Ridge regression predicts the next item from the
bags.
EASE and SLIST are of this family (Steck, "Embarrassingly Shallow Autoencoders", 2019; Choi et al.,
"Session-aware Linear Item-Item Models", 2021). Reversed sequences are used, too, with a smaller
weight, because the co-occurrence of items matters more than their order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Factor of an item's weight in a bag for each further item.
DECAYS = (0.7, 0.95)

Weights = npt.NDArray[np.float32]
Items = npt.NDArray[np.int64]

# Chosen on the validation split of the demo: the weights of the bags, the weight of reversed
# sequences, and the penalty of the regression.
_SCALES = (1.0, 0.3)
_BACKWARDS = 0.5
_PENALTY = 300.0

_LEAST_WEIGHT = 1e-4
_LAGS_AT_ONCE = 16


def solve(sequences: Sequence[Items], items: int) -> Weights:
    """Solves for the weights.

    Args:
        sequences: The items of each user in order, each below `items`.
        items: Number of ids.

    Returns:
        [bags, items, items]: the weight of an item in each bag (row) for a next item (column).
    """
    backwards = [sequence[::-1] for sequence in sequences]
    both = _normal_equations(sequences, items), _normal_equations(backwards, items)
    gram, cross = (forth + _BACKWARDS * back for forth, back in zip(*both, strict=True))
    scales = np.repeat(_SCALES, items)
    penalised = gram * scales[:, np.newaxis] * scales + _PENALTY * np.eye(len(gram))
    weights = scales[:, np.newaxis] * np.linalg.solve(penalised, cross * scales[:, np.newaxis])
    return weights.reshape(len(DECAYS), items, items).astype(np.float32)


def _normal_equations(
    sequences: Sequence[Items], items: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sums over every position of a sequence except the first, where x is the concatenation of the
    bags before it, and y the item at it.

    Returns:
        The sums of x x' and of x y'.
    """
    before = [sequence[:-1] for sequence in sequences if len(sequence) > 1]
    last = np.array([sequence[-1] for sequence in sequences if len(sequence) > 1], np.int64)
    counts = np.diag(np.bincount(np.concatenate([*before, last[:0]]), minlength=items))
    together = [pairs(before, decay, items) for decay in DECAYS]
    ends = [_bags(before, decay, items) for decay in DECAYS]
    gram = np.zeros((len(DECAYS) * items, len(DECAYS) * items))
    for row, first in enumerate(DECAYS):
        for column, second in enumerate(DECAYS):
            # With the next item e, a bag x becomes d x + e. So the sum of the products after each
            # item is d1 d2 times the same sum without the last, plus the terms with e.
            added = counts + first * together[row] + second * together[column].T
            lost = first * second * (ends[row].T @ ends[column])
            gram[row * items : (row + 1) * items, column * items : (column + 1) * items] = (
                added - lost
            ) / (1 - first * second)
    cross = []
    for pair, end in zip(together, ends, strict=True):
        with_last = pair.T.copy()
        np.add.at(with_last, last, end)
        cross.append(with_last.T)
    return gram, np.concatenate(cross)


def pairs(sequences: Sequence[Items], decay: float, items: int) -> npt.NDArray[np.float64]:
    """Returns the total weight of an item (row) in the bags before another (column)."""
    total = np.zeros(items * items)
    lags = 1 + int(np.ceil(np.log(_LEAST_WEIGHT) / np.log(decay)))
    for start in range(1, lags + 1, _LAGS_AT_ONCE):
        positions, weights = [], []
        for lag in range(start, min(start + _LAGS_AT_ONCE, lags + 1)):
            for sequence in sequences:
                if len(sequence) > lag:
                    positions.append(sequence[:-lag] * items + sequence[lag:])
                    weights.append(np.full(len(sequence) - lag, decay ** (lag - 1)))
        if positions:
            total += np.bincount(
                np.concatenate(positions), np.concatenate(weights), minlength=items * items
            )
    return total.reshape(items, items)


def _bags(sequences: Sequence[Items], decay: float, items: int) -> npt.NDArray[np.float64]:
    """Returns the bag after each whole sequence, [sequences, items]."""
    bags = np.zeros((len(sequences), items))
    for row, sequence in enumerate(sequences):
        np.add.at(bags[row], sequence, decay ** np.arange(len(sequence) - 1, -1, -1.0))
    return bags
