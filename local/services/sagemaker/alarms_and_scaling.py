"""Reads alarms and scalable targets, on which deployments of endpoints depend."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.services.settings import Settings

_CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1})

log = logging.getLogger(__name__)


class AlarmsAndScaling:
    """CloudWatch and Application Auto Scaling. Without an answer, no alarm and no target exists."""

    def __init__(self, settings: Settings) -> None:
        """Takes their address from the standard endpoint variable."""
        self._settings = settings

    async def alarms_in_alarm(self, names: list[str]) -> list[str]:
        """Returns which of the alarms are in the state ALARM."""
        if not names:
            return []
        answer = await self._call("cloudwatch", "describe_alarms", AlarmNames=names)
        return [
            alarm["AlarmName"]
            for alarm in answer.get("MetricAlarms", [])
            if alarm["StateValue"] == "ALARM"
        ]

    async def is_autoscaled(self, endpoint: str, variant: str) -> bool:
        """Returns whether a variant is registered as a scalable target."""
        answer = await self._call(
            "application-autoscaling",
            "describe_scalable_targets",
            ServiceNamespace="sagemaker",
            ResourceIds=[f"endpoint/{endpoint}/variant/{variant}"],
        )
        return bool(answer.get("ScalableTargets"))

    async def _call(self, service: str, operation: str, **request: Any) -> dict[str, Any]:
        environment = self._settings.environment
        endpoint = environment.get("AWS_ENDPOINT_URL")
        if not endpoint:
            return {}

        def call() -> dict[str, Any]:
            client = boto3.client(
                service,
                region_name=self._settings.region,
                endpoint_url=endpoint,
                aws_access_key_id=environment.get("AWS_ACCESS_KEY_ID", "local"),
                aws_secret_access_key=environment.get("AWS_SECRET_ACCESS_KEY", "local"),
                config=_CONFIG,
            )
            answer: dict[str, Any] = getattr(client, operation)(**request)
            return answer

        try:
            return await asyncio.to_thread(call)
        except (BotoCoreError, ClientError) as error:
            log.warning("%s %s was not answered: %s.", service, operation, error)
            return {}
