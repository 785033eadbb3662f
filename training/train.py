"""Trains the sentiment model in SageMaker's script mode.

Data comes from the channels `train` and `validation` (gzip JSON Lines), hyperparameters as command
line arguments, and the servable model goes to `SM_MODEL_DIR/1/`. To try it by hand:

    SM_CHANNEL_TRAIN=set/train SM_CHANNEL_VALIDATION=set/validation SM_MODEL_DIR=model \\
        python train.py --epochs 3
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

# TensorFlow's native log says at every start that it was built for older processors.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from model_training.batches import extract_split  # noqa: E402
from model_training.container import (  # noqa: E402
    CHECKPOINT_DIRECTORY,
    TrainingContainer,
    read_training_container,
)
from model_training.distribution import choose_strategy, is_chief  # noqa: E402
from model_training.examples import read_examples  # noqa: E402
from model_training.fitting import Epoch, fit  # noqa: E402
from model_training.hyperparameters import Hyperparameters  # noqa: E402
from model_training.problems import InputError  # noqa: E402

from workloads.sentiment.classifier.corpus_statistics import collect_statistics  # noqa: E402
from workloads.sentiment.classifier.serving import export_classifier  # noqa: E402

log = logging.getLogger("train")


def parse_arguments(argv: Sequence[str]) -> tuple[Hyperparameters, Path | None]:
    """Reads the hyperparameters and the checkpoint folder.

    Arguments it does not know are ignored: AWS's container adds some of its own (`--model_dir`).

    Raises:
        SystemExit: A value is outside its range; the message names it.
    """
    defaults = Hyperparameters()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--batch-size", type=int, default=defaults.batch_size)
    parser.add_argument("--learning-rate", type=float, default=defaults.learning_rate)
    parser.add_argument("--label-smoothing", type=float, default=defaults.label_smoothing)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument(
        "--checkpoint-directory",
        default=CHECKPOINT_DIRECTORY,
        help="save every epoch here and resume from it, if the folder exists (spot instances)",
    )
    known, unknown = parser.parse_known_args(argv)
    if unknown:
        log.info("Ignored arguments: %s", " ".join(unknown))
    for name, value, valid, expected in (
        ("--epochs", known.epochs, known.epochs >= 1, "at least 1"),
        ("--batch-size", known.batch_size, known.batch_size >= 1, "at least 1"),
        ("--learning-rate", known.learning_rate, known.learning_rate > 0, "more than 0"),
        (
            "--label-smoothing",
            known.label_smoothing,
            0 <= known.label_smoothing < 1,
            "from 0 to below 1",
        ),
        ("--seed", known.seed, 0 <= known.seed < 1 << 32, "from 0 to 4294967295"),
    ):
        if not valid:
            parser.error(f"{name} must be {expected}, received {value}")
    directory = Path(known.checkpoint_directory)
    return (
        Hyperparameters(
            epochs=known.epochs,
            batch_size=known.batch_size,
            learning_rate=known.learning_rate,
            label_smoothing=known.label_smoothing,
            seed=known.seed,
        ),
        directory if directory.is_dir() else None,
    )


def report_epoch(epoch: Epoch) -> None:
    """Prints one line; the pipeline's metric definitions read it."""
    print(
        f"epoch={epoch.number} loss={epoch.loss:.4f} "
        f"validation_macro_f1={epoch.quality.macro_f1:.4f} "
        f"validation_accuracy={epoch.quality.accuracy:.4f} seconds={epoch.seconds:.1f}",
        flush=True,
    )


def train(
    container: TrainingContainer, hyperparameters: Hyperparameters, checkpoints: Path | None
) -> None:
    """Trains, and writes the servable model from the first instance.

    Raises:
        InputError: A split cannot be used.
    """
    strategy = choose_strategy(container.hosts, container.current_host)
    chief = is_chief(container.hosts, container.current_host)
    begin = time.monotonic()
    train_examples = read_examples(container.train, "train")
    validation_examples = read_examples(container.validation, "validation")
    train_split = extract_split(train_examples)
    statistics = collect_statistics(train_split.features)
    log.info(
        "Read %d posts to learn from and %d to validate with; vocabulary %d words, %.1f s.",
        len(train_examples),
        len(validation_examples),
        statistics.vocabulary_size,
        time.monotonic() - begin,
    )
    network = fit(
        train_split,
        extract_split(validation_examples),
        statistics,
        hyperparameters,
        strategy,
        report_epoch,
        checkpoints,
        chief,
    )
    if chief:
        directory = export_classifier(network, container.model)
        log.info("Wrote the model to %s.", directory)
    print(f"training_seconds={time.monotonic() - begin:.1f}", flush=True)


def main(argv: Sequence[str]) -> int:
    """Runs the training job.

    Args:
        argv: Arguments without the program's name.

    Returns:
        The exit code: 0, or 1 when an input cannot be used (the log says which).
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    hyperparameters, checkpoints = parse_arguments(argv)
    try:
        train(read_training_container(), hyperparameters, checkpoints)
    except InputError as error:
        log.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
