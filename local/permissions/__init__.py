"""Who may do what in a local run: IAM's policy language, evaluated against what was deployed."""
