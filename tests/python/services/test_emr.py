"""Steps of EMR through boto3, with real processes."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from local.services.emr.step_command import (
    application_id_of,
    asked_interpreter,
    interpreter_notice,
    kill_target,
)
from tests.python.services.emr_calls import PYTHON, add, config, create, ended, state


def test_step_runs_in_its_own_folder_with_this_machines_endpoints(services: Any) -> None:
    cluster = create(services)
    code = (
        "import os; open('metrics.jsonl', 'w').write('{}');"
        "print(os.environ['AWS_ENDPOINT_URL_SAGEMAKER'], os.environ['SPARK_CONF_DIR'])"
    )
    step = add(services, cluster, config(*PYTHON, code))[0]
    assert ended(services, cluster, step)["State"] == "COMPLETED"
    folder = services.directory / "emr" / cluster / step
    assert folder.joinpath("metrics.jsonl").read_text() == "{}"
    url, configuration = folder.joinpath("stdout").read_text().split()
    assert (url, configuration) == (services.url, str(folder / "spark-configuration"))
    described = services.emr.describe_step(ClusterId=cluster, StepId=step)["Step"]
    assert described["Config"]["Args"] == [*PYTHON, code]
    assert "FailureDetails" not in described["Status"]


def test_failed_step_says_why_and_where(services: Any) -> None:
    cluster = create(services)
    step = add(services, cluster, config(*PYTHON, "raise ValueError('no such stream')"))[0]
    failed = ended(services, cluster, step)
    assert failed["State"] == "FAILED"
    details = failed["FailureDetails"]
    assert details["Reason"] == "ValueError: no such stream"
    assert details["Message"].startswith("Traceback (most recent call last):")
    assert details["LogFile"] == str(services.directory / "emr" / cluster / step / "stderr")


def test_step_without_output_is_told_by_its_exit_code(services: Any) -> None:
    cluster = create(services)
    step = add(
        services,
        cluster,
        config(*PYTHON, "import os; print('last words', flush=True); os._exit(3)"),
    )[0]
    reason = ended(services, cluster, step)["FailureDetails"]["Reason"]
    assert reason == "The command ended with exit code 3."


def test_command_that_does_not_exist_fails_the_step(services: Any) -> None:
    cluster = create(services)
    step = add(services, cluster, config("no-such-command"))[0]
    reason = ended(services, cluster, step)["FailureDetails"]["Reason"]
    assert reason.startswith("The command cannot be started: ")


def test_cancelling_reaches_only_the_steps_own_process(services: Any) -> None:
    cluster = create(services)
    code = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " start_new_session=True); print(child.pid, flush=True); time.sleep(60)"
    )
    step = add(services, cluster, config(*PYTHON, code))[0]
    output = services.directory / "emr" / cluster / step / "stdout"
    child = int(services.until(lambda: output.exists() and output.read_text().strip()))
    answer = services.emr.cancel_steps(ClusterId=cluster, StepIds=[step])["CancelStepsInfoList"]
    assert answer == [{"StepId": step, "Status": "SUBMITTED"}]
    assert ended(services, cluster, step)["State"] == "CANCELLED"
    os.kill(child, 9)
    answer = services.emr.cancel_steps(ClusterId=cluster, StepIds=[step])["CancelStepsInfoList"]
    assert answer[0]["Status"] == "FAILED"
    assert answer[0]["Reason"] == "Cannot cancel a step that is CANCELLED."


def test_kill_step_ends_the_driver_with_that_application_id(services: Any) -> None:
    cluster = create(services, concurrency=2)
    # As Spark does: an event log that is named after the application.
    code = "open('event-log/local-123.inprogress', 'w'); import time; time.sleep(60)"
    other = "open('event-log/local-1234', 'w'); import time; time.sleep(60)"
    bystander, driver = add(services, cluster, config(*PYTHON, other), config(*PYTHON, code))
    for step in (driver, bystander):
        log = services.directory / "emr" / cluster / step / "event-log"
        services.until(lambda log=log: log.exists() and any(log.iterdir()))
    services.emr.modify_cluster(ClusterId=cluster, StepConcurrencyLevel=3)
    kill = add(services, cluster, config("yarn", "application", "-kill", "local-123"))[0]
    assert ended(services, cluster, kill)["State"] == "COMPLETED"
    killed = ended(services, cluster, driver)
    assert killed["State"] == "FAILED"
    assert killed["FailureDetails"]["Reason"] == (
        "Application local-123 was killed by a step of the cluster."
    )
    assert state(services, cluster, bystander) == "RUNNING"


def test_kill_of_an_unknown_application_fails_as_yarn_does(services: Any) -> None:
    cluster = create(services)
    kill = add(services, cluster, config("yarn", "application", "-kill", "application_1_2"))[0]
    reason = ended(services, cluster, kill)["FailureDetails"]["Reason"]
    assert reason == "Application with id 'application_1_2' doesn't exist in RM."


def test_spark_submit_runs_code_in_s3(services: Any, tmp_path: Path) -> None:
    job = (
        "import sys, from_archive\n"
        "from pyspark.sql import SparkSession\n"
        "spark = SparkSession.builder.getOrCreate()\n"
        "spark.range(7).write.parquet(sys.argv[1])\n"
        "print(from_archive.NAME, spark.read.parquet(sys.argv[1]).count())\n"
    )
    services.s3.put_object(Bucket="artifacts", Key="code/job.py", Body=job)
    archive = tmp_path / "modules.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("from_archive.py", "NAME = 'module'\n")
    services.s3.upload_file(str(archive), "artifacts", "code/modules.zip")
    cluster = create(services)
    arguments = ["spark-submit", "--deploy-mode", "client", "--master", "local[1]"]
    code = ["--py-files", "s3a://artifacts/code/modules.zip", "s3a://artifacts/code/job.py"]
    step = add(services, cluster, config(*arguments, *code, "s3a://artifacts/rows"))[0]
    folder = services.directory / "emr" / cluster / step
    assert ended(services, cluster, step, 180)["State"] == "COMPLETED", (
        folder.joinpath("stdout").read_text() + folder.joinpath("stderr").read_text()
    )
    assert folder.joinpath("stdout").read_text() == "module 7\n"
    logs = [application_id_of(path.name) for path in folder.joinpath("event-log").iterdir()]
    assert len(logs) == 1 and str(logs[0]).startswith("local-")


@pytest.mark.parametrize(
    ("name", "application"),
    [
        ("local-1700000000000", "local-1700000000000"),
        ("local-1700000000000.inprogress", "local-1700000000000"),
        ("eventlog_v2_local-1700000000000", "local-1700000000000"),
        ("application_1700000000000_0001.zstd", "application_1700000000000_0001"),
        ("app-20260101000000-0000", "app-20260101000000-0000"),
        ("something-else", None),
    ],
)
def test_event_logs_are_named_after_their_application(name: str, application: str | None) -> None:
    assert application_id_of(name) == application


def test_only_a_complete_kill_command_is_one() -> None:
    assert kill_target(["yarn", "application", "-kill", "local-1"]) == "local-1"
    assert kill_target(["yarn", "application", "-kill"]) is None
    assert kill_target(["yarn", "application", "-list", "x"]) is None


def test_a_step_asks_for_its_python_where_yarn_reads_it() -> None:
    asked = "spark.yarn.appMasterEnv.PYSPARK_PYTHON=/usr/bin/python3.11"
    command = ["spark-submit", "--conf", "spark.a=1", "--conf", asked, "job.py"]
    assert asked_interpreter(command) == "/usr/bin/python3.11"
    assert asked_interpreter(["spark-submit", "job.py", asked]) is None


def test_says_which_python_runs_a_step_instead_of_the_one_it_asks_for() -> None:
    assert interpreter_notice("/usr/bin/python3.11", "/venv/bin/python", (3, 11)) is None
    assert interpreter_notice(None, "/venv/bin/python", (3, 12)) is None
    assert interpreter_notice("/usr/bin/python3.11", "/venv/bin/python", (3, 12)) == (
        "It asks for /usr/bin/python3.11; this machine runs it with /venv/bin/python, "
        "which is python3.12."
    )


def test_a_step_for_another_python_runs_and_says_so(
    services: Any, caplog: pytest.LogCaptureFixture
) -> None:
    cluster = create(services)
    # After `-c CODE` these are arguments of the program; the stand-in reads them all the same.
    asked = ["--conf", "spark.yarn.appMasterEnv.PYSPARK_PYTHON=/usr/bin/python2.7"]
    step = add(services, cluster, config(*PYTHON, "print('ran')", *asked))[0]
    assert ended(services, cluster, step)["State"] == "COMPLETED"
    said = f"Step {step} (step): It asks for /usr/bin/python2.7; this machine runs it with "
    assert any(said in message for message in caplog.messages)
