"""`SlingResource` → `SlingConnections`: the connections that replications name, and Sling's own executable.

Upstream: https://docs.slingdata.io/connections
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

MODULE = "prefect_support.sling_streams"
DIFFERENCE = "Sling's lines are in the run's log while it runs; install sling"


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The resource as a function that builds it."""
    work.done(construct, Adapted(DIFFERENCE))
    return factory_statement(work, updated) or [updated]


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class; its argument means the same."""
    if isinstance(original, cst.Call):
        work.done_at(original, Adapted(DIFFERENCE))
        return None
    return cst.Name(work.need(MODULE, "SlingConnections"))


RULE = Rule(
    ("dagster_sling.SlingResource", "dagster_embedded_elt.SlingResource"),
    "call",
    frozenset({"connections"}),
    statement=statement,
    expression=expression,
    stands_for=(MODULE, "SlingConnections"),
)
