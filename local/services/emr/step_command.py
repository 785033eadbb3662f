"""Reads the arguments of a step. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

COMMAND_RUNNER = "command-runner.jar"


def kill_target(arguments: Sequence[str]) -> str | None:
    """Returns the application id of a ``yarn application -kill ID`` step, None for others."""
    if len(arguments) == 4 and list(arguments[:3]) == ["yarn", "application", "-kill"]:
        return arguments[3]
    return None


_ASKED_INTERPRETER = "spark.yarn.appMasterEnv.PYSPARK_PYTHON="


def asked_interpreter(arguments: Sequence[str]) -> str | None:
    """Returns the Python that a ``spark-submit`` step asks for, if any."""
    for option, value in zip(arguments, arguments[1:], strict=False):
        if option == "--conf" and value.startswith(_ASKED_INTERPRETER):
            return value.removeprefix(_ASKED_INTERPRETER)
    return None


def interpreter_notice(asked: str | None, used: str, version: tuple[int, int]) -> str | None:
    """Returns a message for a step that runs with another Python than it asks for.

    Every step runs with the interpreter of this machine, which has the packages. With another
    version than on the cluster, a run proves less.

    Args:
        asked: Path on a node of the cluster, for example ``/usr/bin/python3.11``.
        used: Path of the interpreter on this machine.
        version: Its major and minor version.
    """
    name = "python{}.{}".format(*version)
    if asked is None or asked.rpartition("/")[2] == name:
        return None
    return f"It asks for {asked}; this machine runs it with {used}, which is {name}."


def outlives_its_step(arguments: Sequence[str]) -> bool:
    """Returns whether the driver of a command is not part of the step's own process.

    In cluster mode YARN starts the driver on a node, and spark-submit only waits for it: EMR's
    CancelSteps ends spark-submit and not the driver (EMR, "Cancel steps when you submit work").
    """
    return any(
        pair == ("--deploy-mode", "cluster") for pair in zip(arguments, arguments[1:], strict=False)
    )


# Options of cluster mode, and what they become on this machine.
_PLACED = {("--deploy-mode", "cluster"): "client", ("--master", "yarn"): "local[2]"}

# A file on the cluster's nodes, which would take precedence over the one in the environment.
_NODES_INTERPRETER = "spark.pyspark.python="


def on_this_machine(arguments: Sequence[str]) -> list[str]:
    """Returns a command as it runs on this machine, where the stand-in takes the place of YARN.

    Spark refuses cluster mode with a local master, and YARN as a master where there is none. Size,
    environment and Python of the driver are the stand-in's.
    """
    if not outlives_its_step(arguments):
        return list(arguments)
    placed = list(arguments)
    for index, pair in enumerate(zip(arguments, arguments[1:], strict=False)):
        placed[index + 1] = _PLACED.get(pair, placed[index + 1])
    for index in reversed(range(len(placed) - 1)):
        if placed[index] == "--conf" and placed[index + 1].startswith(_NODES_INTERPRETER):
            del placed[index : index + 2]
    return placed


_EVENT_LOG = re.compile(r"^(?:eventlog_v2_)?(?P<id>(?:local|app|application)[-_0-9]+?)(?:\..*)?$")


def application_id_of(event_log_name: str) -> str | None:
    """Returns the application id that Spark named an event log after.

    Spark writes ``ID``, ``ID.inprogress`` or ``ID.zstd``, and with rolling a folder
    ``eventlog_v2_ID`` (SingleEventLogFileWriter and RollingEventLogFilesWriter).
    """
    match = _EVENT_LOG.match(event_log_name)
    return None if match is None else match["id"]
