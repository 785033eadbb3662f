"""The innermost cause in one sentence: of messages of Spark 3.5, and of jobs that fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.last_cause import LONGEST_SENTENCE, cause_in_text, last_cause
from streaming_ml.supervision import Ending, RestartBudget, supervise

PROXY = """\
[STREAM_FAILED] Query [id = 5d91d430-7444-4a21-9646-48a70938cf03, runId = 02d6c391-b859-4670-9e0c-\
7a809848a330] terminated with exception: An exception was raised by the Python Proxy. Return \
Message: Traceback (most recent call last):
  File "/venv/lib/python3.11/site-packages/py4j/clientserver.py", line 642, in _call_proxy
    return_value = getattr(self.pool[obj_id], method)(*params)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/venv/lib/python3.11/site-packages/pyspark/sql/utils.py", line 120, in call
    raise e
"""
ABORTED = """\
py4j.protocol.Py4JJavaError: An error occurred while calling o129.parquet.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 \
times, most recent failure: Lost task 0.0 in stage 1.0 (TID 1) (10.0.0.7 executor 2): """
UPGRADE = """\
org.apache.spark.SparkUpgradeException: [INCONSISTENT_BEHAVIOR] You may get a different result:
writing timestamps before 1900-01-01T00:00:00Z can be dangerous. See more details in SPARK-31404.
\tat org.apache.spark.sql.errors.QueryExecutionErrors$.failed(QueryExecutionErrors.scala:785)
\tat java.base/java.lang.Thread.run(Thread.java:840)
"""
DANGEROUS = (
    "[INCONSISTENT_BEHAVIOR] You may get a different result: writing timestamps before "
    "1900-01-01T00:00:00Z can be dangerous."
)
PYTHON_WORKER = """\
Caused by: org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "/job.py", line 36, in f
    def f(x): raise KeyError("broken in python")
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
KeyError: 'broken in python'

