"""The baselines: each scores all items for histories, from the training split."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from workloads.recommendation.recommender.item_to_item import Items, pairs

Scores = npt.NDArray[np.float64]
# From histories of ids to scores, [histories, ids].
Scorer = Callable[[Sequence[Items]], Scores]

_NEVER_SEEN = 1.0


def popularity(sequences: Sequence[Items], ids: int) -> Scorer:
    """Scores items by the number of users who acted on them, the same for every history."""
    counts = _counts(sequences, ids).astype(np.float64)
    return lambda histories: np.tile(counts, (len(histories), 1))


def item_neighbours(
    sequences: Sequence[Items], ids: int, neighbours: int, shrinkage: float
) -> Scorer:
    """Item-kNN: the sum of the cosines with the nearest items.

    Args:
        sequences: The items of each user.
        ids: Number of ids.
        neighbours: Number of nearest items to use.
        shrinkage: Added to the product of the norms, to reduce the noise of rare items.
    """
    users = np.zeros((len(sequences), ids))
    for row, sequence in enumerate(sequences):
        users[row, sequence] = 1
    together = users.T @ users
    norms = np.sqrt(np.diag(together))
    cosines = together / np.maximum(np.outer(norms, norms) + shrinkage, _NEVER_SEEN)
    np.fill_diagonal(cosines, 0)
    nearest = np.sort(cosines, axis=0)[-min(neighbours, ids)]
    cosines[cosines < nearest] = 0
    return lambda histories: _bags(histories, ids, 1.0) @ cosines


def recent_together(
    sequences: Sequence[Items], ids: int, decay: float, popularity_power: float
) -> Scorer:
    """Co-occurrence weighted by recency.

    Items that are close in a user's sequence, or late in the history, get larger weights.

    Args:
        sequences: The items of each user.
        ids: Number of ids.
        decay: Factor of an item's weight for each further item of the history.
        popularity_power: Scores are divided by this power of an item's actions.
    """
    forth = pairs(sequences, _CLOSENESS, ids)
    together = forth + forth.T
    counts = np.maximum(_counts(sequences, ids), _NEVER_SEEN) ** popularity_power
    return lambda histories: _bags(histories, ids, decay) @ together / counts


_CLOSENESS = 0.9


def _counts(sequences: Sequence[Items], ids: int) -> npt.NDArray[np.int64]:
    return np.bincount(np.concatenate(sequences), minlength=ids)


def _bags(histories: Sequence[Items], ids: int, decay: float) -> Scores:
    bags = np.zeros((len(histories), ids))
    for row, history in enumerate(histories):
        bags[row, history] = decay ** np.arange(len(history) - 1, -1, -1.0)
    return bags
