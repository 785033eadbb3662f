"""Tries the code of a workload's model before anything is deployed."""
