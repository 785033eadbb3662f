"""Measures a candidate and the approved model on the same test split, in SageMaker Processing.

Writes `evaluation.json`: the candidate's metrics and plots, the approved model's metrics, and the
margin between them. Paths default to the folders below `/opt/ml/processing` that the pipeline
mounts. Python runs it from the archive that contains it:

    python3 evaluation.zip --workload sentiment --gate-metric macro_f1 --compare-with none
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import model_training.start  # noqa: F401, I001
from model_training.approved_package import find_approved_package
from model_training.comparison import Comparison, measured, not_measurable
from model_training.container import (
    PROCESSING_BASE_DIRECTORY,
    PROCESSING_DIRECTORY,
)
from model_training.examples import count_rows, read_examples
from model_training.find_workload import find_workload
from model_training.manifest import read_manifest
from model_training.measurement import Measurement
from model_training.model_artifact import fetch, find_artifact
from model_training.problems import InputError
from model_training.report import REPORT_FILE, build_report

log = logging.getLogger("evaluate")


@dataclass(frozen=True)
class Arguments:
    """What to evaluate.

    Attributes:
        workload: Name of the models' workload.
        gate_metric: The metric that the quality gate checks.
        model: Folder with the candidate's model.tar.gz.
        test: Folder of the test split.
        manifest: Folder with the training set's manifest.json.
        output: Folder for the report.
        model_package_group: Group of the approved model; None: no comparison.
    """

    workload: str
    gate_metric: str
    model: Path
    test: Path
    manifest: Path
    output: Path
    model_package_group: str | None


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Reads the command line.

    Raises:
        SystemExit: It is incomplete; the message names what is missing.
    """
    base = Path(os.environ.get(PROCESSING_BASE_DIRECTORY) or PROCESSING_DIRECTORY)
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workload", required=True, help="name of a folder of workloads/")
    parser.add_argument("--gate-metric", required=True, help="the metric that the gate checks")
    parser.add_argument("--compare-with", choices=("approved", "none"), default="approved")
    parser.add_argument("--model-package-group", help="where the approved model is registered")
    parser.add_argument("--model-directory", type=Path, default=base / "model")
    parser.add_argument("--test-directory", type=Path, default=base / "test")
    parser.add_argument("--manifest-directory", type=Path, default=base / "manifest")
    parser.add_argument("--output-directory", type=Path, default=base / "evaluation")
    known = parser.parse_args(argv)
    compares = known.compare_with == "approved"
    if compares and not known.model_package_group:
        parser.error("--model-package-group is required, except with --compare-with none")
    return Arguments(
        known.workload,
        known.gate_metric,
        known.model_directory,
        known.test_directory,
        known.manifest_directory,
        known.output_directory,
        known.model_package_group if compares else None,
    )


def prepare(arguments: Arguments) -> Measurement:
    """Reads the test split and what describes it.

    Raises:
        InputError: There is no such workload, or the test split belongs to another training set.
    """
    workload = find_workload(arguments.workload)
    manifest = read_manifest(arguments.manifest, workload.name)
    return Measurement(
        workload,
        sorted({arguments.gate_metric, *workload.metrics}),
        manifest.columns,
        read_examples(arguments.test, "test", manifest),
    )


def compare(group: str | None, measurement: Measurement, scratch: Path) -> Comparison:
    """Finds the approved model and evaluates it.

    Args:
        group: Its model package group; None: no comparison.
        measurement: The same as for the candidate.
        scratch: Folder for its artifact.
    """
    if group is None:
        return Comparison()
    # Imported only here: without a comparison no AWS client is needed.
    import boto3

    package = find_approved_package(boto3.client("sagemaker"), group)
    if package is None:
        log.info("Group %s has no approved model: there is no comparison.", group)
        return Comparison()
    try:
        artifact = fetch(package.model_data_uri, boto3.client("s3"), scratch / "model.tar.gz")
        return measured(package.arn, measurement.measure(artifact, scratch / "model"))
    except InputError as error:
        return not_measurable(package.arn, str(error))


def main(argv: Sequence[str]) -> int:
    """Runs the evaluation.

    Args:
        argv: Arguments without the program's name.

    Returns:
        The exit code: 0, or 1 if the candidate or an input cannot be used (the log says which). An
        approved model that cannot be evaluated is not a failure here: the gate checks for it.
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    arguments = parse_arguments(argv)
    try:
        measurement = prepare(arguments)
        with tempfile.TemporaryDirectory() as scratch:
            artifact = find_artifact(arguments.model)
            candidate = measurement.measure(artifact, Path(scratch, "candidate"))
            comparison = compare(
                arguments.model_package_group, measurement, Path(scratch, "approved")
            )
    except InputError as error:
        log.error("The candidate cannot be evaluated. %s", error)
        return 1
    report = build_report(
        arguments.workload,
        count_rows(measurement.rows),
        arguments.gate_metric,
        candidate,
        comparison,
    )
    arguments.output.mkdir(parents=True, exist_ok=True)
    path = arguments.output / REPORT_FILE
    path.write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    log.info(
        "%s on %d rows. Approved model %s: %s. Wrote %s.",
        ", ".join(f"{name} {value:.4f}" for name, value in candidate.metrics.items()),
        report["rows"],
        comparison.model_package,
        comparison.problem or comparison.state.replace("_", " "),
        path,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
