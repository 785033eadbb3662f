"""Clusters of EMR through boto3: their queue, their protection, their end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.services.emr_calls import (
    PYTHON,
    SLEEP,
    add,
    cluster_state,
    config,
    create,
    ended,
    refusal,
    state,
)


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
