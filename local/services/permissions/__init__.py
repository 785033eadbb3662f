"""The roles with whose permissions the services act."""
