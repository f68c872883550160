"""`SlingConnectionResource` → `SlingConnection`: whatever Sling knows of a connection, by the same names.

Upstream: https://docs.slingdata.io/connections
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule


class Every(frozenset[str]):
    """All names there are: Sling has settings of its own for each type of connection."""

    def __contains__(self, name: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The connection in its variable, or as a function when it is a resource of its own."""
    work.done(construct, Converted())
    return factory_statement(work, updated) or [updated]


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class; its arguments mean the same."""
    if isinstance(original, cst.Call):
        work.done_at(original, Converted())
        return None
    return cst.Name(work.need("prefect_support.sling_streams", "SlingConnection"))


RULE = Rule(
    ("dagster_sling.SlingConnectionResource", "dagster_embedded_elt.SlingConnectionResource"),
    "call",
    Every(),
    statement=statement,
    expression=expression,
)
