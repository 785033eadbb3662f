"""The network: an autoencoder of the nine numbers, and a head that learns the labels.

The autoencoder learns the relations of the numbers from all readings. The head learns from the few
labelled ones; its inputs are the positions of the numbers and their residuals, and its gradients do
not reach the autoencoder.
"""

from __future__ import annotations

import keras

from workloads.sensor_anomaly.detector.readings import READINGS
from workloads.sensor_anomaly.detector.scaling import STEPS

# Names of the network's inputs.
SCALED = "scaled"
POSITIONS = "positions"

# Names of its outputs.
RESIDUALS = "residuals"
LOGIT = "logit"

_WIDTH = 32
_BOTTLENECK = 3
_HEAD = 64
_DROPOUT = 0.1


def build_network() -> keras.Model:
    """Builds the network.

    Returns:
        A model from `SCALED` [rows, 9] and `POSITIONS` [rows, 9 * STEPS] to `RESIDUALS` [rows, 9],
        the differences of the numbers from their reconstruction, and `LOGIT` [rows], of the
        probability that the reading is labelled as an anomaly.
    """
    layers = keras.layers
    scaled = keras.Input((len(READINGS),), name=SCALED)
    positions = keras.Input((len(READINGS) * STEPS,), name=POSITIONS)
    hidden = layers.Dense(_WIDTH, activation="relu", name="encoder")(scaled)
    hidden = layers.Dense(_BOTTLENECK, name="bottleneck")(hidden)
    hidden = layers.Dense(_WIDTH, activation="relu", name="decoder")(hidden)
    expected = layers.Dense(len(READINGS), name="expected")(hidden)
    residuals = layers.Subtract(name=RESIDUALS)([scaled, expected])
    seen = keras.ops.stop_gradient(residuals)
    known = layers.Concatenate()([scaled, positions, seen, keras.ops.abs(seen)])
    for number in (1, 2):
        known = layers.Dense(_HEAD, activation="relu", name=f"head_{number}")(known)
        known = layers.Dropout(_DROPOUT)(known)
    logit = layers.Dense(1, name=LOGIT)(known)[:, 0]
    return keras.Model(
        inputs={SCALED: scaled, POSITIONS: positions}, outputs={RESIDUALS: residuals, LOGIT: logit}
    )
