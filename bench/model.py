"""A workload's model beside its baselines: same examples, same split, same call.

Prints progress on stderr and one JSON object as the last line of stdout:

    python -m bench.model --workload NAME [--epochs N]

The workload's `demo/training_set.py` writes the training set of its data set, `demo/baseline.py`
fits the baselines and says under `LEAST_MARGIN` how much better the model must be.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import logging
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

REPOSITORY = Path(__file__).resolve().parent.parent

_CALLS = 300
_WARM_UP_CALLS = 30
_THREADS = 2


def train_model(
    workload: str, training_set: Path, directory: Path, arguments: Sequence[str]
) -> float:
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
    script = str(REPOSITORY / "training" / "train.py")
    _run([script, "--workload", workload, *arguments], environment)
    return time.perf_counter() - begin


def evaluate_model(
    workload: str, metric: str, training_set: Path, model: Path, scratch: Path
) -> dict[str, Any]:
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
    directories = [part for name, at in folders.items() for part in (f"--{name}-directory", at)]
    asked = ["--workload", workload, "--gate-metric", metric, "--compare-with", "none"]
    _run([script, *asked, *directories], _environment())
    report: dict[str, Any] = json.loads(scratch.joinpath("evaluation.json").read_text())
    return report


def read_instances(training_set: Path, fields: Sequence[str]) -> list[dict[str, Any]]:
    """Reads the test split as instances of the prediction API."""
    instances = []
    for path in sorted(training_set.joinpath("test").glob("*.json.gz")):
        with gzip.open(path, mode="rt", encoding="utf-8") as file:
            rows = map(json.loads, file)
            instances += [{name: row[name] for name in fields} for row in rows]
    return instances


def measure_latency(model: Path, training_set: Path) -> dict[str, float]:
    """Calls the exported model in this process.

    Returns:
        p50 and p99 in milliseconds of calls with 1 and with 32 instances.
    """
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(_THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(_THREADS)
    loaded = tf.saved_model.load(str(model / "1"))
    signature = loaded.signatures["serving_default"]
    inputs = signature.structured_input_signature[1]
    instances = read_instances(training_set, list(inputs))
    figures: dict[str, float] = {}
    for count in (1, 32):
        milliseconds = []
        for call in range(_WARM_UP_CALLS + _CALLS):
            asked = [instances[(call * count + number) % len(instances)] for number in range(count)]
            columns = {name: [one[name] for one in asked] for name in inputs}
            begin = time.perf_counter()
            answers = signature(
                **{
                    # Arrays of one request must be of one length.
                    name: tf.ragged.constant(values, dtype=inputs[name].dtype).to_tensor()
                    if isinstance(values[0], list)
                    else tf.constant(values, inputs[name].dtype)
                    for name, values in columns.items()
                }
            )
            {name: values.numpy() for name, values in answers.items()}
            milliseconds.append((time.perf_counter() - begin) * 1000)
        measured = milliseconds[_WARM_UP_CALLS:]
        figures[f"p50Ms{count}"] = statistics.median(measured)
        figures[f"p99Ms{count}"] = statistics.quantiles(measured, n=100)[98]
    return figures


def measure(workload: str, training_arguments: Sequence[str]) -> dict[str, Any]:
    """Measures all sides on one split of the workload's data set."""
    about = json.loads((REPOSITORY / "workloads" / workload / "workload.json").read_text())
    metric = about["gate"]["metric"]
    demo = f"workloads.{workload}.demo"
    missing = [
        f"workloads/{workload}/demo/{file}"
        for file in ("baseline.py", "training_set.py")
        if not (REPOSITORY / "workloads" / workload / "demo" / file).is_file()
    ]
    if missing:
        raise SystemExit(
            f"The benchmark of a model needs {' and '.join(missing)}: a simpler model to compare "
            "with, and the demo's events as a training set. templates/workload/demo has a pattern."
        )
    baseline = importlib.import_module(f"{demo}.baseline")
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        data = REPOSITORY / ".local" / "data" / workload
        writer = importlib.import_module(f"{demo}.training_set")
        rows = writer.write_training_set(data, scratch / "set")
        _progress(f"Training set: {rows}")
        seconds = train_model(workload, scratch / "set", scratch / "model", training_arguments)
        report = evaluate_model(workload, metric, scratch / "set", scratch / "model", scratch)
        others = baseline.measure(scratch / "set", select=True)
        latency = measure_latency(scratch / "model", scratch / "set")
        exported = [path for path in (scratch / "model").rglob("*") if path.is_file()]
        megabytes = sum(path.stat().st_size for path in exported) / 1e6
    metrics = {name: figure["value"] for name, figure in report["metrics"].items()}
    return {
        "workload": workload,
        "rows": rows,
        "metric": metric,
        "model": {
            "value": metrics[metric],
            "metrics": metrics,
            "seconds": seconds,
            "megabytes": megabytes,
            **latency,
        },
        "baselines": [
            {"name": name, "value": value}
            for name, value in baselines_of(baseline.NAME, metric, others).items()
        ],
        "baselineSeconds": others["seconds"],
        "leastMargin": baseline.LEAST_MARGIN,
    }


def baselines_of(name: str, metric: str, figures: Mapping[str, Any]) -> dict[str, float]:
    """Returns the figures of a workload's baselines.

    Args:
        name: Name of the baseline whose figures have the metrics' own names.
        metric: Metric of the gate.
        figures: As `demo/baseline.py` prints them: `<metric>`, and `<metric>_of_<baseline>` for
            each further one.

    Returns:
        The metric by the baseline's name.
    """
    others = {
        key.removeprefix(f"{metric}_of_").replace("_", " "): value
        for key, value in figures.items()
        if key.startswith(f"{metric}_of_")
    }
    return {name: figures[metric], **others}


def main(argv: Sequence[str]) -> int:
    """Prints the figures."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workload", required=True, help="name of its folder")
    parser.add_argument("--epochs", help="instead of the training script's default")
    arguments = parser.parse_args(argv)
    training_arguments = ["--epochs", arguments.epochs] if arguments.epochs else []
    print(json.dumps(measure(arguments.workload, training_arguments)))
    return 0


def _run(command: Sequence[Any], environment: dict[str, str]) -> None:
    _progress(f"Running {command[0]}")
    subprocess.run(
        [sys.executable, *map(str, command)], env=environment, check=True, stdout=sys.stderr
    )


def _environment() -> dict[str, str]:
    """Workloads are beside the script in the container's archive, and here one folder above."""
    paths = [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _progress(line: str) -> None:
    log.info("%s", line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
