"""A text classifier of social posts: negative, neutral or positive.

Everything between the raw text and the scores is part of the exported graph, so training and
serving cannot drift apart.
"""
