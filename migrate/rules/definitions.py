"""`Definitions`, `Definitions.merge` → `prefect.yaml` and the flows: nothing collects them any more.

Resources that were built inside it become functions in its place.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.foreign import foreign_in
from migrate.reading.scope import Scope
from migrate.rewriting.references import identifier
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.resources import made_here
from migrate.rewriting.work import Work, led
from migrate.rules import Rule, remedy_for, rule_for

ELSEWHERE = "Convert that library as well, and deploy from it what stood here."
READ = frozenset({"assets", "asset_checks", "jobs", "schedules", "sensors", "resources", "executor"}) | {
    *("loggers", "metadata"),
    *(str(place) for place in range(200)),
    "*",
}


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The functions of the resources that were built here, and nothing else."""
    work.done(construct, Converted("prefect.yaml"))
    found: list[cst.BaseStatement] = []
    resources = [way.node for r in work.model.resources.values() for way in r.ways if way.node is not None]
    found += made_here(work)
    for inner in work.file.constructs:
        if inner is construct or inner.place in work.outcomes or not _within(construct.node, inner.node):
            continue  # the job of a schedule stands where its schedule stood
        if inner.path.startswith("dagster.Definitions"):
            work.done(inner, _foreign(work, inner) or Converted("prefect.yaml"))
        else:
            found += _own_statement(work, inner, resources)
    untold = _untold(work, construct) or _foreign(work, construct)
    if untold:
        found += refused_statement(work, construct, updated.with_changes(leading_lines=[]), untold)
    return led(found, updated.leading_lines) if found else []


def _untold(work: Work, construct: Construct) -> Manual | None:
    """Why nobody knows what it deploys: `**` of what reading cannot follow."""
    for argument in construct.arguments:
        told = work.model.project.evaluator.value(argument.node, Scope(construct.module, {}))
        if argument.name == "**" and not isinstance(told, dict):
            reason = f"what `**{work.text(argument.node)}` holds cannot be told by reading"
            return Manual(reason, "Name its assets, jobs and schedules in the call, and convert again.")
    return None


def _foreign(work: Work, construct: Construct) -> Manual | None:
    """Why nobody knows what it deploys: another library makes part of it."""
    found = foreign_in(work.model.project.names, construct)
    if not found:
        return None
    spoken = ", ".join(f"`{name}`" for name in found)
    return Manual(f"what it takes from {spoken} is of another library, whose source is not here", ELSEWHERE)


def _within(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    return outer is inner or any(_within(child, inner) for child in outer.children)


def _own_statement(
    work: Work, inner: Construct, resources: Sequence[cst.CSTNode]
) -> Sequence[cst.BaseStatement]:
    """A job, schedule or anything else that was made inside: as if it had a name of its own."""
    rule = rule_for(inner.path)
    if rule and rule.rule.expression:
        return []
    if any(_within(node, inner.node) for node in resources):
        work.done(inner, Manual("it is not converted", remedy_for(inner.path) or "Write it by hand."))
        return []
    name = identifier(inner.name)
    assert isinstance(inner.node, cst.Call)
    assigned = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], inner.node)])
    if rule and rule.rule.statement:
        return rule.rule.statement(work, inner, assigned)
    return refused_statement(
        work, inner, assigned, Manual("it has no rule", remedy_for(inner.path) or "Write it by hand.")
    )


RULE = Rule(("dagster.Definitions",), "call", READ, statement=statement)
