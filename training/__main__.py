"""Evaluates a candidate: what Python runs of the archive that a processing job mounts."""

from __future__ import annotations

import sys

from evaluate import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
