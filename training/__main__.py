"""Entry point of the archive that the processing job runs: it evaluates a candidate."""

from __future__ import annotations

import sys

from evaluate import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
