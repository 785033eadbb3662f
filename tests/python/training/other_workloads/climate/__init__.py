"""A workload of the tests whose names and types are none of sentiment's."""
