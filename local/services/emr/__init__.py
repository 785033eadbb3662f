"""Clusters whose steps run as processes on this machine."""
