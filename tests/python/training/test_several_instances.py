"""Two processes on this machine, training together as two instances would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.python.training.code_archive import link_code
from tests.python.training.processes import run_two

# Only the addresses differ from AWS: there every host has the same port to itself. When our loop
# has trained, `fit` is tried with the same strategy: starting TensorFlow twice more takes longer.
PROGRAM = """
import os, sys
import model_training.start
from model_training import distribution
def local_cluster(hosts, current_host):
    workers = [f"localhost:{port}" for port in sys.argv[2].split(",")]
    task = {"type": "worker", "index": sorted(hosts).index(current_host)}
    return {"cluster": {"worker": workers}, "task": task}
distribution.cluster_specification = local_cluster
os.environ["SM_CURRENT_HOST"] = f"algo-{sys.argv[1]}"
os.environ["SM_MODEL_DIR"] += f"/algo-{sys.argv[1]}"
import keras
import tensorflow as tf
import train
def fit_of_keras(strategy):
    with strategy.scope():
        inputs = {name: keras.Input((2,), name=name) for name in ("left", "right")}
        model = keras.Model(inputs, keras.layers.Dense(1)(inputs["left"] + inputs["right"]))
        model.compile(optimizer="sgd", loss="mse")
    rows = {name: tf.ones([8, 2]) for name in inputs}
    batches = tf.data.Dataset.from_tensor_slices((rows, tf.ones([8, 1]))).batch(4)
    options = tf.data.Options()
    policy = tf.data.experimental.AutoShardPolicy.DATA
    options.experimental_distribute.auto_shard_policy = policy
    model.fit(batches.with_options(options), epochs=1, verbose=0)
our_fit = train.fit
def try_both(trained, splits, cluster, *others):
    network = our_fit(trained, splits, cluster, *others)
    try:
        fit_of_keras(cluster.strategy)
        print("fit_of_keras=trained")
    except ValueError as error:
        print("fit_of_keras=" + str(error).splitlines()[0])
    return network
train.fit = try_both
sys.exit(train.main(sys.argv[3:]))
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each instance writes its model, if it does."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def printed(
    training_set: Path, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """The standard output of each of two instances."""
    environment = {
        "PYTHONPATH": str(link_code(tmp_path_factory.mktemp("archive") / "code")),
        "SM_HOSTS": json.dumps(["algo-0", "algo-1"]),
        "SM_CHANNEL_TRAIN": str(training_set / "train"),
        "SM_CHANNEL_VALIDATION": str(training_set / "validation"),
        "SM_CHANNEL_MANIFEST": str(training_set),
        "SM_MODEL_DIR": str(models),
    }
    ended = run_two(PROGRAM, ["--workload", "greenhouse", "--epochs", "2"], environment)
    assert [code for code, _, _ in ended] == [0, 0], ended
    return [output for _, output, _ in ended]


def test_instances_agree_and_the_first_writes_the_model(models: Path, printed: list[str]) -> None:
    assert [folder.name for folder in models.iterdir()] == ["algo-0"]
    assert models.joinpath("algo-0", "1", "saved_model.pb").is_file()
    # Loss and score are those of one network, wherever they are computed.
    first, second = (
        [line.split()[:3] for line in output.splitlines() if line.startswith("epoch=")]
        for output in printed
    )
    assert len(first) == 2
    assert first == second


def test_keras_fit_cannot_replace_the_training_loop(printed: list[str]) -> None:
    """Fails when `Model.fit` takes dictionaries from several instances: use it then."""
    for output in printed:
        said = [line for line in output.splitlines() if line.startswith("fit_of_keras=")]
        assert len(said) == 1
        assert "Attempt to convert a value ({'left': PerReplica:{" in said[0]
