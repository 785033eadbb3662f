"""Ratings become actions, and the last action of some users is held back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from workloads.recommendation.demo.events import hold_back, position, read_events, read_titles

MOMENT = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    ratings = "".join(
        f"{user}\t{item}\t{1 + item % 5}\t{881250000 + item}\n"
        for item in range(1, 5)
        for user in ("u1", "u2", "u3")
    )
    header = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
    tmp_path.joinpath("ratings.tsv").write_text(header + ratings)
    films = "".join(f"{item}\tFilm {item}, The\t1995\tDrama\n" for item in range(1, 5))
    header = "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"
    tmp_path.joinpath("films.tsv").write_text(header + films)
    return tmp_path


def test_titles_begin_with_their_article(data: Path) -> None:
    assert read_titles(data)["3"] == "The Film 3"


def test_every_rating_is_an_action_with_its_own_time(data: Path) -> None:
    actions = read_events(data, None, MOMENT)
    assert len(actions) == 12
    assert len({one["action_id"] for one in actions}) == 12
    one = next(one for one in actions if one["user"]["id"] == "user-u2" and one["item_id"] == "3")
    assert {name: value for name, value in one.items() if name != "action_id"} == {
        "user": {"id": "user-u2"},
        "item_id": "3",
        "item_title": "The Film 3",
        "rating": 4.0,
        "acted_at": "1997-12-04T15:40:03Z",
    }


def test_a_count_takes_whole_users(data: Path) -> None:
    users = [one["user"]["id"] for one in read_events(data, 8, MOMENT)]
    assert sorted(map(users.count, set(users))) == [4, 4]
    with pytest.raises(ValueError, match=r"There are 12 ratings in .*ratings\.tsv, and 13 were"):
        read_events(data, 13, MOMENT)


def test_holds_back_the_last_action_of_a_user(data: Path) -> None:
    actions = read_events(data, None, MOMENT)
    questions = hold_back(actions, lambda number: actions[number]["user"]["id"] != "user-u1")
    assert {actions[one.number]["user"]["id"] for one in questions} == {"user-u2", "user-u3"}
    for one in questions:
        assert one.instance == {"history": ["1", "2", "3"]}
        assert one.expected == {"items": ["4"]}
        assert one.text == "The Film 4, after The Film 3"


def test_does_not_hold_back_the_only_action_of_a_user(data: Path) -> None:
    (action, *_) = read_events(data, None, MOMENT)
    assert hold_back([action], lambda _: True) == []


def test_the_hash_of_the_identity_orders_actions_of_the_same_time() -> None:
    # SHA-256 of "a" begins with ca, of "b" with 3e.
    first, second = ({"acted_at": "2026", "action_id": name} for name in "ba")
    assert position(first) < position(second)
