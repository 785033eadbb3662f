"""Events of any contract for demo, drills and benchmarks: valid ones, and all ways to be wrong."""
