"""`DynamicPartitionsDefinition` → `DynamicPartitions(name)`: keys kept in Prefect Variables.

`instance.add_dynamic_partitions`, `build_add_request` and their like become `.add(keys)` and `.delete(key)`.
A definition made of a function (`partition_fn`) has no counterpart.

Upstream: https://docs.prefect.io/v3/concepts/variables
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.partitions import aliased, named_arguments, spelled
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The named set of keys, and its annotation."""
    if construct.argument("name") is None:
        outcome = Manual("its keys come from a function", "Name the set, and add keys when they come.")
        return refused_statement(work, construct, updated, outcome)
    return aliased(work, construct, updated)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The set; as an annotation, the class."""
    name = work.need("prefect_support.dynamic_partitions", "DynamicPartitions")
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(name)
    given = named_arguments(updated, ("partition_fn", "name")) if isinstance(updated, cst.Call) else None
    return spelled(work, name, given, ("name",)) if given and set(given) == {"name"} else None


RULE = Rule(
    ("dagster.DynamicPartitionsDefinition",),
    "call",
    frozenset({"name"}),
    statement=statement,
    expression=expression,
)
