"""The classes, in the order of every score, count and confusion matrix."""

from __future__ import annotations

LABELS = ("negative", "neutral", "positive")
