"""Condition keys whose value in a request somebody here knows.

A key stands here once the calls of a local run carry it where AWS's do, or once it is known that
none of them carries it. AWS global condition context keys; Service Authorization Reference.
"""

from __future__ import annotations

_KNOWN = frozenset(
    {
        # Global keys.
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principaltype",
        "aws:requestedregion",
        "aws:securetransport",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:tagkeys",
        "aws:userid",
        # Of users alone: a role has none.
        "aws:username",
        "aws:viaawsservice",
        "aws:calledvia",
        # Of deployments alone: no job or service of a stack attaches policies or shows a token.
        "iam:policyarn",
        "token.actions.githubusercontent.com:aud",
        "token.actions.githubusercontent.com:sub",
        # Of services.
        "cloudwatch:namespace",
        "ec2:createaction",
        "iam:awsservicename",
        "iam:passedtoservice",
        "kms:calleraccount",
        "kms:grantisforawsresource",
        "kms:viaservice",
        "s3:delimiter",
        "s3:max-keys",
        "s3:prefix",
        "s3:x-amz-acl",
        "s3:x-amz-server-side-encryption",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "sagemaker:modelapprovalstatus",
    }
)

# Followed by a name that the request gives: tags and encryption contexts.
_KNOWN_PREFIXES = (
    "aws:principaltag/",
    "aws:requesttag/",
    "aws:resourcetag/",
    "elasticmapreduce:resourcetag/",
    "kms:encryptioncontext:",
)


def known(key: str) -> bool:
    """Whether requests of a local run carry a key as AWS's do.

    Args:
        key: In small letters.
    """
    return key in _KNOWN or key.startswith(_KNOWN_PREFIXES)
