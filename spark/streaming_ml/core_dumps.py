"""No process that holds a key writes its memory to a disk when it dies.

Limits are set by the processes themselves, because what a container of YARN inherits is the
image's to decide. Where `core_pattern` names a program, the kernel hands it a dump whatever the
limit is (core(5)); systemd-coredump obeys the limit.
"""

from __future__ import annotations

import logging
import resource
from collections.abc import Iterable

log = logging.getLogger(__name__)

EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions"

# An executor is a process of another machine: its virtual machine is told when it is started.
NO_CORE_DUMP = "-XX:-CreateCoredumpOnCrash"


def executor_options(submitted: str) -> str:
    """Returns the options of the executors' virtual machines, with those that were submitted."""
    return f"{submitted} {NO_CORE_DUMP}".strip()


def forbid_core_dumps(process_ids: Iterable[int]) -> None:
    """Lets none of these processes write a core dump; one that cannot be told is named in the log.

    Args:
        process_ids: 0 for this process itself.
    """
    for process_id in process_ids:
        try:
            if process_id == 0:
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            else:
                resource.prlimit(process_id, resource.RLIMIT_CORE, (0, 0))
        except (AttributeError, OSError) as error:
            log.warning("Process %d may write core dumps: %s", process_id, error)
