from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from model_training.examples import read_examples
from model_training.problems import InputError

from tests.python.training.conftest import write_split

POST = {"event_id": "a", "text": "h\u00e9llo \U0001f600", "label": "positive"}


def test_reads_every_file_in_order_of_name_and_line(tmp_path: Path) -> None:
    write_split(tmp_path, [{**POST, "text": "three", "label": "neutral"}], "part-1.json.gz")
    write_split(tmp_path, [POST, {**POST, "text": "two", "label": "negative"}], "part-0.json.gz")
    tmp_path.joinpath("manifest.json").write_text("{}")

    examples = read_examples(tmp_path, "train")

    assert examples.texts == ("h\u00e9llo \U0001f600", "two", "three")
    assert examples.labels == (2, 0, 1)
    assert len(examples) == 3


@pytest.mark.parametrize("text", ["\0", "\x1c", "\x1f\x1e", "a\u2028b\x85c\x0bd", "\ufffe"])
def test_reads_every_text_that_an_event_may_have(tmp_path: Path, text: str) -> None:
    write_split(tmp_path, [{**POST, "text": text}])
    assert read_examples(tmp_path, "train").texts == (text,)


def test_refuses_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path / "none", "validation")
    assert str(caught.value) == f"Split validation: the folder {tmp_path}/none does not exist."


@pytest.mark.parametrize("files", [0, 1])
def test_refuses_a_split_without_examples(tmp_path: Path, files: int) -> None:
    for number in range(files):
        write_split(tmp_path, [], f"part-{number}.json.gz")
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train")
    assert str(caught.value) == (
        f"Split train: {files} file(s) *.json.gz in {tmp_path} hold no example. "
        "Check that the training set job found labelled posts."
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            {**POST, "label": "angry"},
            "label must be one of negative, neutral, positive, received 'angry'",
        ),
        (
            {"event_id": "a", "text": "x"},
            "label must be one of negative, neutral, positive, received None",
        ),
        ({**POST, "text": ""}, "text must be a string that is not empty, received ''"),
        ({**POST, "text": 5}, "text must be a string that is not empty, received 5"),
        ([], "expected an object, received list"),
        ("{", "not JSON (Expecting property name enclosed in double quotes: "),
        ({**POST, "label": ["positive"]}, "received ['positive']"),
    ],
)
def test_names_what_is_wrong_with_a_line(tmp_path: Path, line: object, problem: str) -> None:
    write_split(tmp_path, [POST, line])
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train")
    assert f"1 line(s) of {tmp_path} are no examples. part-0.json.gz line 2: " in str(caught.value)
    assert problem in str(caught.value)


def test_counts_all_wrong_lines_and_shows_the_first_five(tmp_path: Path) -> None:
    write_split(tmp_path, [{**POST, "label": str(number)} for number in range(7)])
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path, "train")
    message = str(caught.value)
    assert message.startswith(f"Split train: 7 line(s) of {tmp_path} are no examples.")
    assert "line 5" in message
    assert "line 6" not in message


def test_refuses_what_is_no_gzip(tmp_path: Path) -> None:
    tmp_path.joinpath("part-0.json.gz").write_bytes(b"{}")
    with pytest.raises(InputError, match="part-0.json.gz is no gzip text in UTF-8"):
        read_examples(tmp_path, "train")


def test_refuses_a_file_that_was_cut_off(tmp_path: Path) -> None:
    whole = gzip.compress(b'{"text":"x","label":"neutral"}\n' * 100)
    tmp_path.joinpath("part-0.json.gz").write_bytes(whole[:-12])
    with pytest.raises(InputError, match="part-0.json.gz is no gzip text in UTF-8"):
        read_examples(tmp_path, "train")
