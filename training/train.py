"""Trains a workload's model, in SageMaker's script mode.

Data comes from the channels `train` and `validation` (gzip JSON Lines) and `manifest`. The
workload's name and its options are command line arguments. The model is saved in
`SM_MODEL_DIR/1/`. To run it by hand, in the repository's folder:

    PYTHONPATH=. SM_CHANNEL_TRAIN=set/train SM_CHANNEL_VALIDATION=set/validation \\
        SM_CHANNEL_MANIFEST=set SM_MODEL_DIR=model \\
        python training/train.py --workload sentiment --epochs 3
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import model_training.start  # noqa: F401, I001
from model_training.command_line import parse_options
from model_training.container import (
    CHECKPOINT_DIRECTORY,
    TrainingContainer,
    read_training_container,
)
from model_training.declared_options import option_problems
from model_training.distribution import join_cluster
from model_training.dry_run import dry_run
from model_training.examples import count_rows, read_examples
from model_training.export import ExportedModel, export_model
from model_training.find_workload import NamedWorkload, find_workload
from model_training.fitting import Epoch, Splits, fit
from model_training.interface import interface_problems
from model_training.manifest import read_manifest
from model_training.options import TrainingOptions
from model_training.prepared_workload import PreparedWorkload
from model_training.problems import InputError
from model_training.tried_rows import TriedRows

log = logging.getLogger("train")


@dataclass(frozen=True)
class Arguments:
    """What to train, and how.

    Attributes:
        workload: The workload.
        options: Its hyperparameters.
        checkpoints: Folder in which every epoch is saved and from which training resumes; None:
            no checkpoints.
    """

    workload: NamedWorkload
    options: TrainingOptions
    checkpoints: Path | None


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Reads the command line.

    Arguments that neither this script nor the workload declares are ignored: AWS's container adds
    some (`--model_dir`).

    Raises:
        InputError: There is no such workload, its `model.py` has problems, or options are outside
            their ranges.
    """
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0],
        epilog="Every option of the workload is also an argument: --epochs, --batch-size, ...",
        allow_abbrev=False,
    )
    parser.add_argument("--workload", default="", help="name of its folder in workloads/")
    parser.add_argument(
        "--checkpoint-directory",
        type=Path,
        default=Path(CHECKPOINT_DIRECTORY),
        help="save every epoch here and resume from it, if the folder exists (spot instances)",
    )
    known, others = parser.parse_known_args(argv)
    workload = find_workload(known.workload)
    refuse_problems(
        workload.name,
        [*dict.fromkeys(interface_problems(workload.model).values())]
        or option_problems(workload.model.options),
    )
    options, unknown = parse_options(workload.model.options, others)
    if unknown:
        log.info("Ignored arguments: %s", " ".join(unknown))
    directory: Path = known.checkpoint_directory
    return Arguments(workload, options, directory if directory.is_dir() else None)


def refuse_problems(workload: str, problems: Sequence[str]) -> None:
    """Ends the training before the first epoch if there are problems.

    Raises:
        InputError: There are problems; the message names all of them.
    """
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise InputError(f"Nothing was trained: workloads/{workload} has {count}:\n{lines}")


def report_epoch(epoch: Epoch) -> None:
    """Prints one line; the pipeline's metric definition reads it."""
    print(
        f"epoch={epoch.number} loss={epoch.loss:.4f} validation_score={epoch.score:.4f} "
        f"seconds={epoch.seconds:.1f}",
        flush=True,
    )


def train(container: TrainingContainer, arguments: Arguments) -> None:
    """Trains, and saves the model on the first instance.

    Raises:
        InputError: A split cannot be used, or the workload's model has problems with it, which
            show before the first epoch.
    """
    cluster = join_cluster(container.hosts, container.current_host)
    begin = time.monotonic()
    workload = arguments.workload
    manifest = read_manifest(container.manifest, workload.name)
    workload.schema.check_columns(manifest.columns)
    learned, validation = (
        workload.extraction.split(read_examples(directory, split, manifest), split)
        for split, directory in (("train", container.train), ("validation", container.validation))
    )
    trained = PreparedWorkload(
        workload.model,
        workload.model.prepare(learned.pieces, arguments.options),
        arguments.options,
    )
    refuse_problems(
        workload.name,
        dry_run(workload, arguments.options, TriedRows(trained, validation.rows, validation.rows)),
    )
    splits = Splits(trained.learnable(learned), trained.learnable(validation))
    log.info(
        "Read %d training rows and %d validation rows in %.1f s.",
        count_rows(learned.rows),
        count_rows(validation.rows),
        time.monotonic() - begin,
    )
    network = fit(trained, splits, cluster, report_epoch, arguments.checkpoints)
    if cluster.chief:
        answer = workload.model.serving(network, trained.prepared, validation.pieces)
        served = ExportedModel(network, answer)
        directory = export_model(served, workload.schema, validation.rows, container.model)
        log.info("Wrote the model to %s.", directory)
    print(f"training_seconds={time.monotonic() - begin:.1f}", flush=True)


def main(argv: Sequence[str]) -> int:
    """Runs the training job.

    Args:
        argv: Arguments without the program's name.

    Returns:
        The exit code: 0, or 1 if an input cannot be used (the log says which).
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    try:
        arguments = parse_arguments(argv)
        train(read_training_container(), arguments)
    except InputError as error:
        log.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
