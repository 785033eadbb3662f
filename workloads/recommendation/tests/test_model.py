"""The parts of the model that training calls."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from model_training.columns import as_tensors
from model_training.examples import in_pieces
from model_training.extraction import extract_split
from model_training.workload import Arrays

from workloads.recommendation import training_set
from workloads.recommendation.model import WORKLOAD, RecommendationOptions
from workloads.recommendation.recommender import features, network
from workloads.recommendation.recommender.catalogue import read_catalogue
from workloads.recommendation.recommender.loss import sequence_loss
from workloads.recommendation.recommender.preparation import Preparation


def rows() -> Arrays:
    return {
        "history": np.array([["a", ""], ["b", "x"]], np.object_),
        "next_items": np.array([["b", "c"], ["a", ""]], np.object_),
        "next_titles": np.array([["Bee", ""], ["Ay", ""]], np.object_),
    }


def prepared(largest: int = 10) -> Preparation:
    return WORKLOAD.prepare(
        extract_split(WORKLOAD, rows(), "train").pieces,
        RecommendationOptions(largest_catalogue=largest),
    )


def test_the_epochs_of_the_options_are_those_of_workload_json() -> None:
    file = Path(__file__).resolve().parents[1] / "workload.json"
    assert WORKLOAD.options().epochs == json.loads(file.read_text())["epochs"]
    schema = json.loads(file.with_name("prediction.schema.json").read_text())
    longest = schema["properties"]["instance"]["properties"]["history"]["maxItems"]
    # The container that trains has no Spark, so each side has its own.
    assert features.LONGEST == training_set.LONGEST == longest


def test_the_catalogue_is_ordered_by_popularity() -> None:
    catalogue, users = read_catalogue(in_pieces(rows()), 10)
    assert catalogue.items == ("a", "b", "c", "x")
    assert catalogue.titles == ("Ay", "Bee", "", "")
    assert catalogue.actions == (2, 2, 1, 1)
    assert [user.tolist() for user in users] == [[1, 2, 3], [2, 4, 1]]
    expected = np.log(np.array([0.5, 2, 2, 1, 1]) / 6.5)
    assert catalogue.log_popularity == pytest.approx(expected)


def test_items_beyond_the_largest_catalogue_are_unknown() -> None:
    catalogue, users = read_catalogue(in_pieces(rows()), 2)
    assert catalogue.items == ("a", "b")
    assert [user.tolist() for user in users] == [[1, 2], [2, 1]]


def test_predicts_every_item_that_followed() -> None:
    known = prepared()
    found = WORKLOAD.features(WORKLOAD.extract(as_tensors(rows())), known)
    assert found["items"].to_list() == [[1, 2], [2, 4]]
    assert found["asked"].to_list() == [[1, 2], [2]]
    targets, weights = WORKLOAD.targets(as_tensors(rows()), known)
    assert targets.shape == (2, 1000)
    assert targets[:, :3].numpy().tolist() == [[2, 3, 0], [1, 0, 0]]
    assert weights.numpy().tolist() == [1, 1]


def test_a_user_without_a_known_next_item_has_the_weight_0() -> None:
    known = prepared(largest=1)
    found = WORKLOAD.features(WORKLOAD.extract(as_tensors(rows())), known)
    assert found["asked"].to_list() == [[], [0]]
    _, weights = WORKLOAD.targets(as_tensors(rows()), known)
    assert weights.numpy().tolist() == [0, 1]


def test_loss_by_hand() -> None:
    logits = tf.math.log([[[0.25, 0.5, 0.25], [0.2, 0.2, 0.6]], [[0.1, 0.9, 0.0], [1.0, 0, 0]]])
    targets = tf.constant([[1, 2, 0], [1, 0, 0]])
    losses = sequence_loss(targets, logits).numpy()
    assert losses == pytest.approx([-(math.log(0.5) + math.log(0.6)) / 2, -math.log(0.9)])
    nobody = sequence_loss(tf.constant([[0, 0]]), tf.zeros([1, 1, 3])).numpy()
    assert nobody.tolist() == [0]


def test_the_score_is_the_ndcg_of_the_sum_of_both_models() -> None:
    logits = np.zeros((2, 1, 16), np.float32)
    logits[0, 0, 5] = 9
    logits[1, 0, 1:11] = 9
    linear = np.zeros((2, 16), np.float32)
    outputs = {network.LOGITS: logits, network.LINEAR: linear}
    assert WORKLOAD.score(np.array([[5], [11]]), outputs) == 0.5
    linear[0, 1:3] = 1
    assert WORKLOAD.score(np.array([[5], [11]]), outputs) == pytest.approx(0.25)


def test_the_network_starts_with_popularity_and_the_linear_model() -> None:
    known = prepared()
    built = WORKLOAD.network(known, WORKLOAD.options())
    nothing = {"items": tf.zeros([1, 1], tf.int32), "asked": tf.zeros([1, 1], tf.int32)}
    outputs = built(nothing)
    assert outputs[network.LOGITS].shape == (1, 1, 5)
    assert outputs[network.LINEAR].numpy().tolist() == [[0] * 5]
    given = built.get_layer("item_to_item").get_weights()[0]
    assert given.tolist() == known.item_to_item.tolist()
    assert built.get_layer("logits").bias.numpy() == pytest.approx(known.catalogue.log_popularity)
