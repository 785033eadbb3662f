"""Stand-ins for EMR, SageMaker and SageMaker Runtime, in one process on one port."""
