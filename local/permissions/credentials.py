"""Whose call it is: access key ids that say which role they are of.

Nobody here issues credentials, so the id itself holds the role's name, and all secrets are one.
A signature does not cover the id (Signature Version 4: the string to sign has the scope, not the
key), so the S3 server, which checks signatures and knows one key, gets them with its own id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ADMINISTRATOR = "local"
"""Access key id, and secret of all: who deploys and tests. Nothing of theirs is evaluated."""

_OF_ROLE = "ROLE."
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/")


def access_key_of(role_name: str) -> str:
    """Returns the access key id that processes of a role sign with."""
    return f"{_OF_ROLE}{role_name}"


def role_of(access_key: str) -> str | None:
    """Returns the name of the role that an access key id is of, None for the administrator's."""
    return access_key.removeprefix(_OF_ROLE) if access_key.startswith(_OF_ROLE) else None


def signing_role(authorization: str) -> str | None:
    """Returns the name of the role that signed a request, by its `Authorization`."""
    found = _CREDENTIAL.search(authorization)
    return None if found is None else role_of(found[1])


def environment_of(role_name: str) -> Mapping[str, str]:
    """Returns the variables by which every AWS SDK signs as a role."""
    return {
        "AWS_ACCESS_KEY_ID": access_key_of(role_name),
        "AWS_SECRET_ACCESS_KEY": ADMINISTRATOR,
    }


def authorization_of(role_name: str, region: str, service: str) -> str:
    """Returns an `Authorization` that says who calls, where nobody checks the signature."""
    scope = f"{access_key_of(role_name)}/19700101/{region}/{service}/aws4_request"
    return f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=local"
