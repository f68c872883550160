"""`graph.to_job` → `@flow` over the graph's steps, with the config and resources it names.

Inputs of the graph are parameters of the flow, unless `input_values` gives them. Without a name it has the
graph's. Values go from op to op in memory: an `io_manager` of the job or the definitions stores none of them.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.values import Decorated
from migrate.rewriting.deployments import Deployment, entry_of, tags_of
from migrate.rewriting.functions import docstring_code
from migrate.rewriting.jobs import JOB_READ, job_code, job_outcome, job_wiring
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The flow, under the name of the variable."""
    job = work.model.jobs.get(construct.place)
    graph = _graph(work.model, construct)
    node = graph.node if graph else None
    if job is None or graph is None or not isinstance(node, cst.FunctionDef):
        outcome = Manual("its graph cannot be told by reading", "Write the flow by hand.")
        return refused_statement(work, construct, updated, outcome)
    wiring = job_wiring(work, construct, node, graph.module)
    if graph.argument("config") is not None:
        wiring.problems.append(f"the graph {graph.name}, which works out the configs of its ops")
    code = job_code(work, construct, job, wiring, docstring_code(work, node))
    if wiring.problems:
        outcome = Manual("; ".join(wiring.problems), "Wire the flow by hand.")
        return refused_statement(work, construct, updated, outcome)
    work.done(construct, job_outcome(work, construct, wiring))
    return led(statements(code), updated.leading_lines)


def _graph(model: Model, construct: Construct) -> Construct | None:
    value = model.project.evaluator.value(
        construct.node.func.value,  # type: ignore[union-attr]
        model.project.scope_of(construct),
    )
    return model.project.constructs.get(value.place) if isinstance(value, Decorated) else None


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """One deployment without a schedule."""
    job = model.jobs.get(construct.place)
    return [Deployment(job.name, entry_of(model, job), tags=tags_of(model, construct))] if job else []


RULE = Rule(
    ("dagster.GraphDefinition.to_job",), "call", JOB_READ, statement=statement, deployments=deployments
)
