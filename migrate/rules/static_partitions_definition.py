"""`StaticPartitionsDefinition` → `partition_of(keys)`: a typed flow parameter.

An impossible partition is refused before anything runs, and Prefect's form offers the keys. Prefect
keeps no record of which partitions are done.

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
    """The keys; as an annotation, the class."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.partitions", "PartitionKeys"))
    given = named_arguments(updated, ("partition_keys",)) if isinstance(updated, cst.Call) else None
    if not given:
        return None
    return spelled(work, work.need("prefect_support.partitions", "partition_of"), given, ("partition_keys",))


RULE = Rule(
    ("dagster.StaticPartitionsDefinition",),
    "call",
    frozenset({"0", "partition_keys"}),
    statement=aliased,
    expression=expression,
)
