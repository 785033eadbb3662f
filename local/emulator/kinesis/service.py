"""The Kinesis API over HTTP, in JSON and in CBOR.

Requests about anything else of a stream (tags, consumers, encryption, monitoring) are passed on to
moto, which knows JSON only.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from moto.iam.models import get_account_id_from

from local.emulator.kinesis import administration, describing, reading, writing
from local.emulator.kinesis.failures import KinesisError
from local.emulator.kinesis.iterators import ShardIterator
from local.emulator.kinesis.request import Kinesis, Request
from local.emulator.kinesis.wire import CBOR, JSON, MalformedRequest, decode, encode
from local.emulator.wsgi import Application, Environment, StartResponse, read_body, send
from local.permissions.authorizer import Authorizer
from local.permissions.calls.kinesis import kinesis_calls
from local.permissions.calls.unknown import UnknownCall
from local.permissions.credentials import signing_role

_TARGET = "Kinesis_20131202."

log = logging.getLogger(__name__)
_DEFAULT_REGION = "us-east-1"
_ACTIONS: dict[str, Callable[[Request], dict[str, Any]]] = {
    "CreateStream": administration.create_stream,
    "DecreaseStreamRetentionPeriod": administration.decrease_stream_retention_period,
    "DeleteStream": administration.delete_stream,
    "DescribeStream": describing.describe_stream,
    "DescribeStreamSummary": describing.describe_stream_summary,
    "GetRecords": reading.get_records,
    "GetShardIterator": reading.get_shard_iterator,
    "IncreaseStreamRetentionPeriod": administration.increase_stream_retention_period,
    "ListShards": describing.list_shards,
    "ListStreams": describing.list_streams,
    "MergeShards": administration.merge_shards,
    "PutRecord": writing.put_record,
    "PutRecords": writing.put_records,
    "SplitShard": administration.split_shard,
    "UpdateMaxRecordSize": administration.update_max_record_size,
    "UpdateShardCount": administration.update_shard_count,
}


class KinesisService:
    """Answers calls of the Kinesis API and passes all other requests on.

    Args:
        kinesis: Clock and options of the streams.
        others: moto.
        authorizer: Decides whether a role may make a call; None allows every call.
    """

    def __init__(
        self, kinesis: Kinesis, others: Application, authorizer: Authorizer | None = None
    ) -> None:
        self._kinesis = kinesis
        self._others = others
        self._authorizer = authorizer

    def __call__(self, environment: Environment, start: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        target = environment.get("HTTP_X_AMZ_TARGET", "")
        if not target.startswith(_TARGET):
            return self._others(environment, start)
        action = target.removeprefix(_TARGET)
        content_type = CBOR if environment.get("CONTENT_TYPE", "").startswith(CBOR) else JSON
        body = read_body(environment)
        status, headers = "200 OK", [("x-amzn-RequestId", str(uuid.uuid4()))]
        try:
            members = decode(content_type, body)
            self._authorize(environment, action, members)
            if action not in _ACTIONS:
                if content_type == CBOR:
                    raise KinesisError(
                        "UnknownOperationException", f"{action} is answered here in JSON only."
                    )
                return self._others(environment, start)
            answer = encode(content_type, self._answer(environment, action, members))
        except (KinesisError, MalformedRequest) as error:
            code = error.code if isinstance(error, KinesisError) else "SerializationException"
            answer = encode(content_type, {"__type": code, "message": str(error)})
            status = "400 Bad Request"
            headers.append(("x-amzn-ErrorType", code))
        return send(start, status, content_type, answer, headers)

    def _answer(
        self, environment: Environment, action: str, members: dict[str, Any]
    ) -> dict[str, Any]:
        account, region = _signer(environment)
        with self._kinesis.lock:
            return _ACTIONS[action](Request(self._kinesis, account, region, members))

    def _authorize(self, environment: Environment, action: str, members: dict[str, Any]) -> None:
        role = signing_role(environment.get("HTTP_AUTHORIZATION", ""))
        if self._authorizer is None or role is None:
            return
        place = self._authorizer.place
        arn = place.arn("kinesis", f"stream/{_stream_name(members)}")
        try:
            calls = kinesis_calls(action, arn, place, self._authorizer.encryption)
            refusal = self._authorizer.refusal(role, calls)
        except UnknownCall as error:
            refusal = str(error)
        if refusal is not None:
            log.warning("%s", refusal)
            raise KinesisError("AccessDeniedException", refusal)


def _stream_name(members: dict[str, Any]) -> str:
    """Name of the stream that a call is about, whether it has its name, its ARN or an iterator."""
    if "ShardIterator" in members:
        return ShardIterator.decode(members["ShardIterator"]).stream
    return str(members.get("StreamName") or members.get("StreamARN", "")).rpartition("/")[2]


def _signer(environment: Environment) -> tuple[str, str]:
    """Account and region of a signature, `Credential=KEY/DATE/REGION/kinesis/aws4_request`."""
    credential = environment.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2]
    key, *scope = credential.split(",")[0].split("/")
    return get_account_id_from(key), scope[1] if len(scope) > 1 else _DEFAULT_REGION
