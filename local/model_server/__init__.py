"""A model server with the contracts of TensorFlow Serving and of a SageMaker container.

On AWS the framework image runs TensorFlow Serving behind SageMaker's `/ping` and `/invocations`.
On one machine this package stands in for that image: the same SavedModel, the same bodies, the
same status codes.
"""
