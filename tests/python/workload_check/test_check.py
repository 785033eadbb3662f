"""Every kind of broken workload, of which all is said at once."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from model_training.dry_run import dry_run
from model_training.find_workload import describe_workload
from model_training.tried_rows import TriedRows
from model_training.workload import Array, Arrays

import workloads
from local.workload_check.check import CheckedCode, check_code
from tests.python.workload_check.documented import is_documented

LAMPS = Path(__file__).parent / "lamps"


class Broken:
    """Copies of a workload with other text in their files, each under a name of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "workloads"
        self.name = ""
        self.data = folder / "data"
        self.data.mkdir()
        self.data.joinpath("efficiency.txt").write_text("80")

    def check(self, changes: Mapping[str, str], file: str = "model.py") -> CheckedCode:
        """Checks a copy in which each text of a file, which must be there, is another one."""
        number = len(list(self._folder.iterdir()))
        self.name = f"{self._folder.parent.name}_{number}"
        copy = self._folder / self.name
        shutil.copytree(LAMPS, copy, ignore=shutil.ignore_patterns("__pycache__"))
        text = copy.joinpath(file).read_text()
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        copy.joinpath(file).write_text(text)
        importlib.invalidate_caches()
        checked = check_code(self.name, self.data)
        for problem in (*checked.model, *checked.training_set):
            assert is_documented(problem), problem
        return checked

    def model(self, changes: Mapping[str, str]) -> list[str]:
        """Returns the model's problems, with the name `lamps`."""
        return [problem.replace(self.name, "lamps") for problem in self.check(changes).model]


@pytest.fixture
def broken(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Broken]:
    folder = tmp_path_factory.mktemp("lamps", numbered=True)
    added = folder / "workloads"
    added.mkdir()
    monkeypatch.setattr(workloads, "__path__", [*workloads.__path__, str(added)])
    known = set(sys.modules)
    yield Broken(folder)
    for module in set(sys.modules) - known:
        if module.startswith("workloads.lamps"):
            del sys.modules[module]


def test_a_whole_workload_has_no_problem(broken: Broken) -> None:
    assert broken.check({}) == CheckedCode(tried=True)


def test_a_model_that_python_cannot_import(broken: Broken) -> None:
    assert broken.model({"import keras\n": "import cheras\n"}) == [
        "cannot be imported: ModuleNotFoundError: No module named 'cheras' "
        "(workloads/lamps/model.py line 8)"
    ]
    assert broken.model({"class Lamps:": "class Lamps"}) == [
        "cannot be imported: SyntaxError: expected ':' (workloads/lamps/model.py line 23)"
    ]
    assert broken.model({"WORKLOAD = Lamps()": "MODEL = Lamps()"}) == [
        "has no object WORKLOAD: expected `WORKLOAD = ` at the start of a line"
    ]
    assert broken.model({"WORKLOAD = Lamps()": "WORKLOAD = Lamps"}) == [
        "WORKLOAD is a class and must be an object of it: write `WORKLOAD = Lamps()`"
    ]


def test_members_that_are_missing_or_take_something_else(broken: Broken) -> None:
    assert broken.model(
        {
            "    options = LampOptions\n": "",
            "def score(self": "def scores(self",
            "loss(self, targets: tf.Tensor, outputs: Columns, options: LampOptions)": (
                "loss(self, targets, outputs)"
            ),
            "def measure(self, rows: Arrays, answers: Arrays)": "def measure(self, rows, *, most)",
        }
    ) == [
        "WORKLOAD has no `options`, the class of its hyperparameters: write "
        "`options = TrainingOptions`, or a class that extends it",
        "WORKLOAD must have the method `loss(targets, outputs, options)`, has "
        "`loss(targets, outputs)`",
        "WORKLOAD has no method `score(targets, outputs)`: add it",
        "WORKLOAD must have the method `measure(rows, answers)`, has `measure(rows, most)`",
    ]


def test_a_member_that_is_missing_hides_no_other_problem(broken: Broken) -> None:
    assert broken.model(
        {
            "def score(self": "def scores(self",
            "** 2": "** 2.5 + outputs['candela']",
            '{"closeness": -error, "share': '{"nearness": -error, "share',
        }
    ) == [
        "WORKLOAD has no method `score(targets, outputs)`: add it",
        "`loss` fails: KeyError: 'candela' (workloads/lamps/model.py line 52)",
        "`measure` of workloads/lamps/model.py reports no closeness, which workload.json or the "
        "gate requires. It reports nearness, share_of_bright. Report the metric under that name, "
        "or name another one in workloads/lamps/workload.json.",
    ]


def test_an_output_that_the_schema_lacks(broken: Broken) -> None:
    assert broken.model({'"bright": lumen > 500.0': '"bright": lumen, "more": lumen'}) == [
        "The outputs of the workload's serving function do not match prediction.schema.json: "
        "more is not a field of a prediction; "
        "bright must be bool [1] for 1 row(s), received float32 [1]; "
        "bright must be bool [2] for 2 row(s), received float32 [2]."
    ]


