"""A detector of unusual readings: what the nine numbers let expect of each other, and what people
said of a few of them.

Everything between the raw numbers and the score is part of the exported graph, so training and
serving cannot drift apart.
"""
