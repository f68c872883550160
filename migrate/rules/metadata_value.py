"""`MetadataValue.*` → the plain value: Prefect's asset metadata is JSON.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """What the wrapper was handed."""
    if isinstance(updated, cst.Call) and len(updated.args) == 1:
        return updated.args[0].value
    if isinstance(updated, cst.Call) and path.endswith(".table"):
        given = zip(("records", "schema"), updated.args, strict=False)
        pairs = [(a.keyword.value if a.keyword else name, work.text(a.value)) for name, a in given]
        return parsed("{" + ", ".join(f'"{name}": {value}' for name, value in pairs) + "}")
    return None


RULE = Rule(("dagster.MetadataValue",), "value", expression=expression)
