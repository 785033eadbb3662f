"""Why a process failed, read from its logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.services.processes.failure_reason import failure_of, failure_reason, last_lines


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("", ""),
        ("one\ntwo\n", "two"),
        ("Traceback:\n  File x\nValueError: bad value\n\n", "ValueError: bad value"),
        ("ValueError: first\nKeyError: 'second'\nshutting down", "KeyError: 'second'"),
        ("pkg.errors.JobError: gave up\n    at x", "pkg.errors.JobError: gave up"),
        (
            "Exception in thread main a.X: no\n\tat a.b\nCaused by: java.io.Y: deep\n\tat c",
            "Caused by: java.io.Y: deep",
        ),
        (
            "usage: job.py [-h]\njob.py: error: the following arguments are required: --stream\n",
            "job.py: error: the following arguments are required: --stream",
        ),
        ("ERROR The set has no rows.\nValueError: quoted", "The set has no rows."),
        (
            "Traceback (most recent call last):\n  raise error_class(parsed, name)\n"
            "botocore.errorfactory.AccessDenied: You may not\nINFO py4j.clientserver: Closing",
            "botocore.errorfactory.AccessDenied: You may not",
        ),
        ("x" * 2000, "x" * 1000),
        ("ERROR " + "x" * 2000, "x" * 1000),
    ],
)
def test_reason_is_the_line_that_names_the_error(log: str, reason: str) -> None:
    assert failure_reason(log) == reason


def test_log_with_an_error_takes_precedence_over_one_without(tmp_path: Path) -> None:
    first, second, none = tmp_path / "stderr", tmp_path / "stdout", tmp_path / "none"
    first.write_text("26/01/01 WARN something\n")
    assert failure_of([first, none]) == ("26/01/01 WARN something", first)
    second.write_text("Traceback\nValueError: x\n")
    assert failure_of([first, second]) == ("ValueError: x", second)
    assert failure_of([none]) == ("", none)


SUBMIT_LOG = """26/11/29 10:00:00 ERROR MicroBatchExecution: Query q terminated with error
org.apache.spark.SparkException: Job aborted
\tat org.apache.spark.X.y(X.scala:1)
Caused by: org.apache.spark.api.python.PythonException: Traceback (most recent call last):
Exception in thread "main" org.apache.spark.SparkUserAppException: User application exited with 1
"""
BEFORE = "2026-11-29 10:00:00,123 ERROR "


@pytest.mark.parametrize(
    ("driver", "reason"),
    [
        (
            f"{BEFORE}streaming_ml.streaming_job: Another job holds the lock.\nclosing\n",
            "Another job holds the lock.",
        ),
        (f"{BEFORE}root: The lake has no events.\n", "The lake has no events."),
        (
            f"{BEFORE}streaming_ml.query: The figures could not be published.\n"
            "Traceback (most recent call last):\n  File x\nKeyError: 'a'\n\n"
            "During handling of the above exception, another exception occurred:\n\n"
            "Traceback (most recent call last):\n  File x\nOSError: no room\n",
            "OSError: no room",
        ),
    ],
)
def test_error_of_a_driver_takes_precedence_over_what_spark_says_of_it(
    tmp_path: Path, driver: str, reason: str
) -> None:
    submit, output = tmp_path / "stderr", tmp_path / "stdout"
    submit.write_text(SUBMIT_LOG)
    output.write_text(driver)
    assert failure_of([submit, output]) == (reason, output)


@pytest.mark.parametrize(
    "line",
    [
        f"{BEFORE}py4j.java_gateway: An error occurred.",
        "2026-11-29 10:00:00 ERROR Executor: Exception in task 0.0",
        "ERROR:tensorflow:no device",
    ],
)
def test_log_of_other_programs_is_not_an_error_of_the_driver(tmp_path: Path, line: str) -> None:
    submit, output = tmp_path / "stderr", tmp_path / "stdout"
    submit.write_text("Error: Failed to load class.\n")
    output.write_text(f"{line}\n")
    assert failure_of([submit, output]) == ("Error: Failed to load class.", submit)


def test_message_holds_the_last_20_lines() -> None:
    lines = [str(number) for number in range(25)]
    assert last_lines("\n".join(lines) + "\n") == "\n".join(lines[5:])
