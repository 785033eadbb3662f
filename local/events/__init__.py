"""Invents events of any contract for demo, drills and benchmarks, valid and invalid ones."""
