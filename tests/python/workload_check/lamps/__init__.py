"""A whole workload, as small as one can be: tests break copies of it."""
