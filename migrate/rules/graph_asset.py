"""`@graph_asset`, `@graph_multi_asset` → `@materialize` around its ops, submitted as tasks of their own.

The ops are seen, retried and mapped one by one; the asset is made when the last one has ended well.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.rewriting import assets
from migrate.rewriting.asset_facts import metadata_lines
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.graph_assets import graph_lines, with_needs, with_value
from migrate.rewriting.work import Work, statements
from migrate.rules import Rule
from migrate.rules.asset import READ, outcome, returned
from migrate.rules.asset import unit as asset_unit
from migrate.rules.multi_asset import unit as multi_unit

if TYPE_CHECKING:
    from migrate.model import Model

FIXED = "the config of its ops is the default, written in the task; a run cannot change it"
HAND = "Write the task by hand."


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that makes the asset."""
    make = multi_unit if construct.kind == "graph_multi_asset" else asset_unit
    made = make(model, construct, scope)
    inputs = tuple(replace(p, role="input") if p.role == "context" else p for p in made.parameters)
    return with_needs(model, construct, with_value(model, construct, replace(made, parameters=inputs)))


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The graph as a task."""
    frame, own = work.frame, work.model.unit_of(construct)
    if own is None or frame is None or own.unknown or construct.within:
        reason = "its keys cannot be told by reading"
        return [refuse(work, construct, updated, Manual(reason, "Write the keys as literals."))]
    config = assets.value(work.model, construct, "config", own.scope)
    lines, problems = graph_lines(work, frame, own, config)
    if problems:
        return [refuse(work, construct, updated, Manual("; ".join(dict.fromkeys(problems)), HAND))]
    decorator = assets.materialize(work, frame, own, updated)
    body = list(updated.body.body)
    kept = body[:1] if updated.get_docstring() else []
    code = "\n".join([*metadata_lines(work, frame, own), *load_lines(work, own), *lines]) + "\n"
    block = cst.IndentedBlock([*kept, *statements(code)])  # type: ignore[list-item]
    returns = "dict[str, Any]" if own.several else returned(work, updated)
    if returns == "None" and any(out.value for out in own.outs):
        returns = "Any"  # Dagster does not ask what the graph is annotated with
    if "Any" in (returns or ""):
        work.need("typing", "Any")
    fixed = any("_config = " in line for line in lines)
    work.done(construct, Adapted(FIXED) if fixed else outcome(own, work.model))
    fresh = updated.with_changes(body=block)
    return [rebuild(fresh, decorator, parameter_texts(work, own, updated), returns)]


RULE = Rule(
    ("dagster.graph_asset", "dagster.graph_multi_asset"),
    "decorator",
    READ | {"outs", "config"},
    unit=unit,
    function=function,
)
