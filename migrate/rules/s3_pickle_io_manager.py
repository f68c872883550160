"""`S3PickleIOManager` → `S3Pickles`: the same objects, called in the open by `store` and `load`.

Its older name is `ConfigurablePickledObjectS3IOManager`.

Upstream: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3.html
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = replace(
    client_rule(
        "dagster_aws.S3PickleIOManager",
        "s3_pickles",
        "S3Pickles",
        ("s3_resource", "s3_bucket", "s3_prefix"),
        "called at the task's edge; the same objects of the bucket; install boto3",
        "Change S3Pickles.",
    ),
    class_=None,
)
RULE = replace(RULE, names=(*RULE.names, "dagster_aws.ConfigurablePickledObjectS3IOManager"))
"""The second is its name of before 0.20."""
