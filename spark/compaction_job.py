"""Entry point of the compaction job for spark-submit.

Usage: spark-submit --py-files streaming_ml.zip compaction_job.py
    --contract s3a://ARTIFACTS/contract.json --events-uri s3a://LAKE/events
    --history-uri s3a://LAKE/history --region REGION --keep-days 3
"""

from __future__ import annotations

import json
import logging
import sys

from streaming_ml.batch_session import build_batch_session
from streaming_ml.compaction import CompactionError
from streaming_ml.compaction_job import parse_compaction_arguments, run_compaction
from streaming_ml.contract import ContractError
from streaming_ml.storage import open_storage

log = logging.getLogger("compaction_job")


def main(arguments: list[str]) -> int:
    """Compacts once; returns the exit code."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    parsed = parse_compaction_arguments(arguments)
    spark = build_batch_session()
    try:
        counts = run_compaction(spark, open_storage(parsed.region), parsed)
    except (ContractError, CompactionError) as error:
        log.error("%s", error)
        return 1
    finally:
        spark.stop()
    log.info("Compaction: %s", json.dumps(counts))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
