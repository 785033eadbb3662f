"""What every training and evaluation shares: containers, distribution, epochs, checkpoints, the
report of the gate.

Nothing here knows what an event or a prediction is about; `workload.Workload` is all it asks.
"""
