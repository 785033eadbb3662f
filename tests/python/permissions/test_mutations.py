"""Without a right that a run used, the run would have been refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from local.permissions.authorizer import Authorizer
from local.permissions.call_log import Evaluated, evaluated_calls
from local.permissions.calls.call import Call
from local.permissions.deployment.deployed import Deployed
from local.permissions.mutations import Mutation, mutations, refused_without
from local.permissions.place import Place
from tests.python.permissions.deployment import (
    ACCOUNT,
    BUCKET,
    KEY,
    document,
    resource,
    role,
    write,
)

READ = {"Sid": "Read", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}
AGAIN = {"Sid": "Again", "Action": "s3:GetObject", "Resource": f"{BUCKET}/events/*"}
WRITE = {"Sid": "Write", "Action": "s3:PutObject", "Resource": f"{BUCKET}/*"}
DENY = {"Sid": "Never", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::x"}
GET = Call("s3:GetObject", f"{BUCKET}/events/1")
ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def _run(
    folder: Path, resources: list[dict[str, Any]], *calls: Call
) -> tuple[Deployed, Place, list[Evaluated]]:
    place = write(folder, *resources)
    authorizer = Authorizer(place, "test")
    for call in calls:
        authorizer.refusal("job", [call])
    authorizer.refusal_to_take("job", "ec2.amazonaws.com")
    authorizer.refusal_to_assume(f"arn:aws:iam::{ACCOUNT}:role/on-call")
    return authorizer.store.now(), place, list(evaluated_calls(folder))


def _effects(run: tuple[Deployed, Place, list[Evaluated]]) -> dict[tuple[str, str], list[str]]:
    deployed, place, calls = run
    return {
        (one.owner, one.action): refused_without(deployed, place, calls, one)
        for one in mutations(deployed, calls)
    }


def test_a_role_loses_an_action_of_all_its_statements(tmp_path: Path) -> None:
    listed = Call("s3:ListBucket", BUCKET)
    run = _run(tmp_path, role("job", READ, AGAIN, WRITE, DENY), GET, listed)
    assert _effects(run) == {
        ("job", "s3:getobject"): ["s3:GetObject"],
        ("job", "s3:listbucket"): ["s3:ListBucket"],
        ("job (trust)/#1", "sts:assumerole"): ["sts:AssumeRole"],
    }
    nothing = Mutation("job", "s3:putobject", frozenset({"job-rights/Write"}))
    assert refused_without(*run, nothing) == []
    # Two statements allow the one call.
    half = Mutation("job", "s3:getobject", frozenset({"job-rights/Again"}))
    assert refused_without(*run, half) == []


def test_policies_of_keys_and_trust_lose_actions_too(tmp_path: Path) -> None:
    use = {"Sid": "Use", "Action": "kms:Decrypt", "Resource": KEY}
    leave = {"Sid": "Leave", "Principal": {"AWS": ROOT}, "Action": "kms:Decrypt", "Resource": "*"}
    key = resource("kms/key:Key", "key", KEY, policy=document(leave))
    on_call = role("on-call", Principal={"AWS": ROOT})
    run = _run(tmp_path, [*role("job", use), *on_call, key], Call("kms:Decrypt", KEY))
    assert _effects(run) == {
        ("job", "kms:decrypt"): ["kms:Decrypt"],
        ("key/Leave", "kms:decrypt"): ["kms:Decrypt"],
        ("job (trust)/#1", "sts:assumerole"): ["sts:AssumeRole"],
        ("on-call (trust)/#1", "sts:assumerole"): ["sts:AssumeRole"],
    }
