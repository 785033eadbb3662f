"""Invocations of the models that endpoints serve."""
