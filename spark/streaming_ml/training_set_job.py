"""The training-set job: it writes one immutable training set, its manifest last."""

from __future__ import annotations

import argparse
import datetime
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from streaming_ml.batch_session import fit_shuffles
from streaming_ml.contract import EventContract, load_contract
from streaming_ml.examples import SPLITS
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation
from streaming_ml.storage import Storage
from streaming_ml.training_set import (
    Build,
    Description,
    TrainingSetError,
    build_examples,
    check_examples,
    manifest_of,
)
from streaming_ml.training_set_columns import EXAMPLE_ID
from streaming_ml.training_set_files import (
    MANIFEST_NAME,
    manifest_exists,
    write_manifest,
    write_split,
)

# The workload's own file, which --py-files ships with the job.
_MODULE = "training_set"


@dataclass(frozen=True)
class TrainingSetArguments:
    """The arguments that the training pipeline passes.

    Attributes:
        contract_uri: The compiled event contract.
        events_uri: Root of the lake's events.
        history_uri: Root of the compacted files.
        region: AWS region of the buckets.
        output_uri: Folder of this training set.
        training_set_id: Its id, for example that of the pipeline execution.
    """

    contract_uri: str
    events_uri: str
    history_uri: str
    region: str
    output_uri: str
    training_set_id: str


def parse_training_set_arguments(arguments: Sequence[str]) -> TrainingSetArguments:
    """Parses the command line; exits with status 2 and a message when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="training_set_job.py", description="Builds a training set from the lake."
    )
    parser.add_argument("--contract", required=True, help="compiled event contract")
    parser.add_argument("--events-uri", required=True, help="root of the events")
    parser.add_argument("--history-uri", required=True, help="root of the compacted files")
    parser.add_argument("--region", required=True, help="AWS region of the buckets")
    parser.add_argument("--output-uri", required=True, help="folder of the training set")
    parser.add_argument("--training-set-id", required=True, help="id of the training set")
    values = parser.parse_args(arguments)
    return TrainingSetArguments(
        values.contract,
        values.events_uri.rstrip("/"),
        values.history_uri.rstrip("/"),
        values.region,
        values.output_uri.rstrip("/"),
        values.training_set_id,
    )


def load_build() -> Build:
    """Returns `build` of the workload's own file `training_set.py`.

    Raises:
        TrainingSetError: The file was not shipped with the job, or has no such function.
    """
    try:
        module = importlib.import_module(_MODULE)
    except ModuleNotFoundError as error:
        if error.name != _MODULE:
            raise
        raise TrainingSetError(
            f"The job was started without a workload's {_MODULE}.py: name it in --py-files."
        ) from error
    build: Build | None = getattr(module, "build", None)
    if build is None:
        raise TrainingSetError(
            f"{module.__file__} has no function `build`: expected build(events), which takes and "
            "returns a DataFrame."
        )
    return build


def build_training_set(
    spark: SparkSession, storage: Storage, arguments: TrainingSetArguments, build: Build
) -> dict[str, Any]:
    """Writes the splits, then the manifest; returns the manifest.

    Raises:
        TrainingSetError: The set exists already, the lake is empty, or what `build` returned is
            not a training set.
        ContractError: The event contract is missing or cannot be read.
    """
    contract = load_contract(storage, arguments.contract_uri)
    if manifest_exists(spark, arguments.output_uri):
        raise TrainingSetError(
            f"{arguments.output_uri}/{MANIFEST_NAME} exists, and a training set never changes. Use "
            "another --training-set-id."
        )
    made_at = datetime.datetime.now(datetime.UTC)
    events = _read_events(spark, storage, arguments, contract)
    fit_shuffles(spark, events)
    examples = build_examples(build, events, contract).persist()
    try:
        columns, counts = check_examples(examples, contract)
        names = [column.name for column in columns if column.name != EXAMPLE_ID]
        first_arrival, last_arrival = _arrivals(events)
        written = examples.select(EXAMPLE_ID, *names)
        for split in SPLITS:
            write_split(written, split, counts.by_split[split], arguments.output_uri)
    finally:
        examples.unpersist()
    description = Description(
        arguments.training_set_id, arguments.events_uri, made_at, first_arrival, last_arrival
    )
    manifest = manifest_of(description, contract, columns, counts)
    write_manifest(spark, arguments.output_uri, manifest)
    return manifest


def _read_events(
    spark: SparkSession,
    storage: Storage,
    arguments: TrainingSetArguments,
    contract: EventContract,
) -> DataFrame:
    events = read_valid_events(
        spark,
        storage,
        LakeLocation(arguments.events_uri, arguments.history_uri),
        lake_schema(contract),
    )
    if events is None:
        raise TrainingSetError(
            f"There are no events at {arguments.events_uri}. Check that the streaming job is "
            "running."
        )
    return events


def _arrivals(events: DataFrame) -> tuple[datetime.datetime, datetime.datetime]:
    # As numbers, because Python would read a timestamp in the machine's time zone.
    arrival = F.unix_micros("arrival_time")
    (row,) = events.agg(F.min(arrival), F.max(arrival)).collect()
    first, last = (datetime.datetime.fromtimestamp(micros / 1e6, datetime.UTC) for micros in row)
    return first, last
