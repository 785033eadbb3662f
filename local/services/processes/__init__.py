"""Child processes: each in a session of its own, none outliving this service."""
