"""Whose rights the services act with."""
