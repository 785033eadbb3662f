"""Kinesis, S3, Secrets Manager and STS on this machine: moto, ending when its parent does."""
