"""Writes records, each as a JSON line, for commands that put them on the stream.

Usage: python -m local.events demo --workload NAME [--events N] --moment TIME --records FILE
           --questions FILE
       python -m local.events crowd --workload NAME --prefix TEXT --events N --records FILE
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from local.events.contracts import REPOSITORY, workload_contract
from local.events.crowd import Crowd
from local.events.demo import (
    demo_events,
    demo_records,
    label_arrival_of,
    may_be_held_back,
    question_line,
    record_line,
)

_DATA = REPOSITORY / ".local" / "data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the files."""
    options = _parser().parse_args(arguments)
    contract = workload_contract(options.workload)
    if options.command == "crowd":
        invented = islice(Crowd(contract).mixed(options.prefix), options.events)
        _write(options.records, map(record_line, invented))
        return 0
    events_of_workload = demo_events(options.workload)
    try:
        events = events_of_workload.read_events(
            _DATA / options.workload, options.events, options.moment
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    questions = events_of_workload.hold_back(events, may_be_held_back)
    arrival = label_arrival_of(events_of_workload)
    records = demo_records(contract, events, questions, options.moment, arrival)
    _write(options.records, map(record_line, records))
    _write(options.questions, map(question_line, questions))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local.events", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="the data set of a workload")
    crowd = commands.add_parser("crowd", help="invented events")
    for command in (demo, crowd):
        command.add_argument("--workload", required=True, help="name of its folder")
        command.add_argument("--records", type=Path, required=True, help="file to write")
    demo.add_argument("--events", type=int, help="how many; all of the data set without it")
    crowd.add_argument("--events", type=int, required=True, help="how many")
    demo.add_argument("--moment", type=datetime.datetime.fromisoformat, required=True)
    demo.add_argument("--questions", type=Path, required=True, help="file to write")
    crowd.add_argument("--prefix", required=True, help="begins every identity")
    return parser


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
