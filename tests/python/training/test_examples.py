from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from model_training.columns import Column, as_tensors
from model_training.examples import count_rows, in_pieces, read_examples
from model_training.manifest import Manifest
from model_training.problems import InputError

from tests.python.training.plants import COLUMNS, plant
from tests.python.training.training_sets import write_split

NAME = (Column("name", "string"),)


def manifest(rows: int, columns: Sequence[Column] = COLUMNS) -> Manifest:
    return Manifest("greenhouse", tuple(columns), {"train": rows})


def test_reads_every_file_in_order_of_name_and_line(tmp_path: Path) -> None:
    write_split(tmp_path, [{"example_id": "3", "name": "three"}], "part-1.json.gz")
    write_split(tmp_path, [{"name": "h\u00e9llo \U0001f600"}, {"name": "two"}], "part-0.json.gz")
    tmp_path.joinpath("manifest.json").write_text("{}")
    rows = read_examples(tmp_path, "train", manifest(3, NAME))
    assert rows.keys() == {"name"}
    assert rows["name"].tolist() == ["h\u00e9llo \U0001f600", "two", "three"]


def test_reads_every_type(tmp_path: Path) -> None:
    written = [plant(3), plant(0), plant(2)]
    rows = read_examples(write_split(tmp_path, written), "train", manifest(3))
    assert {name: values.dtype for name, values in rows.items()} == {
        "species": np.object_,
        "leaves": np.int64,
        "humidity": np.float64,
        "watered": np.bool_,
        "growth": np.float64,
        "pests": np.object_,
        "grams": np.float64,
        "picked": np.bool_,
    }
    for name in ("species", "leaves", "humidity", "watered", "grams", "picked"):
        assert rows[name].tolist() == [row[name] for row in written]
    # Arrays are as long as the longest of their column.
    assert rows["growth"].tolist() == [[1, 2, 3], [0, 0, 0], [3, 1, 0]]
    assert rows["pests"].tolist() == [["", ""], ["", ""], ["aphid", "mite"]]
    assert count_rows(rows) == 3


def test_whole_numbers_keep_their_digits(tmp_path: Path) -> None:
    columns = (Column("seen", "integer"), Column("share", "number"))
    written = [{"seen": 2**53 + 1, "share": 5}, {"seen": -(2**62), "share": 0.1}]
    rows = read_examples(write_split(tmp_path, written), "train", manifest(2, columns))
    assert rows["seen"].tolist() == [2**53 + 1, -(2**62)]
    assert rows["share"].tolist() == [5.0, 0.1]


@pytest.mark.parametrize("text", ["\0", "\x1c", "\x1f\x1e", "a\u2028b\x85c\x0bd", "\ufffe", ""])
def test_reads_every_text_that_an_event_may_have(tmp_path: Path, text: str) -> None:
    write_split(tmp_path, [{"name": text}])
    rows = read_examples(tmp_path, "train", manifest(1, NAME))
    assert rows["name"].tolist() == [text]
    assert as_tensors(rows)["name"].numpy().tolist() == [text.encode()]


def test_arrays_that_are_all_empty_have_their_type(tmp_path: Path) -> None:
    columns = (Column("pests", "string", array=True), Column("growth", "number", array=True))
    write_split(tmp_path, [{"pests": [], "growth": []}] * 2)
    tensors = as_tensors(read_examples(tmp_path, "train", manifest(2, columns)))
    assert {name: (t.dtype.name, t.shape.as_list()) for name, t in tensors.items()} == {
        "pests": ("string", [2, 0]),
        "growth": ("float64", [2, 0]),
    }


def test_pieces_are_bounded_and_in_order() -> None:
    rows = {"a": np.arange(2050), "b": np.ones((2050, 2))}
    pieces = list(in_pieces(rows))
    assert [piece["a"].tolist()[::1023] for piece in pieces] == [[0, 1023], [1024, 2047], [2048]]
    assert [piece["b"].shape for piece in pieces] == [(1024, 2), (1024, 2), (2, 2)]


