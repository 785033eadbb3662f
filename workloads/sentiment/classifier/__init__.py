"""A text classifier of social posts: negative, neutral or positive.

Everything between the raw text and the scores is part of the saved graph, so training and serving
cannot differ.
"""
