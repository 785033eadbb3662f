"""Tweets become posts, and some of them are held back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from workloads.sentiment.demo.events import hold_back, post, read_events, read_tweets

MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=datetime.UTC)
LABELS = ("negative", "neutral", "positive")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = "".join(f'{LABELS[n % 3]},0.5,"tweet {n}, quoted"\n' for n in range(9))
    file = tmp_path / "tweets.csv"
    file.write_bytes(f"sentiment,confidence,text\n{rows}".encode() + b"positive,1,caf\xe9\n")
    return tmp_path


def test_damaged_bytes_of_the_wheel_become_replacement_characters(data: Path) -> None:
    tweets = read_tweets(data / "tweets.csv")
    assert tweets[1] == ("tweet 1, quoted", "neutral")
    assert tweets[9] == ("caf\ufffd", "positive")


def test_posts_are_spread_evenly_over_the_tweets(data: Path) -> None:
    posts = read_events(data, 5, MOMENT)
    assert [one["text"] for one in posts] == [f"tweet {n}, quoted" for n in (0, 2, 4, 6, 8)]
    assert posts[1] == {
        "event_id": "post-000001",
        "user_id": "user-563",
        "text": "tweet 2, quoted",
        "created_at": "2026-01-02T03:04:05Z",
        "lang": "en",
        "source": "replay",
        "label": "positive",
    }


def test_without_a_count_every_tweet_is_a_post(data: Path) -> None:
    posts = read_events(data, None, MOMENT)
    assert [one["text"] for one in posts] == [text for text, _ in read_tweets(data / "tweets.csv")]


def test_names_the_number_of_tweets_when_there_are_too_few(data: Path) -> None:
    with pytest.raises(
        ValueError, match=r"There are 10 tweets in .*tweets\.csv, and 11 were requested"
    ):
        read_events(data, 11, MOMENT)


def test_holds_back_four_presentable_unique_texts_of_each_label() -> None:
    def made(number: int, text: str) -> dict[str, str]:
        return post((text, LABELS[number % 3]), str(number), "user", MOMENT, "test")

    once = [
        made(number, f"@united my flight {number:07d} was the one I talked about.")
        for number in range(60)
    ]
    twice = [made(number, "@united we sat on the same plane AS OTHERS did.") for number in (0, 1)]
    twice += [made(0, "@united we sat on the same plane as others did.")]
    posts = [*once, *twice, made(0, "short")]
    # Four posts of each label, and those that come twice.
    allowed = {*range(21, 33), 60, 61, 62}
    questions = hold_back(posts, lambda number: number in allowed)
    assert [one.expected for one in questions] == [
        {"label": label} for label in LABELS for _ in range(4)
    ]
    for one in questions:
        assert one.number in allowed
        assert one.instance == {"text": posts[one.number]["text"]}
        assert one.text == one.instance["text"]
        assert one.expected == {"label": posts[one.number]["label"]}
    assert {one.number for one in questions} == set(range(21, 33))
