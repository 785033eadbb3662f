"""`python -m local.model_server`: serves one SavedModel until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop
from aiohttp import web

from local.model_server.application import ServedModel, build_application
from local.model_server.batcher import Batcher
from local.model_server.settings import SettingsError, read_settings
from local.model_server.shutdown import wait_for_stop
from local.model_server.version import ModelLoadError, find_version

if TYPE_CHECKING:
    from local.model_server.saved_model import SavedModel

_HOST = "127.0.0.1"

#: Seconds that requests in flight get to end after a signal to stop.
_DRAIN_SECONDS = 30.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Loads the model, prints the address, serves. Returns the exit code.

    It is 0 after a signal or the end of the parent, 1 if the model cannot be served, and 2 for
    wrong arguments or settings. The last line on standard error is then the reason.
    """
    options = _parse(arguments)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        version = find_version(options.model_directory)
        model = _load(options.model_directory, version)
    except ModelLoadError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1

    batcher = Batcher(model.run, settings)
    served = ServedModel(model.signatures, batcher)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(_serve(build_application(served), options))
        except OSError as error:
            print(f"Cannot listen on {_HOST}:{options.port}: {error}", file=sys.stderr)
            return 1
        finally:
            batcher.close()
    return 0


def _load(directory: Path, version: int) -> SavedModel:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # read once, when TensorFlow is imported
    # TensorFlow imports Keras where there is one, and Keras scikit-learn: almost half of the start,
    # and nothing that calls a SavedModel.
    sys.modules.setdefault("keras", None)  # type: ignore[arg-type]
    # TensorFlow creates some hundred thousand objects. Collecting garbage among them would prolong
    # the start, and later delay requests by tens of milliseconds.
    gc.disable()
    from local.model_server.saved_model import load_model

    model = load_model(directory, version)
    gc.enable()
    gc.collect()
    gc.freeze()
    return model


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.model_server", description=__doc__)
    parser.add_argument(
        "--model-directory",
        type=Path,
        required=True,
        help="folder that holds <number>/saved_model.pb; the highest number is served",
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--exit-with-parent", action="store_true", help="stop when standard input ends"
    )
    return parser.parse_args(arguments)


async def _serve(application: web.Application, options: argparse.Namespace) -> None:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_DRAIN_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, _HOST, options.port, backlog=1024)
        await site.start()
        port = runner.addresses[0][1]
        print(f"Listening on http://{_HOST}:{port}", flush=True)
        await wait_for_stop(options.exit_with_parent)
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    sys.exit(main())
