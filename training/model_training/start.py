"""Imports TensorFlow and Keras, in little more than half the time; for programs, which import it
before what imports either.
"""

from __future__ import annotations

import gc
import os
import sys

# TensorFlow's native log repeats at every start that it was built for older processors. It reads
# the variable once.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

# Both create some hundred thousand objects that stay: collecting garbage among them only takes
# time, now and in every later collection.
gc.disable()
# Keras imports scikit-learn where there is one, for wrappers that no network needs: more than a
# quarter of the start. Whoever imports it later gets it.
_HIDDEN = "sklearn" not in sys.modules
if _HIDDEN:
    sys.modules["sklearn"] = None  # type: ignore[assignment]
try:
    import keras  # noqa: F401
finally:
    if _HIDDEN:
        del sys.modules["sklearn"]
    gc.enable()
gc.freeze()
