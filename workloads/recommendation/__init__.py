"""Recommendation of next items from a user's actions."""
