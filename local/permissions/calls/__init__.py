"""What is called, as IAM is asked about it: action, resource, condition keys."""
