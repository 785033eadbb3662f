"""Text normalisation, as TensorFlow operations of the saved graph."""

from __future__ import annotations

import tensorflow as tf

_LONGEST_RUN = 3

# RE2 syntax. Order matters: emoticons are replaced before their characters become tokens.
_BEFORE_TOKENS = (
    (r"(?i:https?://|www\.)\S*", " <url> "),
    (r"&lt;", "<"),
    (r"&gt;", ">"),
    (r"&amp;", "&"),
    ("[\u2018\u2019`]", "'"),
    (r"<3", " <heart> "),
    (r"(?i:[:;=]['\-o]?(?:[)\]]+|[dp]\b))", " <smile> "),
    (r"[:;=]['\-o]?[(\[/|]+", " <frown> "),
)
_TOKEN = (
    r"[@#][\pL\pN_]+"
    r"|<(?:url|caps|smile|frown|heart)>"
    r"|[\pL\pN_\pM]+(?:'[\pL\pN_]+)?"
    r"|!+|\?+|\.+"
    r"|[^\pL\pN_\pM\s]"
)


def normalise(texts: tf.Tensor) -> tf.Tensor:
    """Normalises posts and puts a single space between their tokens.

    Links become `<url>`, numbers `0`, emoticons `<smile>`, `<frown>` or `<heart>`; a word in
    capitals is followed by `<caps>`; letters become lower case; four or more of the same character
    become three; mentions, hashtags, words and runs of `!`, `?`, `.` are one token each, any other
    punctuation character is a token.

    Args:
        texts: String tensor of shape [posts], UTF-8. Invalid bytes become U+FFFD.

    Returns:
        A string tensor of the same shape.
    """
    texts = _replace(tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8"), _BEFORE_TOKENS)
    texts = tf.strings.regex_replace(_shorten_runs(texts), f"({_TOKEN})", r" \1 ")
    texts = tf.strings.regex_replace(texts, r" (\p{Lu}{3,}) ", r" \1 <caps> ")
    texts = tf.strings.lower(texts, encoding="utf-8")
    return tf.strings.strip(_replace(texts, ((r"\d+", "0"), (r"\s+", " "))))


def _replace(texts: tf.Tensor, rules: tuple[tuple[str, str], ...]) -> tf.Tensor:
    for pattern, replacement in rules:
        texts = tf.strings.regex_replace(texts, pattern, replacement)
    return texts


def _shorten_runs(texts: tf.Tensor) -> tf.Tensor:
    """RE2 has no back references, so runs are found among the code points."""
    points = tf.strings.unicode_decode(texts, "UTF-8")
    values, rows = points.flat_values, points.value_rowids()
    earlier = tf.pad(values, [[_LONGEST_RUN, 0]], constant_values=-1)
    same_row = tf.pad(rows, [[_LONGEST_RUN, 0]], constant_values=-1)
    size = tf.shape(values)[0]
    repeats = tf.ones_like(values, tf.bool)
    for distance in range(1, _LONGEST_RUN + 1):
        start = _LONGEST_RUN - distance
        repeats &= (values == earlier[start : start + size]) & (
            rows == same_row[start : start + size]
        )
    kept = tf.ragged.boolean_mask(points, points.with_flat_values(~repeats))
    return tf.strings.unicode_encode(kept, "UTF-8")
