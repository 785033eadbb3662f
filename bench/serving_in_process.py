"""The baseline of the serving benchmark: calls of the model inside one process.

Reads lines of JSON, `{"texts": [...], "calls": n}`, and answers each with the milliseconds of every
call, so that the benchmark can take turns between this and the servers.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import tensorflow as tf


def main() -> None:
    """Answers until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-directory", type=Path, required=True)
    options = parser.parse_args()
    versions = [int(entry.name) for entry in options.model_directory.iterdir()]
    loaded = tf.saved_model.load(str(options.model_directory / str(max(versions))))
    classify = loaded.signatures["serving_default"]
    print("Ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        milliseconds = []
        for _ in range(request["calls"]):
            started = time.perf_counter()
            outputs = classify(text=tf.constant(request["texts"]))
            {name: tensor.numpy() for name, tensor in outputs.items()}
            milliseconds.append((time.perf_counter() - started) * 1000)
        print(json.dumps(milliseconds), flush=True)


if __name__ == "__main__":
    main()
