"""`with_resources` → nothing: the resources it binds are those of the flows that run its assets.

Resources that were built inside it become functions in its place. Assets that are given another resource by
the same key than others are not converted: `resource_config_by_key` neither.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.resources import made_here
from migrate.rewriting.work import Work, led
from migrate.rules import Rule


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The functions of the resources that were built here, and nothing else."""
    work.done(construct, Converted("prefect.yaml"))
    found = made_here(work)
    return led(found, updated.leading_lines) if found else []


RULE = Rule(
    ("dagster.with_resources",),
    "call",
    frozenset({"0", "1", "definitions", "resource_defs"}),
    statement=statement,
)
