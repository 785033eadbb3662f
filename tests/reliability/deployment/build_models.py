"""Builds model archives with a workload's signature whose answers tell them apart.

``python -m tests.reliability.deployment.build_models WORKLOAD DIRECTORY`` writes ``<name>.tar.gz``
for each model that always gives the same answer, ``answers.json`` with their answers, and
``crashes.tar.gz``, which no server loads.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# These models have no layers, and without Keras TensorFlow starts in half the time.
sys.modules.setdefault("keras", None)  # type: ignore[arg-type]

import tensorflow as tf  # noqa: E402

NAMES = ("first", "second", "third")
BROKEN_GRAPH = b"not a SavedModel"

_REPOSITORY = Path(__file__).resolve().parents[3]
_TYPES = {"string": tf.string, "integer": tf.int64, "number": tf.float64, "boolean": tf.bool}

Fields = Mapping[str, Mapping[str, Any]]


def answer_of(fields: Fields, number: int) -> dict[str, Any]:
    """A prediction that the schema allows; where it can, another one for each number.

    Args:
        fields: Of a prediction.
        number: Of the model, from 0 on.
    """
    return {name: _value(field, number) for name, field in fields.items()}


def _value(field: Mapping[str, Any], number: int) -> Any:
    if field["type"] == "array":
        return [_value(field["items"], number)] * field["maxItems"]
    if "enum" in field:
        return field["enum"][number % len(field["enum"])]
    if field["type"] == "boolean":
        return number % 2 == 0
    if field["type"] == "string":
        return NAMES[number].ljust(field.get("minLength", 0))[: field.get("maxLength")]
    least = field.get("minimum", 0)
    value = least + (field.get("maximum", least + 4) - least) * (number + 1) / (len(NAMES) + 1)
    return int(value) if field["type"] == "integer" else float(value)


def _type(field: Mapping[str, Any]) -> tf.DType:
    return _TYPES[field["items"]["type"] if field["type"] == "array" else field["type"]]


def _specification(name: str, field: Mapping[str, Any]) -> tf.TensorSpec:
    shape = [None, None] if field["type"] == "array" else [None]
    return tf.TensorSpec(shape, _type(field), name=name)


class ConstantModel(tf.Module):  # type: ignore[misc]
    """Gives one answer to everything; takes and returns what the workload's model does."""

    def __init__(self, prediction: Fields, answer: Mapping[str, Any]) -> None:
        """Remembers the answer."""
        super().__init__()
        self._answer = {
            name: tf.constant([answer[name]], _type(field)) for name, field in prediction.items()
        }

    @tf.function  # type: ignore[untyped-decorator]
    def predict(self, **instances: Any) -> dict[str, Any]:
        """Answers a batch of instances."""
        count = tf.shape(next(iter(instances.values())))[0]
        return {name: tf.repeat(value, count, axis=0) for name, value in self._answer.items()}


def write_models(workload: str, directory: Path) -> None:
    """Writes every archive into a folder, and the answers by the models' names."""
    schema = _REPOSITORY / "workloads" / workload / "prediction.schema.json"
    instance, prediction = (
        json.loads(schema.read_text())["properties"][side]["properties"]
        for side in ("instance", "prediction")
    )
    asked = {name: _specification(name, field) for name, field in instance.items()}
    answers = {name: answer_of(prediction, number) for number, name in enumerate(NAMES)}
    directory.mkdir(parents=True, exist_ok=True)
    for name, answer in answers.items():
        model = ConstantModel(prediction, answer)
        signature = model.predict.get_concrete_function(**asked)
        with tempfile.TemporaryDirectory() as scratch:
            tf.saved_model.save(model, f"{scratch}/1", signatures={"serving_default": signature})
            with tarfile.open(directory / f"{name}.tar.gz", "w:gz") as archive:
                archive.add(f"{scratch}/1", "1")
    with tarfile.open(directory / "crashes.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("1/saved_model.pb")
        entry.size = len(BROKEN_GRAPH)
        archive.addfile(entry, io.BytesIO(BROKEN_GRAPH))
    directory.joinpath("answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    write_models(sys.argv[1], Path(sys.argv[2]))
