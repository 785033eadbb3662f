"""What the steps of a pipeline run: scripts that take no time."""

from __future__ import annotations

import io
import zipfile

TRAIN = """
import argparse, json, os, pathlib
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int)
arguments, _ = parser.parse_known_args()
channel = pathlib.Path(os.environ["SM_CHANNEL_TRAIN"])
rows = sum(len(path.read_text().split()) for path in channel.iterdir())
manifest = pathlib.Path(os.environ["SM_CHANNEL_MANIFEST"])
assert [path.name for path in manifest.iterdir()] == ["manifest.json"]
assert json.loads((manifest / "manifest.json").read_text()) == {"rows": rows}
if arguments.epochs == 13:
    raise ValueError("thirteen epochs")
print("val_rows=1")
print(f"val_rows={rows}")
model = pathlib.Path(os.environ["SM_MODEL_DIR"], "1")
model.mkdir()
model.joinpath("saved_model.pb").write_text(f"{rows} rows, {arguments.epochs} epochs")
"""


EVALUATE = """
import json, os, pathlib, sys, tarfile
from judging.state import state
output = pathlib.Path(sys.argv[2])
base = pathlib.Path(os.environ["PROCESSING_BASE_DIR"])
with tarfile.open(base / "model" / "model.tar.gz") as tar:
    text = tar.extractfile("1/saved_model.pb").read().decode()
report = {
    "metrics": {"score": {"value": float(os.environ["SCORE"])}},
    "approved": {"state": state(sys.argv[4])},
    "model": text,
    "manifest": json.loads((base / "manifest" / "manifest.json").read_text()),
    "code": [path.name for path in (base / "code").iterdir()],
}
output.joinpath("evaluation.json").write_text(json.dumps(report))
"""

STATE = """
def state(compare_with):
    return "not_measurable" if compare_with == "approved" else compare_with
"""


def evaluation_zip() -> bytes:
    """The evaluation as one archive that Python runs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__main__.py", EVALUATE)
        archive.writestr("judging/__init__.py", "")
        archive.writestr("judging/state.py", STATE)
    return packed.getvalue()