def test_steps_that_raise_or_return_something_else(broken: Broken) -> None:
    assert broken.model({'rows["watts"]}': 'rows["volts"]}'}) == [
        "`extract` fails: KeyError: 'volts' (workloads/lamps/model.py line 30)"
    ]
    assert broken.model({"return max(": "raise ValueError('no lamp')\n        return max("}) == [
        "`prepare` fails: ValueError: no lamp (workloads/lamps/model.py line 34)"
    ]
    assert broken.model(
        {
            "return lumen, tf.ones_like(lumen)": "return lumen, tf.ones([2])",
            "        return float(-np": "        return str(-np",
            "[:, 0]})": "})",
        }
    ) == [
        "The weights that `targets` returns must be float32 [10] for 10 row(s), received "
        "float32 [2].",
        "The outputs of the workload's serving function do not match prediction.schema.json: "
        "lumen must be float64 [1] for 1 row(s), received float32 [1, 1]; "
        "bright must be bool [1] for 1 row(s), received bool [1, 1]; "
        "lumen must be float64 [2] for 2 row(s), received float32 [2, 1]; "
        "bright must be bool [2] for 2 row(s), received bool [2, 1].",
    ]
    assert broken.model({"        return float(-np": "        return str(-np", "** 2": ""}) == [
        "`score` must return a number, returns str."
    ]
    assert broken.model({") ** 2": ")[:, tf.newaxis]"}) == [
        "What `loss` returns must be float32 [10] for 10 row(s), received float32 [10, 1]."
    ]
    assert broken.model({'{"lumen": keras.layers.Dense(1)(watts)[:, 0]}': "watts"}) == [
        "The model that `network` returns must return a dictionary of outputs, returns "
        "EagerTensor.",
        "`serving` fails: TypeError: Only integers, slices (`:`), ellipsis (`...`), tf.newaxis "
        "(`None`) and scalar tf.int32/tf.int64 tensors are valid indices, got 'lumen'",
    ]


def test_options_that_the_command_line_cannot_give(broken: Broken) -> None:
    more = """bright_from: float = option(-1.0, minimum=0)
    kind: list[str] = option("plain")
    steps: int = 3
    share: float = option("half", minimum=0, maximum=1)
    seed: float = option(1.5)
    learning_rate: float = option(1, minimum=1e-9)"""
    assert broken.model({"bright_from: float = option(500.0, minimum=0)": more}) == [
        "LampOptions.seed must be of the type int as in TrainingOptions, is float",
        "LampOptions.bright_from must have a default that is a number of at least 0, has -1.0",
        "LampOptions.kind must be of one of the types int, float, bool, str, is list[str]",
        "LampOptions.steps must be made with `option`: write `option(default, minimum=, maximum=)`",
        "LampOptions.share must have a default of the type float, has 'half'",
    ]
    fewer = "epochs: int = option(1, minimum=1, maximum=1)"
    assert broken.model({"bright_from: float = option(500.0, minimum=0)": fewer}) == [
        "LampOptions does not allow the epochs of workload.json. The hyperparameters cannot be "
        "used: --epochs must be a whole number from 1 to 1, received '2'."
    ]


def test_options_that_are_not_options(broken: Broken) -> None:
    assert broken.model({"LampOptions(TrainingOptions)": "LampOptions"}) == [
        "LampOptions has no epochs, batch_size, learning_rate, seed: let it extend TrainingOptions"
    ]
    assert broken.model({"@dataclass(frozen=True)": ""}) == [
        "LampOptions must be a dataclass: write @dataclass(frozen=True) above it"
    ]
    assert broken.model({"options = LampOptions": "options = LampOptions()"}) == [
        "`options` must be a class that extends TrainingOptions, is LampOptions(epochs=4, "
        "batch_size=256, learning_rate=0.002, seed=20, bright_from=500.0)"
    ]


def test_a_training_set_that_cannot_be_written_or_lacks_a_column(broken: Broken) -> None:
    file = "demo/training_set.py"
    wrong = broken.check({'data.joinpath("efficiency.txt").read_text()': '"many"'}, file)
    assert wrong == CheckedCode(
        training_set=[
            "fails: ValueError: could not convert string to float: 'many' "
            f"(workloads/{broken.name}/demo/training_set.py line 14)"
        ]
    )
    lacking = broken.check({'"watts": "number", ': "", '"watts": float(watts), ': ""}, file)
    assert lacking == CheckedCode(
        training_set=[
            "The training set does not have the fields of prediction.schema.json: watts (number) "
            "is missing. Let training_set.py select these columns and build the training set again."
        ]
    )


def test_a_problem_of_a_few_rows_only_is_not_reported(broken: Broken) -> None:
    broken.check({})
    model = importlib.import_module(f"workloads.{broken.name}.model").WORKLOAD
    rows = {"watts": np.arange(1.0, 1026.0), "lumen": np.zeros(1025)}
    tried: list[int] = []

    def score(targets: Array, outputs: Arrays) -> float:
        tried.append(len(targets))
        if len(targets) < 1025:
            raise ValueError("too few")
        return 0.0

    model.score = score
    described = describe_workload(broken.name, model)
    assert dry_run(described, model.options(), TriedRows(rows, rows, rows)) == []
    assert tried == [512, 1025]


def test_without_a_training_set_the_model_is_not_tried(broken: Broken) -> None:
    broken.check({})
    assert check_code(broken.name, None) == CheckedCode()
