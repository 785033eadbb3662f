"""A recommender of next items: a linear model of item to item, and a network of what is recent.

Everything between the ids of a history and the answered ones is part of the exported graph, so
training and serving cannot drift apart.
"""
