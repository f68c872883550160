"""`AssetsDefinition`, `AssetChecksDefinition` → `MaterializingTask`, `ValidationTask`, where they annotate.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The type of the task."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    if path.endswith("AssetsDefinition"):
        work.need("prefect.tasks", "MaterializingTask")
        return parsed(f"MaterializingTask[..., {work.need('typing', 'Any')}]")
    work.need("prefect_support.validations", "ValidationTask")
    return parsed("ValidationTask[...]")


RULE = Rule(("dagster.AssetsDefinition", "dagster.AssetChecksDefinition"), "value", expression=expression)
