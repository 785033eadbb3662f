"""Every Spark and connector option we set is one that Spark 3.5 or the connector reads.

Spark takes any name without a word; a misspelt one does nothing.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pyspark
import pytest
from streaming_ml.arguments import parse_arguments
from streaming_ml.session import DEFAULT_SETTINGS, streaming_settings
from streaming_ml.sources import aws_kinesis_options
from streaming_ml.spark_settings import BATCH_SETTINGS

from tests.python.aws_models.plans import REPOSITORY, Plans
from tests.python.aws_models.spark.constants import held_constants

_JARS = Path(pyspark.__file__).parent / "jars"
_SPARK_JARS = ("core", "catalyst", "sql", "sql-api", "yarn")

# Options that carry a name of their own behind this prefix (Spark, "Running on YARN"; for
# catalogs, the documentation of CatalogPlugin).
_FREE_PREFIXES = ("spark.yarn.appMasterEnv.", "spark.executorEnv.", "spark.sql.catalog.")

# Handed to Hadoop without the prefix (Spark, "Custom Hadoop/Hive Configuration").
_HADOOP_PREFIX = "spark.hadoop."

# What awslabs/spark-sql-kinesis-connector 1.4.2 reads (KinesisOptions.scala), in lower case.
_CONNECTOR_OPTIONS = {
    "kinesis.checknewrecordthreads",
    "kinesis.clientmaxretryintervalms",
    "kinesis.clientnumretries",
    "kinesis.clientretryintervalms",
    "kinesis.consumername",
    "kinesis.consumertype",
    "kinesis.describeshardinterval",
    "kinesis.endpointurl",
    "kinesis.failondataloss",
    "kinesis.getrecords.fetchintervalms",
    "kinesis.getrecords.numberofrecordsperfetch",
    "kinesis.internal.avoidemptybatches",
    "kinesis.internal.dataqueuewaittimeoutsec",
    "kinesis.internal.maxdataqueueemptycount",
    "kinesis.kinesisregion",
    "kinesis.maxfetchrecordspershard",
    "kinesis.maxfetchtimepershardsec",
    "kinesis.metadatacommittertype",
    "kinesis.metadatapath",
    "kinesis.minbatchestoretain",
    "kinesis.region",
    "kinesis.startingposition",
    "kinesis.streamname",
    "kinesis.stsrolearn",
    "kinesis.stssessionname",
    "kinesis.subscribetoshard.maxretries",
    "kinesis.subscribetoshard.timeoutsec",
}


@pytest.fixture(scope="module")
def options(plans: Plans) -> set[str]:
    """Names of all options: the session's own, the commands', the cluster's."""
    own = {*streaming_settings("aws-kinesis"), *BATCH_SETTINGS, *DEFAULT_SETTINGS}
    return {*own, *planned_options(plans)}


def planned_options(plans: Plans) -> set[str]:
    """Returns the names in `--conf name=value` of every command, and in the cluster's defaults."""
    names: set[str] = set()
    for _, resource in plans.resources():
        for value in resource.inputs.values():
            names |= _from_command(value if isinstance(value, list) else _commands(value))
    for _, cluster in plans.resources("aws:emr/cluster:Cluster"):
        for block in json.loads(cluster.inputs["configurationsJson"]):
            if block["Classification"] == "spark-defaults":
                names |= set(block["Properties"])
    return names


def _commands(value: object) -> list[object]:
    """Lists what stands in a JSON text, at any depth: pipelines and schedules carry commands."""
    if not isinstance(value, str) or "--conf" not in value:
        return []
    flat: list[object] = []
    queue: list[object] = [json.loads(value)]
    while queue:
        item = queue.pop(0)
        if isinstance(item, dict):
            queue[:0] = item.values()
        elif isinstance(item, list):
            queue[:0] = item
        else:
            flat.append(item)
    return flat


def _from_command(arguments: list[object]) -> set[str]:
    return {
        str(value).partition("=")[0]
        for flag, value in zip(arguments, arguments[1:], strict=False)
        if flag == "--conf"
    }


def _lookups(option: str) -> str:
    return option.removeprefix(_HADOOP_PREFIX)


def _unread(options: set[str]) -> set[str]:
    named = {one: _lookups(one) for one in options if not one.startswith(_FREE_PREFIXES)}
    jars = [jar for part in _SPARK_JARS for jar in _JARS.glob(f"spark-{part}_*.jar")]
    jars += sorted(_JARS.glob("spark-launcher*.jar")) + sorted(_JARS.glob("hadoop-client-*.jar"))
    held = held_constants(jars, set(named.values()))
    return {option for option, constant in named.items() if constant not in held}


def test_spark_reads_every_option_we_set(options: set[str]) -> None:
    assert _unread(options) == set()
    assert len(options) > 25


def test_a_misspelt_option_is_found() -> None:
    wrong = {
        "spark.speculations",
        "spark.stage.maxConsecutiveAttempt",
        "spark.sql.streaming.stateStore.provider",
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccess",
    }
    assert _unread({*wrong, "spark.speculation"}) == wrong


def test_the_connector_reads_every_option_we_give_it() -> None:
    contract = REPOSITORY / "contracts" / "streaming-job-arguments.json"
    arguments = dataclasses.replace(
        parse_arguments(json.loads(contract.read_text())),
        source="aws-kinesis",
        max_records_per_shard=2000,
    )
    given = {*aws_kinesis_options(arguments, {})}
    fanned_out = dataclasses.replace(arguments, consumer="events-consumer")
    given |= {*aws_kinesis_options(fanned_out, {})}
    assert {name.lower() for name in given} - _CONNECTOR_OPTIONS == set()
    assert len(given) > 10
