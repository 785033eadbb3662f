"""Tries the model of a workload before anything is deployed."""
