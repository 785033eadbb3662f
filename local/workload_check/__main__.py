"""Prints, as one JSON object, what is wrong with the code of the model of a workload.

`python -m local.workload_check --workload NAME [--data FOLDER]`. Users run
`npm run ops -- check-workload NAME`. Needs `training/` on the import path.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import model_training.start  # noqa: F401, I001

from local.workload_check.check import check_code


def main(argv: Sequence[str]) -> int:
    """Checks a workload."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workload", required=True, help="name of its folder")
    parser.add_argument("--data", type=Path, help="folder of its data set, if it is there")
    arguments = parser.parse_args(argv)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    checked = check_code(arguments.workload, arguments.data)
    print(
        json.dumps(
            {
                "model": checked.model,
                "trainingSet": checked.training_set,
                "tried": checked.tried,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
