"""`@job` → `@flow`: the ops it wires become submitted tasks, in the same order.

A value goes from task to task as an argument, an order without a value as `wait_for`. When a task fails,
those that need it are skipped and the others run, and the flow fails.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.composition import op_wiring
from migrate.rewriting.deployments import Deployment, entry_of, tags_of
from migrate.rewriting.flows import flow_code
from migrate.rewriting.functions import refuse
from migrate.rewriting.layout import Item, quoted
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset({"name", "description", "tags", "resource_defs", "executor_def"})


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The composition as a flow."""
    job = work.model.jobs.get(construct.place)
    node = construct.node
    assert isinstance(node, cst.FunctionDef)
    wiring = op_wiring(work, node)
    if job is None:
        wiring.problems.append("it is made by a factory")
    if not wiring.problems and job:
        items: list[Item] = [f"name={quoted(job.name)}"]
        description = construct.argument("description")
        if description is not None:
            items.append(f"description={work.text(description)}")
        docstring = f'"""{node.get_docstring()}"""' if node.get_docstring() else ""
        code = flow_code(work, job.function, items, wiring, docstring)
    if wiring.problems:
        return [
            refuse(work, construct, updated, Manual("; ".join(wiring.problems), "Wire the flow by hand."))
        ]
    work.done(construct, Converted())
    return led(statements(code), updated.leading_lines)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """One deployment without a schedule."""
    job = model.jobs[construct.place]
    return [Deployment(job.name, entry_of(model, job), tags=tags_of(model, construct))]


RULE = Rule(("dagster.job",), "decorator", READ, function=function, deployments=deployments)
