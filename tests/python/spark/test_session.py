"""The streaming job's session: what the job relies on, whatever was submitted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streaming_ml import session
from streaming_ml.arguments import CONNECTOR_SOURCE, RANGES_SOURCE
from streaming_ml.session import build_session, streaming_settings
from streaming_ml.shared_contract import load_shared_contract
from streaming_ml.spark_settings import BATCH_SETTINGS


class _Builder:
    """Records the settings instead of a session."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}

    def appName(self, name: str) -> _Builder:
        return self.config("spark.app.name", name)

    def config(self, name: str, value: str) -> _Builder:
        self.settings[name] = value
        return self

    def getOrCreate(self) -> dict[str, str]:
        return self.settings


class _Submitted(dict[str, str]):
    """Settings of spark-submit."""

    def contains(self, name: str) -> bool:
        return name in self


def built(monkeypatch: pytest.MonkeyPatch, source: str, **submitted: str) -> dict[str, str]:
    """The settings of a session, where names of the submitted ones have `_` for each dot."""
    names = {name.replace("_", "."): value for name, value in submitted.items()}
    monkeypatch.setattr(session, "SparkConf", lambda: _Submitted(names))
    monkeypatch.setattr(session, "SparkSession", SimpleNamespace(builder=_Builder()))
    settings: Any = build_session("streaming-job", source)
    return dict(settings)


def test_what_was_submitted_overrides_defaults_only(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = built(
        monkeypatch,
        RANGES_SOURCE,
        spark_speculation="true",
        spark_sql_streaming_minBatchesToRetain="7",
        spark_app_name="mine",
    )
    assert settings["spark.speculation"] == "false"
    assert "spark.sql.streaming.minBatchesToRetain" not in settings
    assert settings["spark.app.name"] == "mine"
    assert settings.items() >= streaming_settings(RANGES_SOURCE).items()


def test_without_submitted_settings_the_defaults_apply(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = built(monkeypatch, RANGES_SOURCE)
    assert settings["spark.sql.streaming.minBatchesToRetain"] == "20"
    assert settings["spark.app.name"] == "streaming-job"


def test_a_stage_is_retried_only_where_its_ranges_are_known() -> None:
    attempts = "spark.stage.maxConsecutiveAttempts"
    assert streaming_settings(CONNECTOR_SOURCE)[attempts] == "1"
    assert attempts not in streaming_settings(RANGES_SOURCE)


def test_every_setting_has_a_value_a_reason_and_one_group() -> None:
    groups = load_shared_contract("spark-settings.json")
    names = [name for group in groups.values() for name in group]
    assert len(names) == len(set(names))
    assert {*streaming_settings(CONNECTOR_SOURCE), *BATCH_SETTINGS} == set(names)
    for group in groups.values():
        for about in group.values():
            assert set(about) == {"value", "reason"}
            assert not about["reason"].endswith(".")
