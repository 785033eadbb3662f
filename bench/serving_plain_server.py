"""What the serving benchmark compares with: a first, simple server.

One call of the model per request, inside the handler, no batching; the same HTTP library and event
loop as the model server, so that the difference is the design and not the library.

Usage: python -m bench.serving_plain_server --model-directory FOLDER
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import uvloop
from aiohttp import web

from bench.serving_instances import Signature


def main() -> None:
    """Serves until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-directory", type=Path, required=True)
    signature = Signature(parser.parse_args().model_directory)

    async def predict(request: web.Request) -> web.Response:
        instances = (await request.json())["instances"]
        return web.json_response({"predictions": signature.predict(instances)})

    async def serve() -> None:
        application = web.Application()
        application.router.add_post("/invocations", predict)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        print(f"Listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
        await asyncio.Event().wait()

    uvloop.run(serve())


if __name__ == "__main__":
    main()
