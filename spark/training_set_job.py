"""Entry point of the training-set job for spark-submit.

Usage: spark-submit --py-files streaming_ml.zip,WORKLOAD/training_set.py training_set_job.py
    --contract s3a://ARTIFACTS/contract.json --events-uri s3a://LAKE/events
    --history-uri s3a://LAKE/history --region REGION --output-uri s3a://LAKE/training-sets/ID
    --training-set-id ID
"""

from __future__ import annotations

import json
import logging
import sys

from streaming_ml.batch_session import build_batch_session
from streaming_ml.contract import ContractError
from streaming_ml.storage import open_storage
from streaming_ml.training_set import TrainingSetError
from streaming_ml.training_set_job import (
    build_training_set,
    load_build,
    parse_training_set_arguments,
)

log = logging.getLogger("training_set_job")


def main(arguments: list[str]) -> int:
    """Builds the training set; returns the exit code."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    parsed = parse_training_set_arguments(arguments)
    spark = build_batch_session()
    try:
        manifest = build_training_set(spark, open_storage(parsed.region), parsed, load_build())
    except (ContractError, TrainingSetError) as error:
        log.error("%s", error)
        return 1
    finally:
        spark.stop()
    log.info("Training set: %s", json.dumps(manifest["splits"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
