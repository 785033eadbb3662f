"""What another team would write: plain boto3 that knows the endpoint URLs and nothing else."""

from __future__ import annotations

import argparse
import json

import boto3


def main() -> None:
    """Puts two records, invokes the endpoint by name and prints what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", required=True)
    parser.add_argument("--endpoint", required=True)
    arguments = parser.parse_args()

    event = {
        "event_id": "stock-1",
        "user_id": "stock",
        "text": "hello",
        "created_at": "2026-01-01T00:00:00Z",
    }
    records = [
        {"Data": json.dumps({**event, "event_id": f"stock-{n}"}).encode(), "PartitionKey": "stock"}
        for n in range(2)
    ]
    put = boto3.client("kinesis").put_records(StreamName=arguments.stream, Records=records)
    answer = boto3.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=arguments.endpoint,
        ContentType="application/json",
        Body=json.dumps({"instances": [{"text": "what a day"}]}),
    )
    predictions = json.loads(answer["Body"].read())["predictions"]
    print(
        json.dumps(
            {
                "putRecords": len(put["Records"]),
                "failed": put["FailedRecordCount"],
                "predictions": len(predictions),
            }
        )
    )


if __name__ == "__main__":
    main()
