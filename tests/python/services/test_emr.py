"""EMR: clusters and steps through boto3, with real processes."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.services.emr.step_command import application_id_of, kill_target

PYTHON = [sys.executable, "-c"]
SLEEP = [*PYTHON, "import time; time.sleep(60)"]


def instances(**members: Any) -> dict[str, Any]:
    fleet = {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": members.pop("primaries", 1)}
    return {"KeepJobFlowAliveWhenNoSteps": True, "InstanceFleets": [fleet], **members}


def create(services: Any, concurrency: int = 1, **members: Any) -> str:
    return str(
        services.emr.run_job_flow(
            Name="spark",
            ReleaseLabel="emr-7.13.0",
            Instances=instances(**members),
            StepConcurrencyLevel=concurrency,
        )["JobFlowId"]
    )


def config(*arguments: str, action: str = "CONTINUE") -> dict[str, Any]:
    jar = {"Jar": "command-runner.jar", "Args": list(arguments)}
    return {"Name": "step", "ActionOnFailure": action, "HadoopJarStep": jar}


def add(services: Any, cluster: str, *configs: Any) -> list[str]:
    return list(services.emr.add_job_flow_steps(JobFlowId=cluster, Steps=list(configs))["StepIds"])


def status(services: Any, cluster: str, step: str) -> Any:
    return services.emr.describe_step(ClusterId=cluster, StepId=step)["Step"]["Status"]


def state(services: Any, cluster: str, step: str) -> str:
    return str(status(services, cluster, step)["State"])


def ended(services: Any, cluster: str, step: str, seconds: float = 60) -> Any:
    return services.until(
        lambda: (
            status(services, cluster, step)
            if state(services, cluster, step) not in ("PENDING", "RUNNING")
            else None
        ),
        seconds,
    )


def cluster_state(services: Any, cluster: str) -> str:
    return str(services.emr.describe_cluster(ClusterId=cluster)["Cluster"]["Status"]["State"])


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


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


def test_no_more_steps_run_than_the_concurrency_allows(services: Any) -> None:
    cluster = create(services, concurrency=2)
    first, second, third = add(services, cluster, *[config(*SLEEP) for _ in range(3)])
    states = [state(services, cluster, step) for step in (first, second, third)]
    assert states == ["RUNNING", "RUNNING", "PENDING"]
    assert cluster_state(services, cluster) == "RUNNING"
    services.emr.cancel_steps(ClusterId=cluster, StepIds=[first])
    services.until(lambda: state(services, cluster, third) == "RUNNING")
    assert state(services, cluster, first) == "CANCELLED"


def test_waiting_steps_are_cancelled_after_a_failure_that_says_so(services: Any) -> None:
    cluster = create(services)
    failing = config(*PYTHON, "raise SystemExit(1)", action="CANCEL_AND_WAIT")
    first, second = add(services, cluster, failing, config(*PYTHON, "pass"))
    assert ended(services, cluster, second)["State"] == "CANCELLED"
    assert state(services, cluster, first) == "FAILED"
    assert cluster_state(services, cluster) == "WAITING"


def test_only_continue_is_allowed_beside_concurrency(services: Any) -> None:
    cluster = create(services, concurrency=2)
    steps = [config("true", action="CANCEL_AND_WAIT")]
    code, message = refusal(services.emr.add_job_flow_steps, JobFlowId=cluster, Steps=steps)
    assert code == "ValidationException"
    assert "ActionOnFailure CANCEL_AND_WAIT is not valid" in message
    assert services.emr.list_steps(ClusterId=cluster)["Steps"] == []


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
    # What Spark leaves: an event log named after the application.
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


def test_protected_cluster_does_not_end_until_it_is_unprotected(services: Any) -> None:
    cluster = create(services, TerminationProtected=True)
    code, message = refusal(services.emr.terminate_job_flows, JobFlowIds=[cluster])
    assert code == "ValidationException"
    assert message == (
        "Could not shut down one or more job flows since they are termination protected."
    )
    services.emr.set_termination_protection(JobFlowIds=[cluster], TerminationProtected=False)
    services.emr.terminate_job_flows(JobFlowIds=[cluster])
    services.until(lambda: cluster_state(services, cluster) == "TERMINATED")


@pytest.mark.parametrize(("primaries", "protected"), [(1, False), (3, True)])
def test_three_primaries_are_always_protected(
    services: Any, primaries: int, protected: bool
) -> None:
    cluster = create(services, primaries=primaries)
    described = services.emr.describe_cluster(ClusterId=cluster)["Cluster"]
    assert described["TerminationProtected"] is protected


def test_terminating_ends_every_step(services: Any) -> None:
    cluster = create(services)
    running, pending = add(services, cluster, config(*SLEEP), config(*SLEEP))
    services.emr.terminate_job_flows(JobFlowIds=[cluster])
    services.until(lambda: cluster_state(services, cluster) == "TERMINATED")
    assert state(services, cluster, running) == "CANCELLED"
    assert state(services, cluster, pending) == "CANCELLED"
    code, message = refusal(
        services.emr.add_job_flow_steps, JobFlowId=cluster, Steps=[config("true")]
    )
    assert (code, "may not be modified" in message) == ("ValidationException", True)
    summaries = services.emr.list_clusters(ClusterStates=["TERMINATED"])["Clusters"]
    assert [summary["Id"] for summary in summaries] == [cluster]
    assert services.emr.list_clusters(ClusterStates=["WAITING"])["Clusters"] == []


def test_cluster_that_does_not_exist_is_refused_in_emrs_words(services: Any) -> None:
    assert refusal(services.emr.describe_cluster, ClusterId="j-NONE") == (
        "InvalidRequestException",
        "Cluster id 'j-NONE' is not valid.",
    )


def test_steps_are_listed_newest_first(services: Any) -> None:
    cluster = create(services)
    first = add(services, cluster, config("true"))[0]
    second = add(services, cluster, config("true"))[0]
    ended(services, cluster, second)
    listed = services.emr.list_steps(ClusterId=cluster)["Steps"]
    assert [step["Id"] for step in listed] == [second, first]
    chosen = services.emr.list_steps(ClusterId=cluster, StepIds=[first])["Steps"]
    assert [step["Id"] for step in chosen] == [first]


def test_spark_submit_runs_code_that_lies_in_s3(services: Any, tmp_path: Path) -> None:
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
