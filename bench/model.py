"""The sentiment model beside TF-IDF and logistic regression: same posts, same split, same call.

Prints progress on stderr and one JSON object as the last line of stdout:

    python -m bench.model [--corpus FILE] [--epochs N]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workloads.sentiment.demo import baseline
from workloads.sentiment.demo.training_set import read_split, write_training_set

REPOSITORY = Path(__file__).resolve().parent.parent
WORKLOAD = "sentiment"
CORPUS = REPOSITORY / ".local" / "data" / WORKLOAD / "tweets.csv"

_CALLS = 300
_WARM_UP_CALLS = 30
_THREADS = 2


def train_model(training_set: Path, directory: Path, arguments: Sequence[str]) -> float:
    """Runs the training script as the toolkit would.

    Returns:
        Seconds from its start to its end, TensorFlow's import included.
    """
    environment = {
        **_environment(),
        "SM_CHANNEL_TRAIN": str(training_set / "train"),
        "SM_CHANNEL_VALIDATION": str(training_set / "validation"),
        "SM_CHANNEL_MANIFEST": str(training_set),
        "SM_MODEL_DIR": str(directory),
    }
    begin = time.perf_counter()
    _run(
        [str(REPOSITORY / "training" / "train.py"), "--workload", WORKLOAD, *arguments], environment
    )
    return time.perf_counter() - begin


def evaluate_model(training_set: Path, model: Path, scratch: Path) -> dict[str, Any]:
    """Runs the evaluation script on the packed model and returns its report."""
    scratch.joinpath("artifact").mkdir()
    with tarfile.open(scratch / "artifact" / "model.tar.gz", mode="w:gz", compresslevel=1) as tar:
        tar.add(model, arcname=".")
    script = str(REPOSITORY / "training" / "evaluate.py")
    folders = {
        "model": scratch / "artifact",
        "test": training_set / "test",
        "manifest": training_set,
        "output": scratch,
    }
    places = [part for name, at in folders.items() for part in (f"--{name}-directory", at)]
    asked = ["--workload", WORKLOAD, "--gate-metric", "macro_f1", "--compare-with", "none"]
    _run([script, *asked, *places], _environment())
    report: dict[str, Any] = json.loads(scratch.joinpath("evaluation.json").read_text())
    return report


def measure_latency(model: Path, texts: Sequence[str]) -> dict[str, float]:
    """Calls the exported model in this process.

    Returns:
        p50 and p99 in milliseconds of calls with 1 and with 32 texts.
    """
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(_THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(_THREADS)
    loaded = tf.saved_model.load(str(model / "1"))
    signature = loaded.signatures["serving_default"]
    figures: dict[str, float] = {}
    for count in (1, 32):
        milliseconds = []
        for call in range(_WARM_UP_CALLS + _CALLS):
            batch = [texts[(call * count + number) % len(texts)] for number in range(count)]
            begin = time.perf_counter()
            answers = signature(text=tf.constant(batch))
            {name: values.numpy() for name, values in answers.items()}
            milliseconds.append((time.perf_counter() - begin) * 1000)
        measured = milliseconds[_WARM_UP_CALLS:]
        figures[f"p50Ms{count}"] = statistics.median(measured)
        figures[f"p99Ms{count}"] = statistics.quantiles(measured, n=100)[98]
    return figures


def measure(corpus: Path, training_arguments: Sequence[str]) -> dict[str, Any]:
    """Measures both sides on one split of the corpus."""
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        rows = write_training_set(corpus, scratch / "set")
        _progress(f"Training set: {rows}")
        model_seconds = train_model(scratch / "set", scratch / "model", training_arguments)
        report = evaluate_model(scratch / "set", scratch / "model", scratch)
        other = baseline.measure(scratch / "set", select=True)
        latency = measure_latency(scratch / "model", read_split(scratch / "set", "test")[0])
        exported = [path for path in (scratch / "model").rglob("*") if path.is_file()]
        megabytes = sum(path.stat().st_size for path in exported) / 1e6
    metrics = report["metrics"]
    return {
        "rows": rows,
        "model": {
            "macroF1": metrics["macro_f1"]["value"],
            "accuracy": metrics["accuracy"]["value"],
            "seconds": model_seconds,
            "megabytes": megabytes,
            **latency,
        },
        "baseline": {"macroF1": other["macro_f1"], "seconds": other["seconds"]},
        "marginPoints": (metrics["macro_f1"]["value"] - other["macro_f1"]) * 100,
    }


def main(argv: Sequence[str]) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--epochs", help="instead of the training script's default")
    arguments = parser.parse_args(argv)
    training_arguments = ["--epochs", arguments.epochs] if arguments.epochs else []
    print(json.dumps(measure(arguments.corpus, training_arguments)))
    return 0


def _run(command: Sequence[Any], environment: dict[str, str]) -> None:
    _progress(f"Running {command[0]}")
    subprocess.run(
        [sys.executable, *map(str, command)], env=environment, check=True, stdout=sys.stderr
    )


def _environment() -> dict[str, str]:
    """Workloads lie beside the script in the container's archive, and here one folder above."""
    paths = [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
