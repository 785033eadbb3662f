"""The service as a process: how it starts, and that it leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.services.processes.failure_reason import failure_of, failure_reason, last_lines
from local.services.processes.reaper import open_sessions
from local.services.processes.sessions import end_sessions, session_members
from local.services.settings import REPOSITORY_ROOT

# A child that ignores SIGTERM, with a child of its own in another process group.
STUBBORN = (
    "import os, signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "code = 'import time; time.sleep(120)'\n"
    "child = subprocess.Popen([sys.executable, '-c', code], process_group=0)\n"
    "print(os.getpid(), child.pid, flush=True)\n"
    "time.sleep(120)\n"
)


def start(directory: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "local.services", "--run-directory", str(directory), *arguments],
        cwd=REPOSITORY_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lives(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(*pids: int) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if not any(lives(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(tmp_path, "--port", "0", "--exit-with-parent")
    with process:
        yield process
        process.kill()


def run_stubborn_step(process: subprocess.Popen[str], directory: Path) -> list[int]:
    """Starts a step in the service and returns the ids of its two processes."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Listening on http://127.0.0.1:")
    emr: Any = boto3.client(
        "emr",
        endpoint_url=line.split()[-1],
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    jar = {"Jar": "command-runner.jar", "Args": [sys.executable, "-c", STUBBORN]}
    cluster = emr.run_job_flow(
        Name="c",
        Instances={"KeepJobFlowAliveWhenNoSteps": True},
        Steps=[{"Name": "s", "ActionOnFailure": "CONTINUE", "HadoopJarStep": jar}],
    )["JobFlowId"]
    step = emr.list_steps(ClusterId=cluster)["Steps"][0]["Id"]
    output = directory / "emr" / cluster / step / "stdout"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if output.exists() and output.read_text().endswith("\n"):
            return [int(pid) for pid in output.read_text().split()]
        time.sleep(0.05)
    raise AssertionError("the step did not start")


def test_sigterm_ends_everything_with_status_0(
    process: subprocess.Popen[str], tmp_path: Path
) -> None:
    pids = run_stubborn_step(process, tmp_path)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert gone(*pids)
    assert process.stderr is not None
    assert "Everything has ended." in process.stderr.read()


def test_end_of_the_parents_pipe_ends_everything(
    process: subprocess.Popen[str], tmp_path: Path
) -> None:
    pids = run_stubborn_step(process, tmp_path)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(60) == 0
    assert gone(*pids)


def test_sigkill_leaves_no_child_behind(process: subprocess.Popen[str], tmp_path: Path) -> None:
    pids = run_stubborn_step(process, tmp_path)
    process.kill()
    assert process.wait(60) == -signal.SIGKILL
    assert gone(*pids)


def test_port_that_is_taken_is_said(process: subprocess.Popen[str], tmp_path: Path) -> None:
    assert process.stdout is not None
    port = process.stdout.readline().rpartition(":")[2].strip()
    with start(tmp_path / "second", "--port", port) as second:
        _, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"The services cannot listen on port {port}:" in errors


def test_session_ends_with_processes_of_other_groups() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUBBORN],
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as leader:
        assert leader.stdout is not None
        pids = [int(pid) for pid in leader.stdout.readline().split()]
        assert sorted(session_members(leader.pid)) == sorted(pids)
        end_sessions({leader.pid}, grace_seconds=0.2)
        assert leader.wait(10) == -signal.SIGKILL
    assert session_members(leader.pid) == []


def test_sessions_that_ended_are_not_open() -> None:
    assert open_sessions(["+1\n", "+2\n", "-1\n", "+3\n", "-9\n"]) == {2, 3}


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


def test_log_that_names_an_error_wins_over_one_that_only_talks(tmp_path: Path) -> None:
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
def test_what_a_driver_says_itself_wins_over_what_spark_says_of_it(
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
def test_what_others_log_is_not_what_a_driver_says(tmp_path: Path, line: str) -> None:
    submit, output = tmp_path / "stderr", tmp_path / "stdout"
    submit.write_text("Error: Failed to load class.\n")
    output.write_text(f"{line}\n")
    assert failure_of([submit, output]) == ("Error: Failed to load class.", submit)


def test_message_holds_the_last_20_lines() -> None:
    lines = [str(number) for number in range(25)]
    assert last_lines("\n".join(lines) + "\n") == "\n".join(lines[5:])


JAVASCRIPT = """
const { EMRClient, RunJobFlowCommand, DescribeClusterCommand } = require("@aws-sdk/client-emr");
const sagemaker = require("@aws-sdk/client-sagemaker");
(async () => {
  const emr = new EMRClient({});
  const { JobFlowId } = await emr.send(
    new RunJobFlowCommand({ Name: "c", Instances: { KeepJobFlowAliveWhenNoSteps: true } }),
  );
  const { Cluster } = await emr.send(new DescribeClusterCommand({ ClusterId: JobFlowId }));
  const client = new sagemaker.SageMakerClient({});
  const send = (name, input) => client.send(new sagemaker[name + "Command"](input));
  await send("CreateModelPackageGroup", { ModelPackageGroupName: "g" });
  const group = await send("DescribeModelPackageGroup", { ModelPackageGroupName: "g" });
  const error = await send("DescribePipeline", { PipelineName: "none" }).catch((e) => e);
  console.log(JSON.stringify({
    state: Cluster.Status.State,
    created: group.CreationTime instanceof Date,
    error: [error.name, error.message, error.$metadata.httpStatusCode],
  }));
})();
"""


def test_sdk_for_javascript_needs_only_the_address(services: Any) -> None:
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": services.url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
    }
    finished = subprocess.run(
        ["node", "-e", JAVASCRIPT],
        cwd=REPOSITORY_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout) == {
        "state": "WAITING",
        "created": True,
        "error": [
            "ResourceNotFound",
            "Pipeline 'arn:aws:sagemaker:us-east-1:123456789012:pipeline/none' does not exist.",
            400,
        ],
    }
