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

from local.repository_root import REPOSITORY_ROOT
from local.services.processes.reaper import open_sessions
from local.services.processes.sessions import end_sessions, session_members

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


def test_port_that_is_taken_is_named(process: subprocess.Popen[str], tmp_path: Path) -> None:
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
