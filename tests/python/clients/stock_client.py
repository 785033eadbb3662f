"""What another team would write: plain boto3 that knows the endpoint URLs and nothing else."""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import boto3


def main() -> None:
    """Puts records, invokes the endpoint by name and prints what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", required=True)
    parser.add_argument("--records", required=True, type=Path, help="as local.events writes them")
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--instance", required=True, type=json.loads)
    arguments = parser.parse_args()

    sent = map(json.loads, arguments.records.read_text().splitlines())
    records = [
        {"Data": base64.b64decode(one["data"]), "PartitionKey": one["partitionKey"]} for one in sent
    ]
    put = boto3.client("kinesis").put_records(StreamName=arguments.stream, Records=records)
    answer = boto3.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=arguments.endpoint,
        ContentType="application/json",
        Body=json.dumps({"instances": [arguments.instance]}),
    )
    predictions = json.loads(answer["Body"].read())["predictions"]
    print(
        json.dumps(
            {
                "putRecords": len(put["Records"]),
                "failed": put["FailedRecordCount"],
                "predictions": predictions,
            }
        )
    )


if __name__ == "__main__":
    main()
