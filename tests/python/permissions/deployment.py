"""Deployments as the provider writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from local.permissions.place import Place

ACCOUNT = "123456789012"
BUCKET = "arn:aws:s3:::lake"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"


def document(*statements: dict[str, Any]) -> str:
    """Returns a policy; each statement allows unless it says otherwise."""
    given = [{"Effect": "Allow", **one} for one in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": given})


def resource(kind: str, logical: str, arn: str = "", /, **inputs: Any) -> dict[str, Any]:
    """Returns a resource of a type such as `iam/role:Role`."""
    return {"type": f"aws:{kind}", "name": logical, "id": logical, "arn": arn, "inputs": inputs}


def role(name: str, *statements: dict[str, Any], **trust: Any) -> list[dict[str, Any]]:
    """Returns a role that EC2 may take, unless `trust` says who else, and its one policy."""
    trusted = {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole", **trust}
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    found = [
        resource("iam/role:Role", name, arn, name=name, assumeRolePolicy=document(trusted)),
        resource("iam/instanceProfile:InstanceProfile", name, name=name, role=name),
    ]
    if statements:
        rights = document(*statements)
        found.append(
            resource("iam/rolePolicy:RolePolicy", f"{name}-rights", role=name, policy=rights)
        )
    return found


def write(folder: Path, *resources: dict[str, Any]) -> Place:
    """Writes a deployment and returns its place."""
    place = Place(folder)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "unfinished"
    unfinished.write_text(json.dumps(list(resources)))
    unfinished.replace(place.deployed)
    return place
