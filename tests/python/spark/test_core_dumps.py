"""Processes with keys write no core dumps."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from streaming_ml.core_dumps import executor_options, forbid_core_dumps

# A child process, because a hard limit cannot be raised again.
_ITSELF = """
import resource
from streaming_ml.core_dumps import forbid_core_dumps
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
forbid_core_dumps([0])
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_a_process_forbids_itself_to_write_a_dump() -> None:
    spark = Path(__file__).parents[3] / "spark"
    printed = subprocess.run(
        [sys.executable, "-c", _ITSELF], cwd=spark, capture_output=True, text=True, check=True
    ).stdout
    assert printed == "(0, 0)\n"


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="asks Linux")
def test_another_process_is_forbidden_it_and_an_absent_one_named(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        forbid_core_dumps([child.pid])
        assert resource.prlimit(child.pid, resource.RLIMIT_CORE) == (0, 0)
        child.communicate(b"\n")
    assert caplog.messages == []
    forbid_core_dumps([child.pid])
    assert [line.split(":")[0] for line in caplog.messages] == [
        f"Process {child.pid} may write core dumps"
    ]


def test_executors_keep_the_options_they_were_given() -> None:
    assert executor_options("") == "-XX:-CreateCoredumpOnCrash"
    assert executor_options("-Da=b") == "-Da=b -XX:-CreateCoredumpOnCrash"
