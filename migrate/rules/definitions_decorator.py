"""`@definitions`, `@repository` → nothing: what they hand over is read, and stands at the top of the module.

The statements inside a `@definitions` function are laid out at the top before anything else happens, so
jobs, schedules and assets made inside are found like all others.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.resources import made_here
from migrate.rewriting.work import Work
from migrate.rules import Rule


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """Nothing is left of the function but the resources that were built inside it."""
    work.done(construct, Converted("prefect.yaml"))
    for inner in work.file.constructs:
        if inner.kind == "with_resources" and construct.name in inner.within:
            work.done(inner, Converted("prefect.yaml"))
    return made_here(work)


RULE = Rule(
    ("dagster.definitions", "dagster.repository"),
    "decorator",
    frozenset({"name", "description", "0"}),
    function=function,
)
