"""The classes, in the order of scores, counts and confusion matrices."""

from __future__ import annotations

LABELS = ("negative", "neutral", "positive")
