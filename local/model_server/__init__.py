"""Stand-in for AWS's TensorFlow Serving image behind an endpoint.

In SageMaker that image runs TensorFlow Serving behind `/ping` and `/invocations`. This server
loads the same SavedModel and has the same request and response bodies and status codes.
"""
