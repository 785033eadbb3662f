"""Tags of resources, by ARN."""

from __future__ import annotations

from local.services.protocol.handler import Handlers, JsonObject


class Tags:
    """The tag operations of the SageMaker API."""

    def __init__(self) -> None:
        """Starts without tags."""
        self._tags: dict[str, dict[str, str]] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "ListTags": self.list_tags,
            "AddTags": self.add_tags,
            "DeleteTags": self.delete_tags,
        }

    def put(self, arn: str, tags: list[JsonObject] | None) -> None:
        """Adds tags to a resource; the ones it has under other keys stay."""
        self._tags.setdefault(arn, {}).update({tag["Key"]: tag["Value"] for tag in tags or []})

    def remove_resource(self, arn: str) -> None:
        """Forgets a resource."""
        self._tags.pop(arn, None)

    async def list_tags(self, request: JsonObject) -> JsonObject:
        """Lists a resource's tags."""
        return {"Tags": self._list(request["ResourceArn"])}

    async def add_tags(self, request: JsonObject) -> JsonObject:
        """Adds tags and answers with all of them."""
        self.put(request["ResourceArn"], request["Tags"])
        return {"Tags": self._list(request["ResourceArn"])}

    async def delete_tags(self, request: JsonObject) -> JsonObject:
        """Removes tags; keys that are not there do not matter."""
        tags = self._tags.get(request["ResourceArn"], {})
        for key in request["TagKeys"]:
            tags.pop(key, None)
        return {}

    def _list(self, arn: str) -> list[JsonObject]:
        return [{"Key": key, "Value": value} for key, value in self._tags.get(arn, {}).items()]
