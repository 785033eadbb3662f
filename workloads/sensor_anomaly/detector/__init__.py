"""A detector of unusual readings, from the relations of the nine numbers and from labels.

Everything between the raw numbers and the score is part of the saved graph, so training and serving
cannot differ.
"""
