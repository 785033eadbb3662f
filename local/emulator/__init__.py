"""Stand-in for Kinesis, Secrets Manager, STS and more: moto, with our own Kinesis before it."""
