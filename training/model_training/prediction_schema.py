"""Reads `prediction.schema.json`: what a model is asked, and what it answers.

The deployment checks the whole schema before anything is trained; this reads what an export needs:
names, types and lengths.
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
    """What a model is asked and what it answers.

    Attributes:
        instance: Fields of an instance, which are the inputs of the signature.
        prediction: Fields of a prediction, which are its outputs.
        sample: The instance that the health check asks about, as a column of one row per field;
            None: the schema has none.
    """

    instance: tuple[Column, ...]
    prediction: tuple[Column, ...]
    sample: Arrays | None = None

    def check_columns(self, columns: Iterable[Column]) -> None:
        """Holds a training set to having every field of an instance.

        Raises:
            InputError: Fields are missing or of another type; all are named.
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
                "The training set does not hold what prediction.schema.json asks for: "
                f"{'; '.join(problems)}. Let training_set.py select these columns and build the "
                "training set again."
            )


def read_prediction_schema(text: str) -> PredictionSchema:
    """Reads the text of a prediction schema.

    Raises:
        InputError: Fields are not of the subset that docs/models.md describes; all are named.
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
        # TensorFlow Serving answers with the bare value of an only output, not with an object.
        problems.append("prediction must have at least two fields")
    if problems:
        raise InputError(f"prediction.schema.json cannot be used: {'; '.join(problems)}.")
    return PredictionSchema(**sides, sample=_sample(properties["instance"], sides["instance"]))


def _sample(schema: Mapping[str, Any], fields: Iterable[Column]) -> Arrays | None:
    """The first example, where it is one: the deployment refuses others."""
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
