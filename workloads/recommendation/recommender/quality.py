"""Metrics and plots of recommendations. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from model_training.evaluation import Curves, Evaluation
from model_training.problems import InputError

if TYPE_CHECKING:
    from model_training.workload import Array, Arrays

# Number of recommended items that the gate's metrics use.
CUT = 10


def measure(rows: Arrays, answers: Arrays) -> Evaluation:
    """Compares the recommended items with the item that followed.

    Items are not sampled: recommendations are the best of all items, and any other item is a miss.

    Args:
        rows: The column `next_items` of the training set, [users, items]; only the first item is
            used.
        answers: `items`, [users, 20], the best first, padded with "".

    Returns:
        `ndcg_at_10`, `hit_rate_at_10` and `hit_rate_at_20`, 0 to 1; `items_shown`, the number of
        items among the first ten of any user; a plot of the hit rate by the number of items.

    Raises:
        InputError: There is no user.
    """
    if not len(answers["items"]):
        raise InputError("The test split has no users. Expected at least one.")
    ranks = ranks_of(rows["next_items"][:, 0], answers["items"])
    most = answers["items"].shape[1]
    hit_rates = [float((ranks < count).mean()) for count in range(1, most + 1)]
    shown = np.unique(answers["items"][:, :CUT].astype(str))
    return Evaluation(
        metrics={
            f"ndcg_at_{CUT}": float(gains(ranks).mean()),
            f"hit_rate_at_{CUT}": hit_rates[CUT - 1],
            f"hit_rate_at_{most}": hit_rates[-1],
            "items_shown": float(np.count_nonzero(shown != "")),
        },
        plots=(
            Curves(
                title="Hit rate",
                note="How often the item that a user acted on next is among the first recommended "
                "items, out of all items.",
                x_title="recommended items",
                y_title="share of users",
                lines={
                    "hit rate": [
                        (float(count), round(rate, 4)) for count, rate in enumerate(hit_rates, 1)
                    ]
                },
            ),
        ),
    )


def ranks_of(followed: Array, items: Array) -> npt.NDArray[np.int64]:
    """Returns the position of an item among the recommended ones, 0 for the best.

    Args:
        followed: The item to find, [users].
        items: The recommended items, [users, positions].

    Returns:
        [users]; the number of positions if the item is not among them.
    """
    found = items == followed[:, np.newaxis]
    ranks: npt.NDArray[np.int64] = np.where(
        found.any(axis=1), found.argmax(axis=1), items.shape[1]
    ).astype(np.int64)
    return ranks


def gains(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Returns the NDCG of each user: 1 / log2(position + 1) up to position 10, then 0.

    With one item to find, the best possible value is 1, so no normalisation is needed.
    """
    found: npt.NDArray[np.float64] = np.where(ranks < CUT, 1 / np.log2(ranks + 2.0), 0.0)
    return found
