"""Accounts for every record that was put on the stream, by its sequence number."""
