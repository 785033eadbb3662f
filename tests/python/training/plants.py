"""Plants that `other_workloads/greenhouse` learns from: their yield follows from two columns."""

from __future__ import annotations

from typing import Any

from model_training.columns import Column

COLUMNS = (
    Column("species", "string"),
    Column("leaves", "integer"),
    Column("humidity", "number"),
    Column("watered", "boolean"),
    Column("growth", "number", array=True),
    Column("pests", "string", array=True),
    Column("grams", "number"),
    Column("picked", "boolean"),
)


def plant(number: int) -> dict[str, Any]:
    """A plant; it yields the sum of its growth and 4 if it was watered, and is picked from 5 on."""
    growth = [float(1 + (number + day) % 3) for day in range(number % 4)]
    watered = number % 2 == 0
    grams = sum(growth) + 4 * watered
    return {
        "example_id": f"plant-{number}",
        "species": ("bean", "pepper", "tomato")[number % 3],
        "leaves": number % 7,
        "humidity": 40.0 + number % 21,
        "watered": watered,
        "growth": growth,
        "pests": ["aphid", "mite"][: number % 3],
        # Every tenth was not weighed.
        "grams": -1.0 if number % 10 == 9 else grams,
        "picked": grams >= 5,
    }
