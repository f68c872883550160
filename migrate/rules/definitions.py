"""`Definitions` → `prefect.yaml` and the flows themselves: nothing collects them any more.

Resources that were built inside it become functions in its place.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.parts import rewritten
from migrate.rewriting.resources import factory
from migrate.rewriting.work import Work, led
from migrate.rules import Rule

READ = frozenset({"assets", "asset_checks", "jobs", "schedules", "sensors", "resources", "executor"})


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The functions of the resources that were built here, and nothing else."""
    work.done(construct, Converted("prefect.yaml"))
    found: list[cst.BaseStatement] = []
    for resource in work.model.resources.values():
        if resource.node is not None and resource.module == work.file.module:
            value = cst.parse_expression(rewritten(work, resource.node))
            found += factory(work, resource.function, resource.type_path, value)
    return led(found, updated.leading_lines) if found else []


RULE = Rule(("dagster.Definitions",), "call", READ, statement=statement)
