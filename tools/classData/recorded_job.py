"""Does a little of what our Spark jobs do, so that the classes they load are archived."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# Of the connectors: a job begins with them, and nothing here has an S3 to ask.
_CONNECTORS = (
    "org.apache.hadoop.fs.s3a.S3AFileSystem",
    "com.amazonaws.services.s3.AmazonS3Client",
)


def main() -> None:
    """Runs a batch query and a streaming query, with files of both."""
    spark = SparkSession.builder.appName("class data").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        batch = spark.range(100).withColumn("bucket", F.col("id") % 7)
        batch.groupBy("bucket").count().write.partitionBy("bucket").parquet(f"{folder}/batch")
        batch.withColumn("value", F.to_json(F.struct("id"))).select("value").write.text(
            f"{folder}/lines"
        )
        lines = spark.readStream.text(f"{folder}/lines")
        events = lines.withColumn("event", F.from_json("value", "id long"))
        unique = events.select("event.id", F.current_timestamp().alias("at")).withWatermark(
            "at", "1 minute"
        )
        query = (
            unique.dropDuplicates(["id"])
            .writeStream.format("parquet")
            .option("path", f"{folder}/stream")
            .option("checkpointLocation", f"{folder}/checkpoint")
            .trigger(availableNow=True)
            .start()
        )
        query.awaitTermination()
        if spark.read.parquet(f"{folder}/stream").count() != 100:
            raise RuntimeError("The streaming query lost rows.")
        machine = spark.sparkContext._jvm
        if machine is None:
            raise RuntimeError("There is no virtual machine.")
        for name in _CONNECTORS:
            machine.java.lang.Class.forName(name)
    spark.stop()


if __name__ == "__main__":
    main()
