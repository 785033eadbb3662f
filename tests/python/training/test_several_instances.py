"""Two processes on this machine, training together as two instances would."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

# Only the addresses differ from AWS: there every host has the same port to itself.
PROGRAM = """
import sys
from model_training import distribution
def local_cluster(hosts, current_host):
    workers = [f"localhost:{port}" for port in sys.argv[1].split(",")]
    task = {"type": "worker", "index": sorted(hosts).index(current_host)}
    return {"cluster": {"worker": workers}, "task": task}
distribution.cluster_specification = local_cluster
import train
sys.exit(train.main(sys.argv[2:]))
"""


def free_ports(count: int) -> list[str]:
    sockets = [socket.socket() for _ in range(count)]
    for listener in sockets:
        listener.bind(("127.0.0.1", 0))
    ports = [str(listener.getsockname()[1]) for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


def test_instances_agree_and_the_first_writes_the_model(training_set: Path, tmp_path: Path) -> None:
    ports = ",".join(free_ports(2))
    started = []
    for host in ("algo-1", "algo-2"):
        environment = {
            **os.environ,
            "PYTHONPATH": str(REPOSITORY / "training"),
            "TF_CPP_MIN_LOG_LEVEL": "2",
            "SM_HOSTS": '["algo-1", "algo-2"]',
            "SM_CURRENT_HOST": host,
            "SM_CHANNEL_TRAIN": str(training_set / "train"),
            "SM_CHANNEL_VALIDATION": str(training_set / "validation"),
            "SM_MODEL_DIR": str(tmp_path / host),
        }
        arguments = ["--epochs", "2", "--batch-size", "32"]
        command = [sys.executable, "-c", PROGRAM, ports, *arguments]
        started.append(
            subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    try:
        outputs = [process.communicate(timeout=300) for process in started]
    finally:
        for process in started:
            process.kill()

    assert [process.returncode for process in started] == [0, 0], outputs
    assert tmp_path.joinpath("algo-1", "1", "saved_model.pb").is_file()
    assert not tmp_path.joinpath("algo-2").exists()
    # Loss and quality are those of one network, wherever they are computed.
    first, second = (
        [line.split()[:4] for line in printed.splitlines() if line.startswith("epoch=")]
        for printed, _ in outputs
    )
    assert len(first) == 2
    assert first == second
