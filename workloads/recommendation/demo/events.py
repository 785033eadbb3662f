"""Ratings of films as actions of users, from the MovieLens files in the `recbole` wheel."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.events.demo import Question

Action = dict[str, Any]

RATINGS = "ratings.tsv"
FILMS = "films.tsv"
_QUESTIONS = 12
_LONGEST_HISTORY = 1000


@dataclass(frozen=True)
class Rating:
    """A line of the data set.

    Attributes:
        user: The user.
        item: Number of the film.
        stars: The rating, 1 to 5.
        moment: Time of the rating, in whole seconds since 1970.
    """

    user: str
    item: str
    stars: float
    moment: int


def read_ratings(data: Path) -> list[Rating]:
    """Returns all ratings, in the order of the file."""
    lines = data.joinpath(RATINGS).read_text(encoding="utf-8").splitlines()[1:]
    fields = (line.split("\t") for line in lines)
    return [
        Rating(user, item, float(stars), int(float(moment))) for user, item, stars, moment in fields
    ]


def read_titles(data: Path) -> dict[str, str]:
    """Returns the films' titles by number, `Matrix, The` as `The Matrix`."""
    lines = data.joinpath(FILMS).read_text(encoding="utf-8").splitlines()[1:]
    return {item: _spoken(title) for item, title, *_ in (line.split("\t") for line in lines)}


def action(number: int, rating: Rating, title: str) -> Action:
    """Returns a rating as an event."""
    moment = datetime.datetime.fromtimestamp(rating.moment, datetime.UTC)
    return {
        "action_id": f"action-{number:06d}",
        "user": {"id": f"user-{rating.user}"},
        "item_id": rating.item,
        "item_title": title,
        "rating": rating.stars,
        "acted_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def read_events(data: Path, count: int | None, moment: datetime.datetime) -> list[Action]:
    """Returns the actions of whole users, because a part of a history is of little use.

    They keep the timestamps of the data set, which order them.

    Args:
        data: Folder of the workload's data set.
        count: Number of actions; the last user may be cut. None: all.
        moment: Time of the demo; not used.

    Raises:
        ValueError: There are fewer ratings.
    """
    ratings, titles = read_ratings(data), read_titles(data)
    if count is not None and count > len(ratings):
        raise ValueError(
            f"There are {len(ratings)} ratings in {data / RATINGS}, and {count} were requested."
        )
    # The users' actions are interleaved, as in a real stream.
    users = sorted({rating.user for rating in ratings}, key=lambda user: _spread("user", user))
    order = {user: number for number, user in enumerate(users)}
    chosen = sorted(ratings, key=lambda rating: order[rating.user])[:count]
    chosen.sort(key=lambda rating: _spread("arrival", rating.user, rating.item))
    return [action(number, one, titles[one.item]) for number, one in enumerate(chosen)]


def hold_back(actions: Sequence[Action], may_be: Callable[[int], bool]) -> list[Question]:
    """Chooses users at random, and the last action of each."""
    users: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(actions):
        users[one["user"]["id"]].append(number)
    questions: list[Question] = []
    for user in sorted(users, key=lambda user: _spread("held-back", user)):
        numbers = sorted(users[user], key=lambda number: position(actions[number]))
        *before, last = numbers
        if not before or not may_be(last) or len(questions) == _QUESTIONS:
            continue
        history = [actions[number]["item_id"] for number in before]
        held_back, seen = actions[last], actions[before[-1]]
        questions.append(
            Question(
                last,
                {"history": history[-_LONGEST_HISTORY:]},
                f"{held_back['item_title']}, after {seen['item_title']}",
                {"items": [held_back["item_id"]]},
            )
        )
    return questions


def position(one: Action) -> tuple[str, str]:
    """Returns the sort key of a user's actions, as in `training_set.py`."""
    return one["acted_at"], hashlib.sha256(one["action_id"].encode()).hexdigest()


def _spoken(title: str) -> str:
    for article in ("The", "A", "An"):
        if title.endswith(f", {article}"):
            return f"{article} {title.removesuffix(f', {article}')}"
    return title


def _spread(*names: str) -> bytes:
    """Returns a random order that is the same on every machine."""
    return hashlib.sha256(":".join(names).encode()).digest()
