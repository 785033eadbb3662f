"""Which version is served, and what cannot be served at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import tensorflow as tf

from local.model_server.saved_model import load_model
from local.model_server.version import ModelLoadError, find_version


def version(directory: Path, name: str) -> None:
    (directory / name).mkdir()
    (directory / name / "saved_model.pb").write_bytes(b"not a model")


def test_the_highest_version_is_found_not_the_last_name(tmp_path: Path) -> None:
    for name in ("9", "10", "latest"):
        version(tmp_path, name)
    (tmp_path / "11").mkdir()
    assert find_version(tmp_path) == 10


def test_a_folder_without_a_version_is_refused(tmp_path: Path) -> None:
    version(tmp_path, "latest")
    with pytest.raises(ModelLoadError) as caught:
        find_version(tmp_path)
    assert str(caught.value) == (
        f"No servable version in {tmp_path}: expected <number>/saved_model.pb, found ['latest']."
    )


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match="does not exist"):
        find_version(tmp_path / "nowhere")


def test_a_file_that_is_not_a_model_is_refused(tmp_path: Path) -> None:
    version(tmp_path, "1")
    with pytest.raises(ModelLoadError, match="^Version 1 in .* cannot be loaded: "):
        load_model(tmp_path, 1)


def test_a_model_without_the_default_signature_is_refused(tmp_path: Path) -> None:
    class Other(tf.Module):  # type: ignore[misc]
        @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])  # type: ignore[untyped-decorator]
        def echo(self, text: tf.Tensor) -> tf.Tensor:
            return tf.identity(text)

    other = Other()
    tf.saved_model.save(other, str(tmp_path / "1"), signatures={"echo": other.echo})
    with pytest.raises(ModelLoadError, match=r"has no signature 'serving_default'; it has"):
        load_model(tmp_path, 1)
