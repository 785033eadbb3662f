"""ARNs of stream, lake and keys. Service Authorization Reference: Kinesis, KMS, S3, Glue, ..."""

from __future__ import annotations

from tests.python.aws_models.deployment.templates import Arns, regional

_BUCKET = "arn:aws:s3:::{bucket}"
_SETTING = {"s3:bucket": (_BUCKET,)}
_CATALOG = {"glue:rootcatalog": (regional("glue", "catalog"),)}
_SETTINGS = (
    "BucketLifecycleConfiguration",
    "BucketLogging",
    "BucketOwnershipControls",
    "BucketPolicy",
    "BucketPublicAccessBlock",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
)

DATA: Arns = {
    **{f"aws:s3/{name[0].lower()}{name[1:]}:{name}": _SETTING for name in _SETTINGS},
    "aws:athena/workgroup:Workgroup": {
        "athena:workgroup": (regional("athena", "workgroup/{name}"),)
    },
    "aws:glue/catalogDatabase:CatalogDatabase": {
        **_CATALOG,
        "glue:database": (regional("glue", "database/{name}"),),
        "glue:table": (regional("glue", "table/{name}/any"),),
    },
    "aws:glue/catalogTable:CatalogTable": {
        **_CATALOG,
        "glue:database": (regional("glue", "database/{databaseName}"),),
        "glue:table": (regional("glue", "table/{databaseName}/{name}"),),
    },
    "aws:kinesis/stream:Stream": {
        "kinesis:stream": ("{id}",),
        # AWS's own key is named by its alias; IAM asks for the key behind it.
        "kinesis:kmsKey": (regional("kms", "key/{kmsKeyId:last}"),),
        "kms:key": (regional("kms", "key/{kmsKeyId:last}"),),
    },
    "aws:kinesis/streamConsumer:StreamConsumer": {
        "kinesis:stream": ("{streamArn}",),
        "kinesis:consumer": ("{id}",),
    },
    "aws:kms/grant:Grant": {"kms:key": (regional("kms", "key/{keyId}"),)},
    "aws:kms/key:Key": {"kms:key": (regional("kms", "key/{id}"),)},
    "aws:s3/bucket:Bucket": {"s3:bucket": (_BUCKET,), "s3:object": (f"{_BUCKET}/any/object",)},
    "aws:s3/bucketObjectv2:BucketObjectv2": {
        "s3:bucket": (_BUCKET,),
        "s3:object": (f"{_BUCKET}/{{key}}",),
    },
    "aws:secretsmanager/secret:Secret": {"secretsmanager:Secret": ("{id}",)},
    "aws:secretsmanager/secretVersion:SecretVersion": {"secretsmanager:Secret": ("{secretId}",)},
}
