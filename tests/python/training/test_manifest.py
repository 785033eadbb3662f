from __future__ import annotations

import json
from pathlib import Path

import pytest
from model_training.columns import Column
from model_training.manifest import read_manifest
from model_training.problems import InputError

from tests.python.training.training_sets import write_manifest

COLUMNS = (Column("leaves", "integer"), Column("growth", "number", array=True))


def test_reads_what_the_training_set_job_writes(tmp_path: Path) -> None:
    write_manifest(tmp_path, "greenhouse", COLUMNS, {"train": 8, "validation": 1, "test": 1})
    manifest = read_manifest(tmp_path, "greenhouse")
    assert manifest.workload == "greenhouse"
    assert manifest.columns == COLUMNS
    assert manifest.rows == {"train": 8, "validation": 1, "test": 1}


def test_refuses_the_training_set_of_another_workload(tmp_path: Path) -> None:
    write_manifest(tmp_path, "aquarium", COLUMNS, {"train": 8})
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path, "greenhouse")
    assert str(caught.value) == (
        f"The training set of {tmp_path}/manifest.json was built for the workload 'aquarium', "
        "not for 'greenhouse'. Build a training set for 'greenhouse'."
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "JSONDecodeError: "),
        ("[]", "TypeError: "),
        ('{"workload": "greenhouse"}', "KeyError: 'columns'"),
        ('{"workload": "greenhouse", "columns": [], "splits": []}', "AttributeError: "),
    ],
)
def test_refuses_a_file_that_is_not_a_manifest(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path, "greenhouse")
    assert str(caught.value).startswith(f"{path} is not the manifest of a training set ({reason}")
    assert str(caught.value).endswith("Build the training set again.")


def test_refuses_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not the manifest of a training set \\(FileNot"):
        read_manifest(tmp_path, "greenhouse")


def test_names_columns_of_unknown_types(tmp_path: Path) -> None:
    columns = [
        {"name": "seen", "type": "date", "array": False},
        {"name": "where", "type": "object", "array": True},
    ]
    written = {"workload": "greenhouse", "columns": columns, "splits": {}}
    tmp_path.joinpath("manifest.json").write_text(json.dumps(written))
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path, "greenhouse")
    assert str(caught.value) == (
        f"{tmp_path}/manifest.json has columns of unknown types: seen (date), where (object). "
        "Expected string, integer, number, boolean."
    )
