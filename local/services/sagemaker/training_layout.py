"""Files below /opt/ml that SageMaker writes before a training container starts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from local.services.protocol.handler import JsonObject

HOST = "localhost"
"""The toolkit waits until every host can be resolved, which AWS's ``algo-1`` cannot here."""


def configuration_files(request: JsonObject) -> dict[str, Any]:
    """Returns the contents of ``input/config`` by file name."""
    instance_type = request.get("ResourceConfig", {}).get("InstanceType", "local")
    channels = request.get("InputDataConfig", [])
    return {
        "hyperparameters.json": request.get("HyperParameters", {}),
        "resourceconfig.json": {
            "current_host": HOST,
            "hosts": [HOST],
            "network_interface_name": "lo",
            "current_instance_type": instance_type,
            "current_group_name": "homogeneousCluster",
            "instance_groups": [
                {
                    "instance_group_name": "homogeneousCluster",
                    "instance_type": instance_type,
                    "hosts": [HOST],
                }
            ],
        },
        "inputdataconfig.json": {
            channel["ChannelName"]: {
                "TrainingInputMode": "File",
                "S3DistributionType": "FullyReplicated",
                "RecordWrapperType": channel.get("RecordWrapperType", "None"),
                **({"ContentType": channel["ContentType"]} if "ContentType" in channel else {}),
            }
            for channel in channels
        },
    }


def channel_uris(request: JsonObject) -> dict[str, str]:
    """Returns the S3 address of each channel."""
    return {
        channel["ChannelName"]: channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in request.get("InputDataConfig", [])
    }


def write_layout(base: Path, request: JsonObject) -> None:
    """Creates the folders and writes the configuration files."""
    for name in ("input/config", "input/data", "model", "output/data", "code"):
        base.joinpath(name).mkdir(parents=True, exist_ok=True)
    for file_name, content in configuration_files(request).items():
        base.joinpath("input/config", file_name).write_text(json.dumps(content))
