"""The baseline of the serving benchmark: calls of the model inside one process.

Reads lines of JSON, `{"instances": [...], "calls": n}`, and answers each with the milliseconds of
every call, so that the benchmark can take turns between this and the servers.

Usage: python -m bench.serving_in_process --model-directory FOLDER
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from bench.serving_instances import Signature


def main() -> None:
    """Answers until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-directory", type=Path, required=True)
    signature = Signature(parser.parse_args().model_directory)
    print("Ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        milliseconds = []
        for _ in range(request["calls"]):
            started = time.perf_counter()
            signature.answer(request["instances"])
            milliseconds.append((time.perf_counter() - started) * 1000)
        print(json.dumps(milliseconds), flush=True)


if __name__ == "__main__":
    main()
