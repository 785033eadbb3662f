"""What a query through Athena takes of the role that asks for it."""

from __future__ import annotations

from tests.python.aws_models.refusals import query_asks as query
from tests.python.aws_models.refusals.permission_row import SSE_KMS, PermissionRow

_TABLES = "Athena user guide, configure access to databases and tables in the AWS Glue Data Catalog"
_LOCATIONS = "Athena user guide, control access to Amazon S3 from Athena"

QUERY_PERMISSIONS = [
    PermissionRow(
        "A reader queries through a workgroup",
        (
            "athena:GetQueryExecution",
            "athena:GetQueryResults",
            "athena:GetWorkGroup",
            "athena:StartQueryExecution",
            "athena:StopQueryExecution",
        ),
        query.asks_for_query,
        "Athena user guide, use IAM policies to control workgroup access",
    ),
    PermissionRow(
        "Athena looks for a reader's database",
        ("glue:GetDatabase",),
        query.looks_for_database,
        _TABLES,
    ),
    PermissionRow(
        "Athena looks for a reader's table",
        ("glue:GetPartitions", "glue:GetTable"),
        query.looks_for_table,
        _TABLES,
    ),
    PermissionRow(
        "Athena finds the bucket of a reader's results",
        ("s3:GetBucketLocation", "s3:ListBucketMultipartUploads"),
        query.finds_bucket,
        _LOCATIONS,
    ),
    PermissionRow(
        "Athena lists a reader's results",
        ("s3:ListBucket",),
        query.lists_results,
        _LOCATIONS,
    ),
    PermissionRow(
        "Athena keeps a reader's results",
        (
            "s3:AbortMultipartUpload",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject",
        ),
        query.keeps_results,
        _LOCATIONS,
    ),
    PermissionRow(
        "Athena encrypts a reader's results",
        ("kms:Decrypt", "kms:GenerateDataKey"),
        query.encrypts_results,
        "Athena user guide, permissions to encrypted data in Amazon S3",
    ),
    PermissionRow(
        "Athena lists the files that a reader asks for",
        ("s3:ListBucket",),
        query.lists_partitions,
        _LOCATIONS,
    ),
    PermissionRow(
        "Athena reads the files that a reader asks for",
        ("s3:GetObject",),
        query.reads_files,
        _LOCATIONS,
    ),
    PermissionRow(
        "Athena decrypts the files that a reader asks for",
        ("kms:Decrypt",),
        query.decrypts_files,
        SSE_KMS,
    ),
]
