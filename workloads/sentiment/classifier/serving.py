"""The exported model: from strings to label and scores, with everything between in its graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from workloads.sentiment.classifier.features import extract
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.network import average_scores
from workloads.sentiment.classifier.normalisation import normalise

SIGNATURE = "serving_default"
VERSION = "1"


class SentimentClassifier(tf.Module):  # type: ignore[misc]
    """Normalisation, features and network as one servable function."""

    def __init__(self, network: keras.Model) -> None:
        """Wraps a trained network."""
        super().__init__(name="sentiment_classifier")
        self._network = network

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[tf.TensorSpec([None], tf.string, name="text")]
    )
    def predict(self, text: Any) -> dict[str, Any]:
        """Classifies posts.

        Args:
            text: Posts, UTF-8, shape [posts].

        Returns:
            `label`, a string per post, and `scores`, three numbers per post that add up to 1, in
            the order negative, neutral, positive.
        """
        logits = self._network(extract(normalise(text))._asdict(), training=False)
        scores = average_scores(logits)
        return {
            "label": tf.gather(tf.constant(LABELS), tf.argmax(scores, axis=-1), name="label"),
            "scores": scores,
        }


def export_classifier(network: keras.Model, model_directory: Path) -> Path:
    """Writes the SavedModel where TensorFlow Serving looks for it.

    Args:
        network: The trained network.
        model_directory: What becomes model.tar.gz.

    Returns:
        The folder of the version, `model_directory/1`.
    """
    classifier = SentimentClassifier(network)
    directory = model_directory / VERSION
    tf.saved_model.save(classifier, str(directory), signatures={SIGNATURE: classifier.predict})
    return directory
