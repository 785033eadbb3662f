"""Tests of the workload; `workloads/conftest.py` has the fixture `spark`."""
