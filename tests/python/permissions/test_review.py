"""What a run says about policies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from local.permissions.authorizer import Authorizer
from local.permissions.call_log import Evaluated, evaluated_calls
from local.permissions.calls.call import Call
from local.permissions.deployment.deployed import Deployed
from local.permissions.place import Place
from local.permissions.review import UnusedActions, denied, unused
from tests.python.permissions import reviewed
from tests.python.permissions.deployment import BUCKET, document, resource, role, write

READ = {"Sid": "Read", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}
AGAIN = {"Sid": "Again", "Action": "s3:GetObject", "Resource": f"{BUCKET}/events/*"}
WRITE = {"Sid": "Write", "Action": "s3:PutObject", "Resource": f"{BUCKET}/*"}
GET = Call("s3:GetObject", f"{BUCKET}/events/1")


def _run(
    folder: Path, resources: list[dict[str, Any]], *calls: Call
) -> tuple[Deployed, Place, list[Evaluated]]:
    place = write(folder, *resources)
    authorizer = Authorizer(place, "test")
    for call in calls:
        authorizer.refusal("job", [call])
    return authorizer.store.now(), place, list(evaluated_calls(folder))


def test_what_was_refused_is_said(tmp_path: Path) -> None:
    _, _, calls = _run(tmp_path, role("job", WRITE), GET)
    assert denied(calls) == [
        f"job may not s3:GetObject on {GET.resource} with {{}}: because no identity-based policy "
        "allows the s3:GetObject action"
    ]


def test_what_nothing_used_is_named_by_action(tmp_path: Path) -> None:
    denial = {"Sid": "Never", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::other"}
    deployed, _, calls = _run(tmp_path, role("job", READ, WRITE, denial), GET)
    assert unused(deployed, calls) == [
        UnusedActions("job (trust)/#1", ("sts:assumerole",)),
        UnusedActions("job-rights/Read", ("s3:listbucket",)),
        UnusedActions("job-rights/Write", ("s3:putobject",)),
    ]


def test_policies_of_resources_count_too(tmp_path: Path) -> None:
    opened = {"Sid": "Open", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}
    policy = resource("s3/bucketPolicy:BucketPolicy", "p", bucket="lake", policy=document(opened))
    deployed, _, calls = _run(tmp_path, [*role("job", WRITE), policy])
    assert UnusedActions("p/Open", ("s3:getobject",)) in unused(deployed, calls)
    deployed, _, calls = _run(tmp_path, [*role("job", WRITE), policy], GET)
    assert not any(one.statement == "p/Open" for one in unused(deployed, calls))


def test_what_is_listed_has_a_reason_and_what_has_a_reason_is_needed(monkeypatch: Any) -> None:
    reasons = [("*/Read", "s3:*", "because"), ("*/Write", "s3:putobject", "because")]
    monkeypatch.setattr(reviewed, "REASONS", reasons)
    found = [UnusedActions("job-rights/Read", ("s3:listbucket", "kms:decrypt"))]
    unexplained, idle = reviewed.unlisted(found)
    assert unexplained == ["job-rights/Read kms:decrypt"]
    assert idle == ["('*/Write', 's3:putobject')"]
