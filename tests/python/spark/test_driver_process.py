"""A process is gone only when the kernel says so."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streaming_ml.driver_process import DriverProcess, identify, is_gone

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux's /proc")


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def identified(process: subprocess.Popen[bytes]) -> DriverProcess:
    found = identify(process.pid)
    assert found is not None
    return found


def test_a_live_process_has_not_ended(child: subprocess.Popen[bytes]) -> None:
    process = identified(child)
    assert process.processId == child.pid
    assert not is_gone(process)


def test_a_killed_process_has_ended_reaped_or_not(child: subprocess.Popen[bytes]) -> None:
    process = identified(child)
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_gone(process), "a zombie writes nothing any more"
    child.wait()
    assert is_gone(process)


def test_the_same_id_given_to_another_process_is_not_the_same(
    child: subprocess.Popen[bytes],
) -> None:
    process = identified(child)
    assert is_gone(dataclasses.replace(process, startTicks=process.startTicks - 1))


def test_nothing_is_known_of_another_machine(child: subprocess.Popen[bytes]) -> None:
    process = dataclasses.replace(identified(child), machine="another boot")
    child.kill()
    child.wait()
    assert not is_gone(process)


def test_nothing_is_known_without_the_kernel(
    child: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    process = identified(child)
    assert identify(child.pid, tmp_path) is None
    child.kill()
    child.wait()
    assert not is_gone(process, tmp_path)


def test_a_process_whose_first_thread_is_over_still_runs(tmp_path: Path) -> None:
    own = identify(os.getpid())
    assert own is not None
    fake = proc_of(own, tmp_path, state="Z", threads=2)
    assert not is_gone(own, fake)
    assert is_gone(own, proc_of(own, tmp_path / "alone", state="Z", threads=1))


def proc_of(process: DriverProcess, folder: Path, state: str, threads: int) -> Path:
    """A /proc with one process."""
    boot, *namespaces = process.machine.split(" ")
    folder.joinpath("sys/kernel/random").mkdir(parents=True)
    folder.joinpath("sys/kernel/random/boot_id").write_text(boot + "\n")
    folder.joinpath("self/ns").mkdir(parents=True)
    for name, target in zip(("pid", "time"), namespaces, strict=True):
        folder.joinpath("self/ns", name).symlink_to(target)
    of_process = folder / str(process.processId)
    for thread in range(threads):
        of_process.joinpath("task", str(thread)).mkdir(parents=True)
    before_start = " ".join(["0"] * 18)
    of_process.joinpath("stat").write_text(
        f"{process.processId} (a name) with) {state} {before_start} {process.startTicks} 0 0\n"
    )
    return folder
