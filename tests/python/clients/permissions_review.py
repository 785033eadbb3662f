"""What a run says about the deployed policies, for the end of an end-to-end test."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from local.permissions.call_log import evaluated_calls
from local.permissions.deployment.deployed import read
from local.permissions.mutations import mutations, refused_without
from local.permissions.place import Place
from local.permissions.review import denied, unused
from tests.python.permissions.reviewed import EXPECTED_REFUSALS, unlisted


def main() -> None:
    """Prints one JSON object about the run whose folder of permissions the command line names.

    `denied`: calls that were refused, but for those that a test makes to be refused. `unused`:
    what nothing was allowed by and no reason explains. `idle`: reasons for what is used, or is not
    there. `unnoticed`: actions that could be taken from a policy without a call of the run failing.
    `taken`: how many of them were tried.
    """
    place = Place(Path(sys.argv[1]))
    deployed = read(place.deployed.read_text(), place.global_arn("iam", "root"))
    calls = list(evaluated_calls(place.folder))
    unexplained, idle = unlisted(unused(deployed, calls))
    taken = mutations(deployed, calls)
    unnoticed = [
        f"{one.owner} {one.action}"
        for one in taken
        if one.action not in map(str.lower, refused_without(deployed, place, calls, one))
    ]
    print(
        json.dumps(
            {
                "denied": [
                    one for one in denied(calls) if not any(r in one for r in EXPECTED_REFUSALS)
                ],
                "unused": unexplained,
                "idle": idle,
                "unnoticed": unnoticed,
                "taken": len(taken),
            }
        )
    )


if __name__ == "__main__":
    main()
