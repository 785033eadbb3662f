"""Kinesis data streams by their documentation: moto accepts requests that Kinesis refuses.

Shards, records, sequence numbers, iterators, limits, retention, resharding, JSON and CBOR are here.
Tags, consumers, encryption and monitoring of a stream are moto's.
"""
