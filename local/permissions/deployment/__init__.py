"""What was deployed of roles, policies and keys."""
