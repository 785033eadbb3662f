"""One streaming job on an emulated stream and lake, for benchmarks and drills.

The whole chain, deployed, is `make demo`; this is the job alone, so that a drill can kill it and
a benchmark can time it.
"""
