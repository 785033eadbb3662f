"""Kinesis data streams as their documentation says, where moto lets wrong code pass.

What carries data, and what decides where it lies, is here: shards, records, sequence numbers,
iterators, limits, retention, resharding, JSON and CBOR. Tags, consumers, encryption and monitoring
of a stream stay moto's.
"""
