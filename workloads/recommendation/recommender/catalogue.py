"""The catalogue: the items of the training split."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from model_training.workload import Arrays

# The id that no item has: the padding of shorter histories.
NOTHING = 0


@dataclass(frozen=True)
class Catalogue:
    """Items by id; the most popular one has the id 1.

    Attributes:
        items: Names of the items, as producers send them, without id 0.
        titles: Titles of the items; empty if unknown.
        actions: Number of users who acted on each item.
    """

    items: tuple[str, ...]
    titles: tuple[str, ...]
    actions: tuple[int, ...]

    @property
    def ids(self) -> int:
        """Number of ids, including 0."""
        return len(self.items) + 1

    @property
    def log_popularity(self) -> npt.NDArray[np.float32]:
        """The logarithm of each id's share of the actions; 0 counts as half an action."""
        counts = np.array([0.5, *self.actions])
        logarithms: npt.NDArray[np.float32] = np.log(counts / counts.sum()).astype(np.float32)
        return logarithms


def read_catalogue(
    train: Iterable[Arrays], largest: int
) -> tuple[Catalogue, list[npt.NDArray[np.int64]]]:
    """Reads the catalogue in one pass over the training split.

    Args:
        train: The training split, in pieces.
        largest: Maximum number of items; the least popular ones are left out.

    Returns:
        The catalogue, and the ids of each user in order, without items that were left out.
    """
    actions: Counter[str] = Counter()
    titles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    users: list[list[str]] = []
    for rows in train:
        for user in _users(rows):
            users.append(user)
            actions.update(user)
        for followed, called in zip(rows["next_items"], rows["next_titles"], strict=True):
            for item, title in zip(followed.tolist(), called.tolist(), strict=True):
                if title:
                    titles[item][title] += 1
    ordered = sorted(actions, key=lambda item: (-actions[item], item))[:largest]
    catalogue = Catalogue(
        items=tuple(ordered),
        titles=tuple(_first(titles[item]) for item in ordered),
        actions=tuple(actions[item] for item in ordered),
    )
    ids = {item: number for number, item in enumerate(ordered, start=1)}
    return catalogue, [
        np.array([ids[item] for item in user if item in ids], np.int64) for user in users
    ]


def _users(rows: Arrays) -> Iterator[list[str]]:
    for before, followed in zip(rows["history"], rows["next_items"], strict=True):
        yield [item for item in (*before.tolist(), *followed.tolist()) if item]


def _first(titles: Counter[str]) -> str:
    """Returns the most frequent title; of several the first in the alphabet."""
    return min(titles, key=lambda title: (-titles[title], title), default="")
