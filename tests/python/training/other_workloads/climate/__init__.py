"""A workload of the tests, with other names and types than sentiment."""
