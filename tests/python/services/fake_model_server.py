"""A model server whose behaviour stands in its model folder: ``behaviour.json``.

``{"label": "A"}`` answers every prediction with that label; ``"start": "crash"`` ends at once,
``"start": "unhealthy"`` never answers the ping; a request body ``{"fail": 400}`` is answered with
that status, ``{"die": true}`` ends the process, ``{"hang": true}`` lets its ping fail from then on,
``{"echo": true}`` answers the headers it got.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model-directory", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    behaviour = json.loads((arguments.model_directory / "1" / "behaviour.json").read_text())
    start = behaviour.get("start")
    if start == "crash":
        raise ValueError("the SavedModel is broken")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.answer(500 if start == "unhealthy" or "hangs" in behaviour else 200, {})

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if request.get("die"):
                os._exit(9)
            if request.get("hang"):
                behaviour["hangs"] = True
            if request.get("echo"):
                self.answer(200, {"path": self.path, **dict(self.headers)})
            elif "fail" in request:
                self.answer(request["fail"], {"error": "bad instances"})
            else:
                variable = os.environ.get("SAGEMAKER_TFS_ENABLE_BATCHING")
                self.answer(200, {"label": behaviour["label"], "pid": os.getpid(), "b": variable})

        def answer(self, status: int, body: object) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    print(f"Listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
