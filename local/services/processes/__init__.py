"""Child processes, each in a session of its own; none outlives this service."""
