"""Deployed rights that no call of the end-to-end run is allowed by, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from local.permissions.review import UnusedActions

# Patterns of statements and of their actions, in small letters, and why nothing here uses them.
REASONS: list[tuple[str, str, str]] = [
    # What is not here.
    ("lake-*queries-*", "athena:*", "There is no Athena here; what a query takes: docs/access.md."),
    ("lake-*queries-*", "glue:*", "Athena asks Glue in the reader's name."),
    ("lake-*queries-*/FindBucket", "*", "Athena looks for the bucket of its results."),
    ("lake-*queries-*/ListResults", "*", "Athena keeps results in the reader's name."),
    ("lake-*queries-*/KeepResults", "*", "Athena keeps results in the reader's name."),
    ("lake-*queries-*/UseKey", "kms:generatedatakey", "Athena encrypts results."),
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
    # What a person on call looks at when something is wrong: docs/runbooks.
    ("lake-on-call-quarantine-read/*", "s3:*", "Athena reads reasons in their name."),
    ("lake-artifacts-on-call-*-read/ListPrefix", "*", "A lock or a log that is not there."),
    ("lake-artifacts-on-call-logs-read/ReadObjects", "*", "The reason of a failed step."),
    ("access-on-call-look/LookAtCluster", "*", "The runbooks about cluster and job."),
    ("access-on-call-look/Train", "*:startpipelineexecution", "`ops train`, after the review."),
    ("access-on-call-look/FollowTraining", "*", "`ops train --wait`, and a failed step."),
    ("access-on-call-look/RejectModels", "*", "`ops reject`."),
    ("access-on-call-look/LookAtAlarms", "*", "Every runbook."),
    ("access-on-call-look/LookAtDashboard", "*", "Every runbook."),
    ("access-on-call-look/ReadMetrics", "*", "The dashboard's."),
    ("access-on-call-look/FindReaders", "*", "The runbook read-throttled."),
    ("access-on-call-look/ReadLogs", "*", "The runbooks endpoint-errors and failed-training."),
    ("access-on-call-look/SettleUndelivered", "*", "The runbooks about undelivered messages."),
    ("access-on-call-look/LookAtEndpoint", "*", "`ops status`, once a model serves."),
    ("events-producer-produce/PutRecords", "kinesis:putrecord", "`ops produce` puts in batches."),
]

# Parts of the sentences about calls that a test makes to see them refused.
EXPECTED_REFUSALS = ["with {'s3:prefix': 'events/status=quarantined/'}"]


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