def test_refuses_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path / "none", "validation", manifest(1))
    assert str(caught.value) == f"Split validation: the folder {tmp_path}/none does not exist."


@pytest.mark.parametrize("files", [0, 1])
def test_refuses_a_split_without_examples(tmp_path: Path, files: int) -> None:
    for number in range(files):
        write_split(tmp_path, [], f"part-{number}.json.gz")
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train", manifest(0))
    assert str(caught.value) == (
        f"Split train: {files} file(s) *.json.gz in {tmp_path} have no examples. "
        "Check that the training set has examples of this split."
    )


@pytest.mark.parametrize(("split", "expected"), [("train", 3), ("test", 0)])
def test_refuses_another_number_of_rows_than_the_manifest_says(
    tmp_path: Path, split: str, expected: int
) -> None:
    write_split(tmp_path, [plant(1), plant(2)])
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, split, manifest(3))
    assert str(caught.value) == (
        f"Split {split}: {tmp_path} has 2 example(s), and the manifest says {expected}. "
        "Files are missing or belong to another training set."
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"species": None}, "species must be of type string, received None"),
        ({"species": 5}, "species must be of type string, received 5"),
        ({"leaves": 5.5}, "leaves must be of type integer, received 5.5"),
        ({"leaves": True}, "leaves must be of type integer, received True"),
        ({"leaves": 1 << 63}, "leaves must be of type integer, received 9223372036854775808"),
        ({"humidity": "1"}, "humidity must be of type number, received '1'"),
        ({"humidity": float("nan")}, "humidity must be of type number, received nan"),
        ({"watered": 1}, "watered must be of type boolean, received 1"),
        ({"growth": 1.5}, "growth must be of type array of numbers, received 1.5"),
        ({"growth": [1.5, None]}, "growth must be of type array of numbers, received [1.5, None]"),
        ({"species": ["bean"]}, "species must be of type string, received ['bean']"),
        ({"colour": "red"}, "colour is not a column of the manifest"),
    ],
)
def test_names_the_problem_of_a_row(
    tmp_path: Path, change: dict[str, object], problem: str
) -> None:
    write_split(tmp_path, [plant(0), {**plant(1), **change}])
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train", manifest(2))
    assert str(caught.value) == (
        f"Split train: 1 line(s) of {tmp_path} are not examples. part-0.json.gz line 2: {problem}. "
        "Build the training set again."
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ([], "expected an object, received list"),
        ("{", "not JSON (Expecting property name enclosed in double quotes: "),
        ({"example_id": "a"}, "species must be of type string, received None"),
    ],
)
def test_names_the_problem_of_a_line(tmp_path: Path, line: object, problem: str) -> None:
    write_split(tmp_path, [line])
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train", manifest(1))
    assert f"1 line(s) of {tmp_path} are not examples. part-0.json.gz line 1: " in str(caught.value)
    assert problem in str(caught.value)


def test_counts_all_wrong_lines_and_shows_the_first_five(tmp_path: Path) -> None:
    write_split(tmp_path, [{**plant(number), "leaves": "many"} for number in range(7)])
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train", manifest(7))
    message = str(caught.value)
    assert message.startswith(f"Split train: 7 line(s) of {tmp_path} are not examples.")
    assert "line 5" in message
    assert "line 6" not in message


def test_refuses_a_file_that_is_not_gzip(tmp_path: Path) -> None:
    tmp_path.joinpath("part-0.json.gz").write_bytes(b"{}")
    with pytest.raises(InputError, match="part-0.json.gz is not gzip text in UTF-8"):
        read_examples(tmp_path, "train", manifest(1))


def test_refuses_a_file_that_was_cut_off(tmp_path: Path) -> None:
    whole = gzip.compress(b'{"name":"x"}\n' * 100)
    tmp_path.joinpath("part-0.json.gz").write_bytes(whole[:-12])
    with pytest.raises(InputError, match="part-0.json.gz is not gzip text in UTF-8"):
        read_examples(tmp_path, "train", manifest(100, NAME))
