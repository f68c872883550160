"""`StaticPartitionsDefinition` → `partition_of(keys)`: a typed flow parameter.

An impossible partition is refused before anything runs, and Prefect's form offers the keys. Prefect
keeps no record of which partitions are done.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.rewriting.wiring import camel
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The keys, and an annotation of the same name in capitals."""
    small = updated.body[0]
    assert isinstance(small, cst.Assign | cst.AnnAssign)
    assert isinstance(small.value, cst.Call)
    target = small.targets[0].target if isinstance(small, cst.Assign) else small.target
    name = dotted(target)
    work.need("typing", "Annotated")
    work.need("prefect_support.partitions", "partition_of")
    keys = work.text(small.value.args[0].value)
    work.done(construct, Adapted("Prefect does not remember which partitions have been made"))
    code = f"{name} = partition_of({keys})\n{camel(name)} = Annotated[str, {name}]\n"
    return led(statements(code), updated.leading_lines)


RULE = Rule(
    ("dagster.StaticPartitionsDefinition",), "call", frozenset({"0", "partition_keys"}), statement=statement
)
