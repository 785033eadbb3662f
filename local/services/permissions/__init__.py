"""Whose permissions the services act with."""
