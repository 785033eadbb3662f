from __future__ import annotations

import pytest
import tensorflow as tf

from workloads.sentiment.classifier.normalisation import normalise


def normalised(*texts: str | bytes) -> list[str]:
    return [text.decode() for text in normalise(tf.constant(texts)).numpy()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://t.co/aB3?x=1 now", "see <url> now"),
        ("HTTP://T.CO www.Example.org", "<url> <url>"),
        ("@United lost my #LuggageFail", "@united lost my #luggagefail"),
        ("this SUCKS, OK", "this sucks <caps> , ok"),
        ("SO VERY LATE @TSA", "so very <caps> late <caps> @tsa"),
        ("gate 1234 at 2:30", "gate 0 at 0 : 0"),
        ("sooooo", "sooo"),
        ("sooo", "sooo"),
        ("soo", "soo"),
        ("No!!!! why??", "no !!! why ??"),
        ("wait.....", "wait ..."),
        ("don\u2019t Don't", "don't don't"),
        ("a &lt;b&gt; &amp; c", "a < b > & c"),
        ("fine :-) bad :( love <3", "fine <smile> bad <frown> love <heart>"),
        ("report:paid :D :P", "report : paid <smile> <smile>"),
        ("\U0001f600\U0001f600 nice", "\U0001f600 \U0001f600 nice"),
        ("\u00c9COLE Stra\u00dfe", "\u00e9cole <caps> stra\u00dfe"),
        ("\uc548\ub155 \uc138\uc0c1", "\uc548\ub155 \uc138\uc0c1"),
        ("  many\n\tspaces  ", "many spaces"),
        ("a(b)c", "a ( b ) c"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_normalises(text: str, expected: str) -> None:
    assert normalised(text) == [expected]


def test_runs_do_not_reach_into_the_next_post() -> None:
    assert normalised("aaa", "aaa", "a") == ["aaa", "aaa", "a"]


def test_invalid_bytes_become_replacement_characters() -> None:
    assert normalised(b"ok \xff fine") == ["ok \ufffd fine"]


def test_normalises_nothing() -> None:
    assert normalise(tf.constant([], tf.string)).shape == (0,)


def test_does_not_change_normalised_text() -> None:
    once = normalised("@United SUCKS!!!!! http://t.co/x 2h :( sooooo")
    assert normalised(*once) == once
