"""`get_s3_keys`, `get_objects` → the same of the target: a bucket's objects by their last change.

Upstream: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3/paginator/ListObjectsV2.html
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The function's name."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    return cst.Name(work.need("prefect_support.s3_keys", path.rsplit(".", 1)[-1]))


RULE = Rule(("dagster_aws.get_s3_keys", "dagster_aws.get_objects"), "value", expression=expression)
