"""Sentiment of social posts."""
