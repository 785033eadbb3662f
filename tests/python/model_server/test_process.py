"""The server as a process: its address, exit codes, its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def command(model_directory: Path, *arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "local.model_server",
        "--model-directory",
        str(model_directory),
        *arguments,
    ]


@contextmanager
def server(model_directory: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        command(model_directory, *arguments),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Listening on http://127.0.0.1:")
        yield process, line.split()[-1]
    finally:
        process.kill()
        process.communicate()


def predict(url: str) -> object:
    request = urllib.request.Request(
        f"{url}/invocations",
        data=b'{"instances": ["ab"]}',
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def test_serves_and_ends_with_zero_on_sigterm(model_directory: Path) -> None:
    with server(model_directory) as (process, url):
        assert predict(url) == {
            "predictions": [{"label": "neutral", "scores": [0.25, 0.5, 0.333333343]}]
        }
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=30)
        assert (process.returncode, rest) == (0, "")


def test_ends_with_its_parent(model_directory: Path) -> None:
    with server(model_directory, "--exit-with-parent") as (process, _):
        process.communicate(timeout=30)
        assert process.returncode == 0


@pytest.mark.parametrize(
    ("environment", "code", "reason"),
    [
        ({}, 1, "No servable version in {directory}: expected <number>/saved_model.pb, found []."),
        (
            {"SAGEMAKER_TFS_MAX_BATCH_SIZE": "0"},
            2,
            "SAGEMAKER_TFS_MAX_BATCH_SIZE must be a whole number of at least 1. Received: '0'.",
        ),
    ],
)
def test_the_last_line_on_stderr_is_the_reason(
    tmp_path: Path, environment: dict[str, str], code: int, reason: str
) -> None:
    result = subprocess.run(
        command(tmp_path),
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == code
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == reason.format(directory=tmp_path)
