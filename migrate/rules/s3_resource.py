"""`S3Resource` → `S3Storage`: boto3's client.

Upstream: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3.html
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_aws.S3Resource",
    "s3_storage",
    "S3Storage",
    (
        "use_unsigned_session",
        "region_name",
        "endpoint_url",
        "max_attempts",
        "profile_name",
        "use_ssl",
        "verify",
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
    ),
    "speaks through boto3; install boto3",
    "Give it to boto3 in S3Storage.",
)
