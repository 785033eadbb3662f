"""Measures a candidate and the approved model on the same test split, in SageMaker Processing.

Writes `evaluation.json`: the candidate's figures, those of the approved model, and the margin
between them. Paths default to the folders under `/opt/ml/processing` that the pipeline mounts.
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

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from model_training.approved_package import NONE, find_approved_package  # noqa: E402
from model_training.container import (  # noqa: E402
    PROCESSING_BASE_DIRECTORY,
    PROCESSING_DIRECTORY,
)
from model_training.examples import Examples, read_examples  # noqa: E402
from model_training.model_artifact import fetch, find_artifact, predict, unpack  # noqa: E402
from model_training.problems import InputError  # noqa: E402
from model_training.report import build_report  # noqa: E402

from workloads.sentiment.classifier.quality import Quality, measure  # noqa: E402

REPORT_FILE = "evaluation.json"

log = logging.getLogger("evaluate")


@dataclass(frozen=True)
class Arguments:
    """What to evaluate.

    Attributes:
        model: Folder with the candidate's model.tar.gz.
        test: Folder of the test split.
        output: Folder for the report.
        model_package_group: Where the approved model is registered; None: compare with none.
    """

    model: Path
    test: Path
    output: Path
    model_package_group: str | None


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Reads the command line."""
    base = Path(os.environ.get(PROCESSING_BASE_DIRECTORY) or PROCESSING_DIRECTORY)
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model-directory", type=Path, default=base / "model")
    parser.add_argument("--test-directory", type=Path, default=base / "test")
    parser.add_argument("--output-directory", type=Path, default=base / "evaluation")
    parser.add_argument("--model-package-group", help="omit it to compare with no approved model")
    known = parser.parse_args(argv)
    return Arguments(
        known.model_directory,
        known.test_directory,
        known.output_directory,
        known.model_package_group,
    )


def evaluate_artifact(artifact: Path, examples: Examples, scratch: Path) -> Quality:
    """Unpacks a model artifact and measures it.

    Raises:
        InputError: The artifact cannot be used.
    """
    predicted = predict(unpack(artifact, scratch), examples.texts)
    return measure(examples.labels, predicted)


def evaluate_approved(
    group: str | None, examples: Examples, scratch: Path
) -> tuple[str, Quality | None]:
    """Looks up the approved model and measures it.

    Returns:
        The package's ARN and its figures, or `none` and None.

    Raises:
        InputError: The registered artifact cannot be used.
    """
    if group is None:
        return NONE, None
    # Only here: comparing with nothing needs no AWS.
    import boto3

    package = find_approved_package(boto3.client("sagemaker"), group)
    if package is None:
        log.info("Group %s has no approved model: the candidate is compared with none.", group)
        return NONE, None
    artifact = fetch(package.model_data_uri, boto3.client("s3"), scratch / "model.tar.gz")
    return package.arn, evaluate_artifact(artifact, examples, scratch / "model")


def main(argv: Sequence[str]) -> int:
    """Runs the evaluation.

    Args:
        argv: Arguments without the program's name.

    Returns:
        The exit code: 0, or 1 when an input cannot be used (the log says which).
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    arguments = parse_arguments(argv)
    try:
        examples = read_examples(arguments.test, "test")
        with tempfile.TemporaryDirectory() as scratch:
            artifact = find_artifact(arguments.model)
            candidate = evaluate_artifact(artifact, examples, Path(scratch, "candidate"))
            name, approved = evaluate_approved(
                arguments.model_package_group, examples, Path(scratch, "approved")
            )
    except InputError as error:
        log.error("%s", error)
        return 1
    report = build_report(candidate, approved, name)
    arguments.output.mkdir(parents=True, exist_ok=True)
    path = arguments.output / REPORT_FILE
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    log.info(
        "Macro-F1 %.4f, accuracy %.4f on %d posts; approved model %s: macro-F1 %s. Wrote %s.",
        candidate.macro_f1,
        candidate.accuracy,
        candidate.rows,
        name,
        "none" if approved is None else f"{approved.macro_f1:.4f}",
        path,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
