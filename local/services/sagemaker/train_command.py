"""The command `train` of AWS's training containers, started sooner. It runs as a script, so that
nothing of this repository is on the import path of the training.
"""

from __future__ import annotations

import gc
import sys

# The toolkit imports TensorFlow for the names of its errors. TensorFlow imports Keras where there
# is one, and Keras scikit-learn: almost half of what passes before the training starts.
sys.modules["keras"] = None  # type: ignore[assignment]
gc.disable()

from sagemaker_training.cli.train import main  # noqa: E402

if __name__ == "__main__":
    main()
