"""`Failure` → an exception of the same name and fields; `allow_retries=False` ends a task for good.

So do classes on top of it.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name; its arguments stay."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.failures", "Failure"))
    return None


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class as it is: the name of its base has been rewritten."""
    work.done(construct, Converted())
    return [updated]


RULE = Rule(("dagster.Failure",), "value", expression=expression, class_=class_)
