"""`@graph` → its steps in each flow that uses it, named `graph.op` as Dagster names them.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.work import Work
from migrate.rules import Rule

READ = frozenset({"name", "description", "ins", "out", "tags"})


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """Nothing: the flows that use it hold its steps."""
    work.done(construct, Converted("its steps are in the flows that use it"))
    return []


RULE = Rule(("dagster.graph",), "decorator", READ, function=function)
