"""Writes the model with which the benchmarks measure how quiet the machine is.

Words in, scores out, through a convolutional text classifier. It is not trained: the time a call
takes depends on the layers, not on what they learned.

Usage: python -m bench.quietness_model --model-directory FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import keras
import tensorflow as tf

VOCABULARY = 20_000
LONGEST_TEXT_IN_WORDS = 48
CLASSES = 3


class Classifier(tf.Module):  # type: ignore[misc]
    """The classifier with its text handling inside the graph."""

    def __init__(self) -> None:
        super().__init__()
        # Room for the padding and for unknown words.
        words = [f"word{number}" for number in range(VOCABULARY - 2)]
        self.model = keras.Sequential(
            [
                keras.Input((1,), dtype="string"),
                keras.layers.TextVectorization(
                    vocabulary=words, output_sequence_length=LONGEST_TEXT_IN_WORDS
                ),
                keras.layers.Embedding(VOCABULARY, 64),
                keras.layers.Conv1D(128, 4, activation="relu"),
                keras.layers.GlobalMaxPooling1D(),
                keras.layers.Dense(CLASSES, activation="softmax"),
            ]
        )

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="words")])  # type: ignore[untyped-decorator]
    def classify(self, words: tf.Tensor) -> dict[str, tf.Tensor]:
        """Scores per class, and the class with the highest."""
        scores = self.model(tf.expand_dims(words, 1), training=False)
        return {"best": tf.argmax(scores, axis=1), "scores": scores}


def main() -> None:
    """Writes `<model directory>/1`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-directory", type=Path, required=True)
    options = parser.parse_args()
    classifier = Classifier()
    tf.saved_model.save(
        classifier,
        str(options.model_directory / "1"),
        signatures={"serving_default": classifier.classify},
    )


if __name__ == "__main__":
    main()