\tat org.apache.spark.api.python.BasePythonRunner$ReaderIterator.handle(PythonRunner.scala:572)
\t... 12 more
"""
TEXTS = {
    "Python in foreachBatch": (
        PROXY + "ValueError: the lake is closed\nsecond line\n",
        "the lake is closed second line",
    ),
    "a cause in Python": (
        "An exception was raised by the Python Proxy. Return Message: Traceback (most recent call "
        'last):\n  File "/job.py", line 25, in batch\n    {}["k"]\n    ~~^^^^^\nKeyError: \'k\'\n\n'
        "The above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n    raise RuntimeError\nRuntimeError: cannot write\n",
        "KeyError: 'k'",
    ),
    "a task of foreachBatch": (
        f"{PROXY}{ABORTED}{UPGRADE}\nDriver stacktrace:\n\tat org.apache.spark.X(X.scala:1)\n"
        f"Caused by: org.apache.spark.SparkException: [TASK_WRITE_FAILED] Task failed.\n"
        f"\tat org.apache.spark.Y(Y.scala:2)\nCaused by: {UPGRADE}\t... 9 more\n",
        DANGEROUS,
    ),
    "a task whose cause Spark only quotes": (f"{PROXY}{ABORTED}{UPGRADE}", DANGEROUS),
    "Python in a task": (
        f"{PROXY}{ABORTED}org.apache.spark.X: y\n\tat a.b(C.java:1)\n{PYTHON_WORKER}",
        "KeyError: 'broken in python'",
    ),
    "an executor that is lost": (
        f"{ABORTED}ExecutorLostFailure (executor 2 exited caused by one of the running tasks) "
        "Reason: Container killed by YARN for exceeding memory limits. 5.5 GB used.\n"
        "Driver stacktrace:",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) "
        "Reason: Container killed by YARN for exceeding memory limits.",
    ),
    "our own source in a task, with its advice": (
        f"{ABORTED}streamingml.kinesis.stream.DataLossException: Record 7 of shard 1 has expired. "
        "Begin with a new job.generation.\n\tat streamingml.kinesis.X.y(X.java:1)\n",
        "Record 7 of shard 1 has expired. Begin with a new job.generation.",
    ),
    "a class without words": (
        "Caused by: java.lang.NullPointerException\n\tat a.B.c(B.java:1)\n",
        "NullPointerException",
    ),
    "null for words": ("java.lang.OutOfMemoryError: null", "OutOfMemoryError"),
    "little said": ("java.lang.ClassNotFoundException: a.B", "ClassNotFoundException: a.B"),
    "a nested class": ("Caused by: a.b.C$Failed: x", "Failed: x"),
    "a query's own text": (
        "[STREAM_FAILED] Query [id = 1, runId = 2] terminated with exception: [NO] There is no x.\n"
        "=== Streaming Query ===\nIdentifier: events",
        "[NO] There is no x.",
    ),
    "an abbreviation does not end a sentence": (
        "RuntimeError: Give e.g. Kinesis a name",
        "Give e.g. Kinesis a name",
    ),
    "nothing": ("", "The cause is unknown."),
}


@pytest.mark.parametrize("name", TEXTS)
def test_finds_the_last_cause_in_a_text(name: str) -> None:
    text, sentence = TEXTS[name]
    assert cause_in_text(text) == sentence


def test_a_sentence_has_an_end() -> None:
    sentence = cause_in_text("ValueError: " + "so long " * 500)
    assert len(sentence) == LONGEST_SENTENCE
    assert sentence.endswith("…")


def test_a_message_of_this_project_keeps_its_advice() -> None:
    record = "49590338271490256608559692538361571095921575989136588898"
    words = (
        f'The planned range of shard shardId-000000000000 of stream "{"s" * 128}" was expected to '
        f"end before record {record}, but record {record} came without it. What has expired "
        "cannot be read again: raise the stream's retention period, and begin with a new "
        "job.generation."
    )
    assert len(words) > LONGEST_SENTENCE
    assert cause_in_text(f"streamingml.kinesis.stream.DataLossException: {words}") == words


def test_an_error_without_words_has_its_class() -> None:
    assert last_cause(KeyError()) == "KeyError"


def test_follows_the_causes_in_python() -> None:
    outer = RuntimeError("the outer one says little")
    outer.__cause__ = OSError("the disk of the driver is full")
    assert last_cause(outer) == "the disk of the driver is full"


def in_a_task(events: DataFrame, batch: int) -> None:
    broken = F.raise_error(F.concat(F.lit("The row cannot be written: "), "value"))
    events.select(broken.cast("string").alias("x")).collect()


def in_the_driver(events: DataFrame, batch: int) -> None:
    try:
        raise OSError(f"The lake of micro-batch {batch} is closed. Open it.")
    except OSError as error:
        raise RuntimeError("It could not be written.") from error


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (in_a_task, "The row cannot be written: a"),
        (in_the_driver, "The lake of micro-batch 0 is closed."),
    ],
)
def test_a_query_that_fails_says_why(
    spark: SparkSession, tmp_path: Path, write: Callable[[DataFrame, int], None], reason: str
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    source.joinpath("1.txt").write_text("a\n")

    class Supervised:
        """Spark's query, as the job's supervision wants it."""

        def __init__(self, query: StreamingQuery) -> None:
            self.wait = lambda seconds: bool(query.awaitTermination(60))

        def stop_at_boundary(self) -> None:
            raise AssertionError("the query must not be stopped")

    def start() -> Supervised:
        writer = spark.readStream.text(str(source)).writeStream.foreachBatch(write)
        checkpoint = str(tmp_path / "checkpoint")
        return Supervised(writer.option("checkpointLocation", checkpoint).start())

    outcome = supervise(start, RestartBudget(0), lambda: False, lambda: False)
    assert outcome == (Ending.FAILED, reason)
