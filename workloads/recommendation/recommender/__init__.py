"""A recommender of next items: a linear item-to-item model, and a network over recent items.

Everything between a history and the recommended items is part of the saved graph, so training and
serving cannot differ.
"""
