"""Drills of the prediction API: fuzzing from its own document, and hostile clients."""
