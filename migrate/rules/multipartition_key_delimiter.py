"""`MULTIPARTITION_KEY_DELIMITER` → the text it is: `"|"`.

Upstream: https://docs.prefect.io/v3/concepts/flows#parameters
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """What the target's partition keys of several dimensions are joined by, too."""
    return cst.SimpleString('"|"') if isinstance(original, cst.Name | cst.Attribute) else None


RULE = Rule(("dagster.MULTIPARTITION_KEY_DELIMITER",), "value", expression=expression)
