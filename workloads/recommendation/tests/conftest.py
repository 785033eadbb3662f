"""Users who walk in a ring of items, and the model trained on them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.python.training.training_sets import train_once
from workloads.recommendation.demo.training_set import write_examples

RING = 24
USERS = 48
_STEPS = 9
_BEGIN = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def walk(user: int) -> list[dict[str, Any]]:
    """Ten actions, each on the item after the previous one."""
    return [
        {
            "action_id": f"{user}-{step}",
            "user": {"id": f"user-{user}"},
            "item_id": f"i{(user + step) % RING}",
            "item_title": f"Item {(user + step) % RING}",
            "acted_at": (_BEGIN + datetime.timedelta(minutes=step)).isoformat(),
        }
        for step in range(_STEPS + 1)
    ]


@pytest.fixture(scope="session")
def training_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, train, validation and test."""
    directory = tmp_path_factory.mktemp("walks")
    write_examples([one for user in range(USERS) for one in walk(user)], directory)
    return directory


@pytest.fixture(scope="session")
def trained(training_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the version that one training run exported."""
    arguments = ["--workload", "recommendation", "--epochs", "2", "--batch-size", "8"]
    return train_once(training_set, tmp_path_factory.mktemp("recommender"), *arguments)
