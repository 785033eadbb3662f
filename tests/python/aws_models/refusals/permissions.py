"""What AWS's services do in our name without any code of ours asking for it.

To add a row: in the file of its service name the feature, the actions, a function that yields who
asks for what where the feature is on, and the page that says so. A row that no stack has on fails.
"""

from __future__ import annotations

from tests.python.aws_models.refusals.cluster_permissions import CLUSTER_PERMISSIONS
from tests.python.aws_models.refusals.delivery_permissions import DELIVERY_PERMISSIONS
from tests.python.aws_models.refusals.query_permissions import QUERY_PERMISSIONS
from tests.python.aws_models.refusals.sagemaker_permissions import SAGEMAKER_PERMISSIONS

PERMISSIONS = [
    *CLUSTER_PERMISSIONS,
    *SAGEMAKER_PERMISSIONS,
    *DELIVERY_PERMISSIONS,
    *QUERY_PERMISSIONS,
]
