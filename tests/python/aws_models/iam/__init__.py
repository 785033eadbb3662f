"""Rules that every IAM document of every stack is held to."""
