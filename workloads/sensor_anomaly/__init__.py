"""Anomalies of sensor readings."""
