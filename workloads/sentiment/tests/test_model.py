"""The parts of the model that training calls."""

from __future__ import annotations

import json
import math
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from model_training.columns import as_tensors
from model_training.extraction import ExtractedSplit, extract_split
from model_training.workload import Arrays

from workloads.sentiment.classifier.class_weights import class_weights, classes_of
from workloads.sentiment.classifier.features import extract
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.layers import VocabularyLookup, WeightedBag
from workloads.sentiment.classifier.loss import heads_loss
from workloads.sentiment.classifier.normalisation import normalise
from workloads.sentiment.classifier.preparation import Preparation
from workloads.sentiment.model import WORKLOAD, SentimentOptions

TEXTS = ["late late again", "again a gate", "late thanks"]


def posts(*labels: str) -> Arrays:
    return {
        "text": np.array(TEXTS[: len(labels)], np.object_),
        "label": np.array(labels, np.object_),
    }


def extracted(*labels: str) -> ExtractedSplit:
    return extract_split(WORKLOAD, posts(*labels), "train")


def prepare(split: ExtractedSplit) -> Preparation:
    return WORKLOAD.prepare(split.pieces, WORKLOAD.options())


def test_the_default_epochs_are_those_of_workload_json() -> None:
    # The pipeline's epochs come from workload.json; a run by hand takes the option's default.
    file = Path(__file__).resolve().parents[1] / "workload.json"
    assert WORKLOAD.options().epochs == json.loads(file.read_text())["epochs"]


def test_classes_have_the_same_total_weight() -> None:
    assert class_weights(np.array([3, 1])).tolist() == pytest.approx([4 / 6, 2.0])


def test_a_class_without_examples_has_the_weight_0() -> None:
    assert class_weights(np.array([1, 0, 1])).tolist() == [1.0, 0.0, 1.0]


def test_labels_are_classes() -> None:
    assert classes_of(tf.constant(LABELS[::-1])).numpy().tolist() == [2, 1, 0]
    with pytest.raises(tf.errors.InvalidArgumentError, match="negative, neutral, positive, rec"):
        classes_of(tf.constant(["neutral", "angry"]))


def test_targets_are_classes_and_their_weights() -> None:
    split = extracted("negative", "positive", "negative")
    targets, weights = WORKLOAD.targets(as_tensors(split.rows), prepare(split))
    assert targets.numpy().tolist() == [0, 2, 0]
    assert weights.numpy().tolist() == [0.75, 1.5, 0.75]


def test_features_are_ragged_without_padding() -> None:
    split = extracted("negative", "positive", "neutral")
    features = WORKLOAD.features(split.parts[0], prepare(split))
    assert list(features) == ["words", "word_ngrams", "topic_pairs", "character_ngrams"]
    assert features["words"].row_lengths().numpy().tolist() == [3, 3, 2]
    assert features["topic_pairs"].row_lengths().numpy().tolist() == [0, 0, 0]
    for values in features.values():
        assert values.flat_values.numpy().all()


def test_training_and_serving_extract_the_same_features() -> None:
    texts = tf.constant(["@Carrier LATE again!  https://a.example"])
    served = extract(normalise(texts))
    for name, ids in WORKLOAD.extract({"text": texts}).items():
        padded = getattr(served, name).numpy()[0]
        assert ids.to_list() == [[int(value) for value in padded if value]]


def test_loss_of_two_heads_by_hand() -> None:
    logits = tf.math.log([[[0.7, 0.2, 0.1], [0.25, 0.5, 0.25]]])
    plain = -math.log(0.7) - math.log(0.25)
    assert heads_loss(tf.constant([0]), logits, 0.0).numpy() == pytest.approx([plain])
    # With 0.3, the truth is 0.8, 0.1, 0.1.
    first = -(0.8 * math.log(0.7) + 0.1 * math.log(0.2) + 0.1 * math.log(0.1))
    second = -(0.9 * math.log(0.25) + 0.1 * math.log(0.5))
    smoothed = heads_loss(tf.constant([0]), logits, 0.3).numpy()
    assert smoothed == pytest.approx([first + second])
    options = SentimentOptions(label_smoothing=0.3)
    by_option = WORKLOAD.loss(tf.constant([0]), {"logits": logits}, options)
    assert by_option.numpy() == pytest.approx(smoothed)


def test_the_score_is_the_macro_f1_of_both_heads() -> None:
    # The linear head outvotes the other: 0.75 of the scores are its.
    sure, unsure = [0.0, 4.0, 0.0], [3.0, 0.0, 0.0]
    outputs = {"logits": np.array([[sure, unsure], [unsure, sure]], np.float32)}
    assert WORKLOAD.score(np.array([1, 0]), outputs) == pytest.approx(2 / 3)
    assert WORKLOAD.score(np.array([0, 0]), outputs) == pytest.approx(2 / 3 / 3)


def test_a_network_can_be_created_from_its_configuration() -> None:
    split = extracted("negative", "positive", "neutral")
    prepared = prepare(split)
    network = WORKLOAD.network(prepared, WORKLOAD.options())
    copy = keras.Model.from_config(network.get_config())
    copy.set_weights(network.get_weights())
    features = WORKLOAD.features(split.parts[0], prepared)
    padded = {name: values.to_tensor(shape=[3, 40]) for name, values in features.items()}
    expected = network(padded)["logits"].numpy()
    assert expected.shape == (3, 2, 3)
    assert copy(padded)["logits"].numpy().tolist() == expected.tolist()


def test_weights_of_layers_are_0_until_they_are_set() -> None:
    bag = WeightedBag(buckets=8, units=2, rate=3.0)
    vocabulary = VocabularyLookup(buckets=8)
    ids = tf.constant([[1, 2, 0]])
    assert bag(ids).numpy().tolist() == [[0, 0]]
    assert vocabulary(ids).numpy().tolist() == [[0, 0, 0]]
    vocabulary.know(np.arange(8, dtype=np.int32)[::-1])
    assert vocabulary(ids).numpy().tolist() == [[6, 5, 7]]
    assert {key: bag.get_config()[key] for key in ("buckets", "units", "rate")} == {
        "buckets": 8,
        "units": 2,
        "rate": 3.0,
    }
