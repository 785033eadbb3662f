"""Reads `prediction.schema.json`: the fields of an instance and of a prediction.

The deployment checks the whole schema. This module reads what an export needs: names, types and
lengths.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from model_training.columns import TENSOR_TYPES, Column, as_array
from model_training.problems import InputError
from model_training.workload import Arrays


@dataclass(frozen=True)
class PredictionSchema:
    """The fields of an instance and of a prediction.

    Attributes:
        instance: Fields of an instance, which are the inputs of the signature.
        prediction: Fields of a prediction, which are its outputs.
        sample: The instance of the health check, as columns with one row; None if the schema has
            no example.
    """

    instance: tuple[Column, ...]
    prediction: tuple[Column, ...]
    sample: Arrays | None = None

    def check_columns(self, columns: Iterable[Column]) -> None:
        """Checks that a training set has every field of an instance.

        Raises:
            InputError: Fields are missing or have another type; all are named.
        """
        found = {column.name: column for column in columns}
        problems = []
        for field in self.instance:
            column = found.get(field.name)
            if column is None:
                problems.append(f"{field.name} ({field.described}) is missing")
            elif (column.type, column.array) != (field.type, field.array):
                problems.append(
                    f"{field.name} must be {_with_article(field)}, is {_with_article(column)}"
                )
        if problems:
            raise InputError(
                "The training set does not have the fields of prediction.schema.json: "
                f"{'; '.join(problems)}. Let training_set.py select these columns and build the "
                "training set again."
            )


def read_prediction_schema(text: str) -> PredictionSchema:
    """Reads the text of a prediction schema.

    Raises:
        InputError: Fields are not in the subset that docs/models.md describes; all are named.
    """
    properties = json.loads(text)["properties"]
    problems: list[str] = []
    sides = {
        side: tuple(
            column
            for name, schema in properties[side]["properties"].items()
            if (column := _column(side, name, schema, problems)) is not None
        )
        for side in ("instance", "prediction")
    }
    if len(sides["prediction"]) < 2 and not problems:
        # TensorFlow Serving returns a single output as a bare value, not as an object.
        problems.append("prediction must have at least two fields")
    if problems:
        raise InputError(f"prediction.schema.json cannot be used: {'; '.join(problems)}.")
    return PredictionSchema(**sides, sample=_sample(properties["instance"], sides["instance"]))


def _sample(schema: Mapping[str, Any], fields: Iterable[Column]) -> Arrays | None:
    """Returns the first example if it is valid: the deployment refuses others."""
    try:
        example = schema["examples"][0]
        return {field.name: as_array([example[field.name]], field) for field in fields}
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _column(side: str, name: str, schema: Mapping[str, Any], problems: list[str]) -> Column | None:
    array = schema.get("type") == "array"
    kind = schema.get("items", {}).get("type") if array else schema.get("type")
    if not isinstance(kind, str) or kind not in TENSOR_TYPES:
        problems.append(
            f"{side}.{name} must be one of {', '.join(TENSOR_TYPES)} or an array of one of them, "
            f"received {kind!r}"
        )
        return None
    least, most = schema.get("minItems"), schema.get("maxItems")
    length = most if array and least == most else None
    if array and side == "prediction" and length is None:
        problems.append(
            f"{side}.{name} must have a fixed length, received minItems {least!r} and "
            f"maxItems {most!r}"
        )
        return None
    return Column(name, kind, array, length)


def _with_article(column: Column) -> str:
    return f"an {column.described}" if column.described[0] in "ai" else f"a {column.described}"
