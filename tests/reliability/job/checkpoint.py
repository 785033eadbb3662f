"""What the checkpoint of a scene's job knows of its micro-batches."""

from __future__ import annotations

from tests.python.streaming_run.resources import client
from tests.reliability.job.scene import Scene


def planned_batches(scene: Scene) -> int:
    """Returns how many micro-batches have their ends recorded, done or not."""
    return _files(scene, "offsets")


def committed_batches(scene: Scene) -> int:
    """Returns how many micro-batches are done."""
    return _files(scene, "commits")


def _files(scene: Scene, folder: str) -> int:
    # Old ones are removed; each is named by its number.
    prefix = f"checkpoints/{scene.settings.generation}/{folder}/"
    storage = client("s3", scene.environment)
    listed = storage.list_objects_v2(Bucket=scene.resources.artifacts, Prefix=prefix)
    names = [item["Key"].removeprefix(prefix) for item in listed.get("Contents", [])]
    return max((int(name) + 1 for name in names if name.isdigit()), default=0)
