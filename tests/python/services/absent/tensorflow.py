"""Stands before TensorFlow on the path of whatever the services of these tests start.

SageMaker's toolkit imports it, which takes seconds, to know the names of its errors, and goes on
without it where it is not installed; the scripts of these tests train nothing.
"""

raise ImportError("TensorFlow is hidden from this process.")
