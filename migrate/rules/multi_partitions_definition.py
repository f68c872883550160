"""`MultiPartitionsDefinition` → `MultiPartitions({dimension: …})`: keys such as `2024-01-01|de`.

The dimensions come in order of their names, as in Dagster. `MultiPartitionKey` is
`MultiKey`, a text that knows its `keys_by_dimension`; a task gets one as its `partition_key`.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.partitions import aliased, named_arguments, spelled
from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The dimensions, or the parts of a key; as an annotation, the class."""
    of_key = path.endswith("MultiPartitionKey")
    name = work.need("prefect_support.partitions", "MultiKey" if of_key else "MultiPartitions")
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(name)
    order = ("keys_by_dimension",) if of_key else ("partitions_defs",)
    given = named_arguments(updated, order) if isinstance(updated, cst.Call) else None
    if not given:
        return None
    return spelled(work, name, given, order)


RULE = Rule(
    ("dagster.MultiPartitionsDefinition", "dagster.MultiPartitionKey"),
    "call",
    frozenset({"0", "partitions_defs", "keys_by_dimension"}),
    statement=aliased,
    expression=expression,
)
