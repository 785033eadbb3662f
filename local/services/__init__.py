"""The local stand-ins of EMR, SageMaker and SageMaker Runtime: one process, one port."""
