"""Writes a model of the deployed shape for the serving benchmark, for when none is at hand.

Text in, label and scores out, through a convolutional text classifier. It is not trained: the time
a call takes depends on the layers, not on what they learned.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import keras
import tensorflow as tf

LABELS = ("negative", "neutral", "positive")
VOCABULARY = 20_000
LONGEST_TEXT_IN_WORDS = 48


class Classifier(tf.Module):  # type: ignore[misc]
    """The classifier with its text handling inside the graph."""

    def __init__(self, corpus: Path) -> None:
        super().__init__()
        with corpus.open(encoding="utf-8", errors="replace", newline="") as rows:
            texts = [row["text"] for row in csv.DictReader(rows)]
        vectorize = keras.layers.TextVectorization(
            max_tokens=VOCABULARY, output_sequence_length=LONGEST_TEXT_IN_WORDS
        )
        vectorize.adapt(tf.data.Dataset.from_tensor_slices(texts).batch(1024))
        self.model = keras.Sequential(
            [
                keras.Input((1,), dtype="string"),
                vectorize,
                keras.layers.Embedding(VOCABULARY, 64),
                keras.layers.Conv1D(128, 4, activation="relu"),
                keras.layers.GlobalMaxPooling1D(),
                keras.layers.Dense(len(LABELS), activation="softmax"),
            ]
        )

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])  # type: ignore[untyped-decorator]
    def classify(self, text: tf.Tensor) -> dict[str, tf.Tensor]:
        """Scores per label, and the label with the highest."""
        scores = self.model(tf.expand_dims(text, 1), training=False)
        label = tf.gather(tf.constant(LABELS), tf.argmax(scores, axis=1))
        return {"label": label, "scores": scores}


def main() -> None:
    """Writes `<model directory>/1`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="CSV with a column `text`")
    parser.add_argument("--model-directory", type=Path, required=True)
    options = parser.parse_args()
    classifier = Classifier(options.corpus)
    tf.saved_model.save(
        classifier,
        str(options.model_directory / "1"),
        signatures={"serving_default": classifier.classify},
    )


if __name__ == "__main__":
    main()
