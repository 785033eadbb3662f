"""Deployed rights that no call of the end-to-end run is allowed by, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from local.permissions.review import UnusedActions

# Patterns of statements and of their actions, in small letters, and why nothing here uses them.
REASONS: list[tuple[str, str, str]] = [
    # There is no Athena here. What a query takes of its role is evaluated against the plans of dev
    # and prod: tests/python/aws_models/refusals/query_asks.py.
    ("lake-*queries-*", "athena:*", "There is no Athena here: query_asks.py."),
    ("lake-*queries-*", "glue:*", "Athena asks Glue in the reader's name: query_asks.py."),
    ("lake-*queries-*/FindBucket", "*", "Athena looks for its results' bucket: query_asks.py."),
    ("lake-*queries-*/ListResults", "*", "Athena lists the reader's results: query_asks.py."),
    ("lake-*queries-*/KeepResults", "*", "Athena keeps the reader's results: query_asks.py."),
    ("lake-*queries-*/UseKey", "kms:generatedatakey", "Athena encrypts results: query_asks.py."),
    (
        "lake-on-call-quarantine-read/*",
        "s3:*",
        "Athena reads reasons: query_asks.py.",
    ),
    # What is not here.
    ("lake-access-logs-policy/WriteAccessLogs", "*", "S3 delivers the logs itself: trusts.py."),
    ("alarms-policy/*", "sns:publish", "Alarms and events are not computed here: delivery_*.py."),
    ("alarms-undelivered/*", "sqs:sendmessage", "Nothing is delivered here: delivery_*.py."),
    ("alarms-key/Alarms", "kms:*", "CloudWatch encrypts what it says: delivery_*.py."),
    ("alarms-key/Events", "kms:*", "EventBridge encrypts what it says: delivery_*.py."),
    ("spark-service-extra/*DiskKey*", "kms:*", "There are no disks here: cluster_*.py."),
    ("spark-instance-own/UseDiskKey", "kms:*", "There are no instance stores here: cluster_*.py."),
    (
        "lake-artifacts-spark-logs-write/*",
        "*",
        "EMR's log uploader and Spark's event log write to the run's folder here.",
    ),
    # What only the administrator of the account does, about whom nobody asks.
    ("alarms-key/Administer", "kms:*", "Whoever deploys administers the key."),
    # What S3A does otherwise here: Hadoop's own committer, which uploads nothing in parts.
    ("lake-*-write/ListUploads", "*", "The magic committer looks for uploads to abort."),
    ("lake-*-write/WriteObjects", "s3:abortmultipartupload", "A failed upload in parts."),
    ("lake-*-write/WriteObjects", "s3:listmultipartuploadparts", "A failed upload in parts."),
    ("training-job-rights/WriteModelsAnd*", "s3:abortmultipartupload", "A failed upload in parts."),
    ("lake-artifacts-spark-code-read/ListPrefix", "*", "S3A lists when a file is missing."),
    # What other tests do.
    (
        "lake-spark-history-write/WriteObjects",
        "*",
        "The compaction: tests/end-to-end/jobUpgrade.spec.ts.",
    ),
    ("lake-lake-reader-history-read/*", "*", "Before the first compaction there is no history."),
    (
        "endpoint-rights/WatchRollbackAlarms",
        "*",
        "An update of an endpoint: tests/end-to-end/deployment.spec.ts.",
    ),
    (
        "training-job-rights/LookUpApprovedModel",
        "*",
        "A second training measures the first one's model.",
    ),
    # What happens after the review, or when something fails.
    ("training-pipeline-rights/RunJobs", "sagemaker:stop*", "An execution that is stopped."),
    ("training-pipeline-rights/BuildTrainingSet", "*:cancelsteps", "An execution that is stopped."),
    # What a person on call looks at when something is wrong (docs/runbooks) and is not here.
    ("lake-artifacts-on-call-logs-read/ReadObjects", "*", "EMR uploads no logs here."),
    ("access-on-call-look/LookAtCluster", "*:listinstances", "There are no instances here."),
    ("access-on-call-look/LookAtAlarms", "*:describealarmhistory", "moto keeps no history."),
    ("access-on-call-look/LookAtDashboard", "*", "Dashboards are planned and not stored here."),
    ("access-on-call-look/FindReaders", "*", "There is no CloudTrail here."),
    ("access-on-call-look/ReadLogs", "*", "Containers write logs to the run's folder here."),
    ("access-on-call-look/SettleUndelivered", "*", "Queues are planned and not made here."),
    ("events-producer-produce/PutRecords", "kinesis:putrecord", "`ops produce` puts in batches."),
]

# Parts of the sentences about calls that a test makes to see them refused.
EXPECTED_REFUSALS = [
    "with {'s3:prefix': 'events/status=quarantined/'}",
    "with {'sagemaker:modelapprovalstatus': 'Approved'}",
]


def unlisted(found: Iterable[UnusedActions]) -> tuple[list[str], list[str]]:
    """Returns what is unused without a reason, and the reasons that nothing needs."""
    needed: set[int] = set()
    unexplained = []
    for one in found:
        for action in one.actions:
            reasons = [
                index
                for index, (statement, actions, _) in enumerate(REASONS)
                if fnmatchcase(one.statement, statement) and fnmatchcase(action, actions)
            ]
            needed.update(reasons)
            if not reasons:
                unexplained.append(f"{one.statement} {action}")
    idle = [f"{REASONS[index][:2]}" for index in sorted({*range(len(REASONS))} - needed)]
    return unexplained, idle
