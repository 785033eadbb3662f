"""The code the cluster runs: the streaming job and the training-set job."""
