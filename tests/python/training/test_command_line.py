from __future__ import annotations

from dataclasses import dataclass

import pytest
from model_training.command_line import parse_options
from model_training.options import TrainingOptions, option
from model_training.problems import InputError


@dataclass(frozen=True)
class Options(TrainingOptions):
    share: float = option(0.5, minimum=0, maximum=0.9)
    steps: int = option(3, maximum=9)
    free: float = option(1)
    with_noise: bool = option(False)
    kind: str = option("plain")


def problems(*argv: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_options(Options, argv)
    return str(caught.value)


def test_an_option_without_a_value_has_its_default() -> None:
    assert parse_options(Options, []) == (Options(), [])


def test_reads_options_of_every_type() -> None:
    argv = ["--epochs", "2", "--learning-rate=1e-3", "--with-noise", "true", "--kind", "7"]
    options, unknown = parse_options(Options, argv)
    assert options == Options(epochs=2, learning_rate=0.001, with_noise=True, kind="7")
    assert unknown == []


def test_an_option_has_the_type_that_it_is_declared_with() -> None:
    assert parse_options(Options, ["--free", "0.5"])[0] == Options(free=0.5)


def test_returns_unknown_arguments() -> None:
    # A prefix of an option is another argument.
    argv = ["--model_dir", "s3://x/y", "--epoch", "2", "--epochs", "3", "--with_noise", "true"]
    options, unknown = parse_options(Options, argv)
    assert options == Options(epochs=3)
    assert unknown == ["--model_dir", "s3://x/y", "--epoch", "2", "--with_noise", "true"]


def test_names_all_values_that_cannot_be_used() -> None:
    argv = ["--epochs", "0", "--share", "1", "--steps", "ten", "--with-noise", "yes"]
    assert problems(*argv) == (
        "The hyperparameters cannot be used: "
        "--epochs must be a whole number of at least 1, received '0'; "
        "--share must be a number from 0 to 0.9, received '1'; "
        "--steps must be a whole number of at most 9, received 'ten'; "
        "--with-noise must be true or false, received 'yes'."
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("--epochs", "1.5", "a whole number of at least 1"),
        ("--batch-size", "0", "a whole number of at least 1"),
        ("--learning-rate", "0", "a number of at least 1e-09"),
        ("--learning-rate", "nan", "a number of at least 1e-09"),
        ("--seed", "-1", "a whole number from 0 to 4294967295"),
        ("--seed", "4294967296", "a whole number from 0 to 4294967295"),
        ("--share", "-0.1", "a number from 0 to 0.9"),
        ("--steps", "10", "a whole number of at most 9"),
        ("--free", "inf", "a number"),
    ],
)
def test_refuses_values_outside_their_range(name: str, value: str, expected: str) -> None:
    assert problems(f"{name}={value}") == (
        f"The hyperparameters cannot be used: {name} must be {expected}, received {value!r}."
    )


def test_accepts_the_limits() -> None:
    argv = ["--epochs=1", "--seed=4294967295", "--share=0.9", "--steps=9", "--learning-rate=1e-9"]
    options, _ = parse_options(Options, argv)
    assert options == Options(epochs=1, seed=4294967295, share=0.9, steps=9, learning_rate=1e-9)


def test_says_that_a_value_is_missing() -> None:
    assert problems("--epochs") == (
        "The hyperparameters cannot be used: argument --epochs: expected one argument."
    )
