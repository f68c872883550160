"""`@job` → `@flow`: the ops it wires become submitted tasks, in the same order.

A value goes from task to task as an argument, an order without a value as `wait_for`. When a task fails,
those that need it are skipped and the others run, and the flow fails. An input of a plain type that nothing
gives is a parameter of the flow, named after the step; a plain function that invokes ops is laid out where it
is called.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.deployments import Deployment, entry_of, tags_of
from migrate.rewriting.functions import docstring_code, refuse
from migrate.rewriting.jobs import JOB_READ, job_code, job_outcome, job_wiring
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The composition as a flow."""
    job = work.model.jobs.get(construct.place)
    node = construct.node
    assert isinstance(node, cst.FunctionDef)
    wiring = job_wiring(work, construct, node, construct.module)
    code = ""
    if job is None:
        wiring.problems.append("it is made by a factory")
    else:
        code = job_code(work, construct, job, wiring, docstring_code(work, node))
    if wiring.problems:
        outcome = Manual("; ".join(dict.fromkeys(wiring.problems)), "Wire the flow by hand.")
        return [refuse(work, construct, updated, outcome)]
    work.done(construct, job_outcome(work, construct, wiring))
    return led(statements(code), updated.leading_lines)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """One deployment without a schedule."""
    job = model.jobs.get(construct.place)
    if job is None:
        return []  # it stands in a class that is refused whole
    return [Deployment(job.name, entry_of(model, job), tags=tags_of(model, construct))]


RULE = Rule(("dagster.job",), "decorator", JOB_READ, function=function, deployments=deployments)
