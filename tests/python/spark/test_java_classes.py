"""Java is asked for a class once, whatever PySpark does with it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from streaming_ml.java_classes import remember_classes


class _Java:
    """Py4J's view of Java, which asks for each name that it does not have."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> object:
        self.asked.append(name)
        return f"the class {name}"


def test_a_class_is_asked_for_once() -> None:
    java: Any = _Java()
    spark: Any = SimpleNamespace(sparkContext=SimpleNamespace(_jvm=java))
    remember_classes(spark)
    assert (java.functions, java.PythonSQLUtils) == (
        "the class functions",
        "the class PythonSQLUtils",
    )
    assert java.asked == ["PythonSQLUtils", "functions"]
