"""Deployments of models while requests keep coming."""
