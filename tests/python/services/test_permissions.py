"""Permissions of deployed roles: those that services act as, and those of callers."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from local.permissions.authorizer import Authorizer
from local.permissions.credentials import authorization_of
from local.services.permissions.callers import TAKEN_BY
from local.services.permissions.roles import Roles
from tests.python.permissions.deployment import role, write
from tests.python.services.conftest import Running
from tests.python.services.pipeline_calls import refusal

ACCOUNT = "123456789012"
EMR_SERVICE = {
    "Principal": {"Service": "elasticmapreduce.amazonaws.com"},
    "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
}
SAGEMAKER = {"Principal": {"Service": "sagemaker.amazonaws.com"}}
PASS = {
    "Action": "iam:PassRole",
    "Resource": f"arn:aws:iam::{ACCOUNT}:role/nodes",
    "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folder of the deployment."""
    folder = tmp_path / "permissions"
    write(folder)
    return folder


@pytest.fixture
def roles(folder: Path) -> Roles:
    """The roles of the deployment."""
    return Roles(Authorizer(write(folder), "services"))


def _cluster(services: Running) -> Any:
    return services.emr.run_job_flow(
        Name="c",
        ReleaseLabel="emr-7.14.0",
        ServiceRole="arn:aws:iam::123456789012:role/service",
        JobFlowRole="nodes",
        Instances={
            "KeepJobFlowAliveWhenNoSteps": True,
            "InstanceCount": 1,
            "MasterInstanceType": "m7g.xlarge",
        },
    )["JobFlowId"]


def test_a_step_acts_as_the_role_of_the_nodes(services: Running, folder: Path) -> None:
    write(folder, *role("nodes"), *role("service", PASS, **EMR_SERVICE))
    cluster = _cluster(services)
    code = "import os; print(os.environ['AWS_ACCESS_KEY_ID'])"
    jar = {"Jar": "command-runner.jar", "Args": [sys.executable, "-c", code]}
    (step,) = services.emr.add_job_flow_steps(
        JobFlowId=cluster, Steps=[{"Name": "s", "HadoopJarStep": jar}]
    )["StepIds"]
    output = services.directory / "emr" / cluster / step / "stdout"
    assert services.until(lambda: output.exists() and output.read_text()) == "ROLE.nodes\n"


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ([*role("nodes"), *role("service", **EMR_SERVICE)], "iam:PassRole on resource"),
        (
            [*role("nodes"), *role("service", PASS)],
            "elasticmapreduce.amazonaws.com is not authorized to assume the role",
        ),
        (
            [*role("nodes", **SAGEMAKER), *role("service", PASS, **EMR_SERVICE)],
            "ec2.amazonaws.com is not authorized to assume the role",
        ),
        (role("service", PASS, **EMR_SERVICE), "There is no instance profile nodes."),
    ],
)
def test_a_cluster_needs_roles_that_can_be_assumed_and_passed(
    services: Running, folder: Path, resources: list[dict[str, Any]], reason: str
) -> None:
    write(folder, *resources)
    code, message = refusal(lambda: _cluster(services))
    assert code == "AccessDeniedException"
    assert reason in message


def _asks(url: str, role_name: str, path: str, target: str, body: bytes, **more: str) -> str:
    headers = {
        "Authorization": authorization_of(role_name, "us-east-1", "sagemaker"),
        "Content-Type": "application/x-amz-json-1.1",
        **({"X-Amz-Target": target} if target else {}),
        **more,
    }
    try:
        urllib.request.urlopen(urllib.request.Request(url + path, body, headers)).close()
    except urllib.error.HTTPError as error:
        text = f"{error.code} {error.read().decode()}"
        error.close()
        return text
    return "200"


def test_a_role_may_make_the_calls_that_its_policy_allows(services: Running, folder: Path) -> None:
    listing = {"Action": "sagemaker:ListModelPackages", "Resource": "*"}
    write(folder, *role("job", listing, **SAGEMAKER))

    def ask(operation: str, body: bytes = b"{}") -> str:
        return _asks(services.url, "job", "/", f"SageMaker.{operation}", body)

    assert ask("ListModelPackages") == "200"
    described = ask("DescribeEndpoint", b'{"EndpointName": "e"}')
    assert described.startswith("400")
    assert "AccessDeniedException" in described
    assert "sagemaker:DescribeEndpoint" in described
    assert "calls/service_requests.py" in ask("DescribeModel", b'{"ModelName": "m"}')


def test_an_endpoint_is_invoked_by_roles_that_may(services: Running, folder: Path) -> None:
    gateway = {"Principal": {"Service": "apigateway.amazonaws.com"}}
    source = {"Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}}
    invoke = {
        "Action": "sagemaker:InvokeEndpoint",
        "Resource": f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint/e",
    }

    def ask(endpoint: str) -> str:
        taken = {TAKEN_BY: "apigateway.amazonaws.com"}
        return _asks(services.url, "api", f"/endpoints/{endpoint}/invocations", "", b"{}", **taken)

    write(folder, *role("api", invoke, **gateway))
    # Allowed, but there is no such endpoint.
    assert ask("e").startswith("400")
    assert ask("other").startswith("403")
    assert "sagemaker:InvokeEndpoint" in ask("other")
    write(folder, *role("api", invoke, **{**gateway, **source}))
    assert "apigateway.amazonaws.com is not authorized to assume the role" in ask("e")
