"""What services send when they take a role, and the table that says where AWS documents it."""

from __future__ import annotations

from local.permissions.trusts import SENDS_SOURCE
from tests.python.aws_models.refusals.trusts import SOURCE_ACCOUNT, TAKES_ROLE, TRUSTS


def test_a_local_run_sends_what_aws_is_documented_to_send() -> None:
    documented = {
        row.service: SOURCE_ACCOUNT in row.sends for row in TRUSTS if row.use == TAKES_ROLE
    }
    assert documented == SENDS_SOURCE
