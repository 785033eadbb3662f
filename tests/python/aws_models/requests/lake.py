"""S3, Glue and Athena (terraform: s3/bucket*.go, s3/object.go, glue/catalog_*.go, athena/*.go)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.requests.inputs import (
    Inputs,
    Request,
    Resolver,
    api,
    known,
    one,
    request,
)


def _bucket(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("forceDestroy")
    yield request(
        "s3",
        "CreateBucket",
        Bucket=inputs["bucket"],
        ObjectLockEnabledForBucket=inputs["objectLockEnabled"],
    )
    yield request(
        "s3",
        "PutBucketTagging",
        Bucket=inputs["bucket"],
        Tagging={"TagSet": inputs.tag_list},
    )


def _public_access(inputs: Inputs) -> Iterator[Request]:
    switches = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    yield request(
        "s3",
        "PutPublicAccessBlock",
        Bucket=inputs["bucket"],
        PublicAccessBlockConfiguration=api(known({name: inputs[name] for name in switches})),
    )


def _ownership(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "s3",
        "PutBucketOwnershipControls",
        Bucket=inputs["bucket"],
        OwnershipControls={"Rules": [api(inputs["rule"])]},
    )


def _encryption(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "s3",
        "PutBucketEncryption",
        Bucket=inputs["bucket"],
        ServerSideEncryptionConfiguration={
            "Rules": api(
                inputs["rules"],
                sseAlgorithm="SSEAlgorithm",
                kmsMasterKeyId="KMSMasterKeyID",
            )
        },
    )


def _versioning(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "s3",
        "PutBucketVersioning",
        Bucket=inputs["bucket"],
        VersioningConfiguration=api(inputs["versioningConfiguration"], mfaDelete="MFADelete"),
    )


def _lifecycle(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "s3",
        "PutBucketLifecycleConfiguration",
        Bucket=inputs["bucket"],
        LifecycleConfiguration={"Rules": api(inputs["rules"], id="ID")},
    )


def _bucket_policy(inputs: Inputs) -> Iterator[Request]:
    yield request("s3", "PutBucketPolicy", Bucket=inputs["bucket"], Policy=inputs["policy"])


def _bucket_logging(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "s3",
        "PutBucketLogging",
        Bucket=inputs["bucket"],
        BucketLoggingStatus={
            "LoggingEnabled": known(
                {
                    "TargetBucket": inputs["targetBucket"],
                    "TargetPrefix": inputs["targetPrefix"],
                    "TargetObjectKeyFormat": api(inputs["targetObjectKeyFormat"]),
                }
            )
        },
    )


def _object(inputs: Inputs) -> Iterator[Request]:
    # Their content is what they are for; only the call around it is looked at.
    inputs.only_the_provider_reads("content", "source", "sourceHash", "contentBase64")
    yield request(
        "s3",
        "PutObject",
        Bucket=inputs["bucket"],
        Key=inputs["key"],
        ContentType=inputs["contentType"],
        Metadata=inputs["metadata"],
        ServerSideEncryption=inputs["serverSideEncryption"],
        SSEKMSKeyId=inputs["kmsKeyId"],
    )
    yield request(
        "s3",
        "PutObjectTagging",
        Bucket=inputs["bucket"],
        Key=inputs["key"],
        Tagging={"TagSet": inputs.tag_list},
    )


def _database(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "glue",
        "CreateDatabase",
        DatabaseInput=known(
            {
                "Name": inputs["name"],
                "Description": inputs["description"],
                "LocationUri": inputs["locationUri"],
            }
        ),
        Tags=inputs.tags,
    )


def _table(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "glue",
        "CreateTable",
        DatabaseName=inputs["databaseName"],
        TableInput=known(
            {
                "Name": inputs["name"],
                "Description": inputs["description"],
                "TableType": inputs["tableType"],
                # Parameters are the table's own words, not AWS's.
                "Parameters": inputs["parameters"],
                "PartitionKeys": api(inputs["partitionKeys"]),
                "ViewOriginalText": inputs["viewOriginalText"],
                "ViewExpandedText": inputs["viewExpandedText"],
                "StorageDescriptor": _storage(inputs["storageDescriptor"]),
            }
        ),
    )


def _storage(descriptor: dict[str, Any] | None) -> dict[str, Any] | None:
    if descriptor is None:
        return None
    own_words = ("serDeInfo", "parameters")
    rest = {key: value for key, value in descriptor.items() if key not in own_words}
    serialization = _serialization(descriptor.get("serDeInfo"))
    parameters = descriptor.get("parameters")
    return known({**api(rest), "SerdeInfo": serialization, "Parameters": parameters})


def _serialization(block: Any) -> dict[str, Any] | None:
    info = one(block)
    return info and known(
        {
            "Name": info.get("name"),
            "SerializationLibrary": info.get("serializationLibrary"),
            "Parameters": info.get("parameters"),
        }
    )


def _workgroup(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("forceDestroy")
    yield request(
        "athena",
        "CreateWorkGroup",
        Name=inputs["name"],
        Description=inputs["description"],
        Configuration=api(
            inputs["configuration"],
            enforceWorkgroupConfiguration="EnforceWorkGroupConfiguration",
            publishCloudwatchMetricsEnabled="PublishCloudWatchMetricsEnabled",
            kmsKeyArn="KmsKey",
        ),
        Tags=inputs.tag_list,
    )


resolvers: dict[str, Resolver] = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _public_access,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _ownership,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        _encryption
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _lifecycle,
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:s3/bucketLogging:BucketLogging": _bucket_logging,
    "aws:s3/bucketObjectv2:BucketObjectv2": _object,
    "aws:glue/catalogDatabase:CatalogDatabase": _database,
    "aws:glue/catalogTable:CatalogTable": _table,
    "aws:athena/workgroup:Workgroup": _workgroup,
}
