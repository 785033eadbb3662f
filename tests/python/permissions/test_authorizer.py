"""Calls of roles against a deployment: who is asked, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.permissions.authorizer import Authorizer
from local.permissions.call_log import evaluated_calls
from local.permissions.calls.call import Call
from local.permissions.place import VARIABLE, Place
from tests.python.permissions.deployment import (
    ACCOUNT,
    BUCKET,
    KEY,
    document,
    resource,
    role,
    write,
)

READ = {"Sid": "Read", "Action": "s3:GetObject", "Resource": f"{BUCKET}/events/*"}
GET = Call("s3:GetObject", f"{BUCKET}/events/1")
DECRYPT = Call("kms:Decrypt", KEY)
USE_KEY = {"Sid": "UseKey", "Action": "kms:Decrypt", "Resource": KEY}


def _authorizer(folder: Path, *resources: dict[str, Any]) -> Authorizer:
    return Authorizer(write(folder, *resources), "test")


def test_without_a_folder_nothing_is_asked(tmp_path: Path) -> None:
    assert Authorizer.of("test", {}) is None
    found = Authorizer.of("test", {VARIABLE: str(tmp_path)})
    assert found is not None
    assert found.place == Place(tmp_path)


def test_a_role_may_what_its_policy_says(tmp_path: Path) -> None:
    authorizer = _authorizer(tmp_path, *role("job", READ))
    assert authorizer.refusal("job", [GET]) is None
    put = Call("s3:PutObject", f"{BUCKET}/events/1")
    assert authorizer.refusal("job", [GET, put, GET]) == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/job/local is not authorized to perform: "
        f's3:PutObject on resource: "{BUCKET}/events/1" because no identity-based policy allows '
        "the s3:PutObject action"
    )


def test_a_role_that_is_not_deployed_may_nothing(tmp_path: Path) -> None:
    refusal = _authorizer(tmp_path).refusal("job", [GET])
    assert refusal is not None
    assert refusal.endswith("because there is no role job")


def test_a_buckets_policy_is_about_its_objects(tmp_path: Path) -> None:
    denial = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"{BUCKET}/*"}
    tls = {"Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    rule = "s3/bucketPolicy:BucketPolicy"
    plain = resource(rule, "lake-policy", bucket="lake", policy=document({**denial, **tls}))
    assert _authorizer(tmp_path, *role("job", READ), plain).refusal("job", [GET]) is None
    everything = resource(rule, "lake-policy", bucket="lake", policy=document(denial))
    refusal = _authorizer(tmp_path, *role("job", READ), everything).refusal("job", [GET])
    assert refusal is not None
    assert refusal.endswith("with an explicit deny in a resource-based policy")


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (None, True),
        ({"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/job"}}, True),
        ({"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}, True),
        ({"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/other"}}, False),
    ],
)
def test_a_keys_policy_decides_and_the_default_one_leaves_it_to_the_account(
    tmp_path: Path, policy: dict[str, Any] | None, allowed: bool
) -> None:
    own = (
        {}
        if policy is None
        else {"policy": document({"Action": "kms:Decrypt", "Resource": "*", **policy})}
    )
    key = resource("kms/key:Key", "key", KEY, **own)
    authorizer = _authorizer(tmp_path, *role("job", USE_KEY), key)
    assert (authorizer.refusal("job", [DECRYPT]) is None) is allowed


def test_a_managed_policy_of_aws_counts(tmp_path: Path) -> None:
    arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
    attached = resource(
        "iam/rolePolicyAttachment:RolePolicyAttachment", "a", role="job", policyArn=arn
    )
    authorizer = _authorizer(tmp_path, *role("job"), attached)
    assert authorizer.refusal("job", [Call("ssm:UpdateInstanceInformation", "*")]) is None
    assert authorizer.refusal("job", [GET]) is not None


def test_a_policy_of_ones_own_counts_where_it_is_attached(tmp_path: Path) -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/own"
    own = resource("iam/policy:Policy", "own", arn, name="own", policy=document(READ))
    kind = "iam/rolePolicyAttachment:RolePolicyAttachment"
    attached = resource(kind, "a", role="job", policyArn=arn)
    assert _authorizer(tmp_path, *role("job"), own).refusal("job", [GET]) is not None
    assert _authorizer(tmp_path, *role("job"), own, attached).refusal("job", [GET]) is None


def test_a_change_of_the_deployment_counts_at_once(tmp_path: Path) -> None:
    authorizer = _authorizer(tmp_path, *role("job"))
    assert authorizer.refusal("job", [GET]) is not None
    write(tmp_path, *role("job", READ))
    assert authorizer.refusal("job", [GET]) is None


def test_a_policy_that_is_not_understood_allows_nothing(tmp_path: Path) -> None:
    odd = {**READ, "Condition": {"StringSounds": {"s3:prefix": "x"}}}
    authorizer = _authorizer(tmp_path, *role("job", odd))
    assert authorizer.encryption == {}
    refusal = authorizer.refusal("job", [GET])
    assert refusal is not None
    assert 'job-rights/Read: Nobody has said what the condition operator "StringSounds"' in refusal


@pytest.mark.parametrize(
    ("trust", "service", "reason"),
    [
        ({}, "ec2.amazonaws.com", None),
        ({}, "sagemaker.amazonaws.com", "because no resource-based policy allows the sts:AssumeR"),
        (
            {
                "Principal": {"Service": "sagemaker.amazonaws.com"},
                "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
            },
            "sagemaker.amazonaws.com",
            None,
        ),
        (
            {
                "Principal": {"Service": "apigateway.amazonaws.com"},
                "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
            },
            "apigateway.amazonaws.com",
            "apigateway.amazonaws.com is not authorized to assume the role",
        ),
        ({}, "robots.amazonaws.com", "Nobody has said what robots.amazonaws.com sends"),
    ],
)
def test_a_service_takes_a_role_that_trusts_it(
    tmp_path: Path, trust: dict[str, Any], service: str, reason: str | None
) -> None:
    authorizer = _authorizer(tmp_path, *role("job", **trust))
    refusal = authorizer.refusal_to_take(f"arn:aws:iam::{ACCOUNT}:role/job", service)
    assert (refusal is None) if reason is None else (reason in str(refusal))


def test_a_role_that_is_not_there_cannot_be_taken(tmp_path: Path) -> None:
    refusal = _authorizer(tmp_path).refusal_to_take("job", "ec2.amazonaws.com")
    assert refusal == "The role job does not exist."


def test_a_call_is_kept_once_and_every_refused_resource(tmp_path: Path) -> None:
    authorizer = _authorizer(tmp_path, *role("job", READ))
    refused = Call("s3:GetObject", f"{BUCKET}/other/1", {"s3:prefix": "x"})
    for name in ("1", "2", "3"):
        authorizer.refusal("job", [Call("s3:GetObject", f"{BUCKET}/events/{name}")])
        authorizer.refusal("job", [refused])
    authorizer.refusal("job", [Call("s3:GetObject", f"{BUCKET}/other/2")])
    authorizer.refusal_to_take("job", "ec2.amazonaws.com")
    kept = [
        (one.principal, one.call.resource, one.decision.allowed, one.decision.statements)
        for one in evaluated_calls(tmp_path)
    ]
    assert kept == [
        ("job", f"{BUCKET}/events/1", True, ("job-rights/Read",)),
        ("job", f"{BUCKET}/other/1", False, ()),
        ("job", f"{BUCKET}/other/2", False, ()),
        ("ec2.amazonaws.com", f"arn:aws:iam::{ACCOUNT}:role/job", True, ("job (trust)/#1",)),
    ]
    assert list(evaluated_calls(tmp_path))[1].call == refused


@pytest.mark.parametrize("member", ["permissionsBoundary", "inlinePolicies", "managedPolicyArns"])
def test_what_is_not_evaluated_of_a_role_is_an_error(tmp_path: Path, member: str) -> None:
    resources = role("job", READ)
    resources[0]["inputs"][member] = "something"
    refusal = _authorizer(tmp_path, *resources).refusal("job", [GET])
    assert refusal is not None
    assert f'The role "job" has {member}: the local run does not evaluate them.' in refusal


def test_the_calls_of_all_processes_are_read(tmp_path: Path) -> None:
    line = {"principal": "p", "action": "a:B", "resource": "*", "context": {"aws:tagkeys": ["a"]}}
    more = {"allowed": True, "statements": ["x/Y"], "reason": ""}
    for process in ("one", "two"):
        (tmp_path / f"calls-{process}.jsonl").write_text(json.dumps({**line, **more}) + "\n")
    found = list(evaluated_calls(tmp_path))
    assert len(found) == 2
    assert found[0].call == Call("a:B", "*", {"aws:tagkeys": ("a",)})
