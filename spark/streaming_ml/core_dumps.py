"""Disables core dumps, so that no process writes a secret key from its memory to a disk.

The processes set their limits themselves, because the machine image decides what a YARN container
inherits. Where `core_pattern` names a program, the kernel passes it a dump whatever the limit is
(core(5)); systemd-coredump respects the limit.
"""

from __future__ import annotations

import logging
import resource
from collections.abc import Iterable

log = logging.getLogger(__name__)

EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions"

# Executors run on other machines, so they get this option when they start.
NO_CORE_DUMP = "-XX:-CreateCoredumpOnCrash"


def executor_options(submitted: str) -> str:
    """Returns the options of the executors' JVMs, including those that were submitted."""
    return f"{submitted} {NO_CORE_DUMP}".strip()


def forbid_core_dumps(process_ids: Iterable[int]) -> None:
    """Forbids processes to write core dumps; logs a warning for each that it cannot change.

    Args:
        process_ids: Ids of the processes; 0 is this process.
    """
    for process_id in process_ids:
        try:
            if process_id == 0:
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            else:
                resource.prlimit(process_id, resource.RLIMIT_CORE, (0, 0))
        except (AttributeError, OSError) as error:
            log.warning("Process %d may write core dumps: %s", process_id, error)
