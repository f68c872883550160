"""`define_asset_job` → `@flow` over the assets its selection means, wired in the order they need each other.

Resources are built once a run. Config is written where the flow submits the task; hooks and the retry policy
of the job are options of its tasks. Blocking checks are waited for by everything downstream of their asset. A
partitions definition becomes the flow's first parameter, `partition_key`; a second flow, `<job>_backfill`,
runs it for the partitions from one to another, in order. A job that a function or a loop of a module makes is
written out where that is called.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted, Converted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.backfills import backfill_code
from migrate.rewriting.deployments import Deployment, entry_of, tags_of
from migrate.rewriting.flows import flow_code
from migrate.rewriting.jobs import named
from migrate.rewriting.layout import Item, quoted
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.wiring import asset_wiring, partitions_of_job
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("0", "1", "name", "selection", "partitions_def", "description", "tags", "run_tags", "executor_def"),
        *("config", "hooks", "op_retry_policy"),
    }
)


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The job as a flow of the same name."""
    job = work.model.jobs.get(construct.place)
    if job is None:
        return refused_statement(
            work, construct, updated, Manual("it is made by a factory", "Write the flow by hand.")
        )
    wiring = asset_wiring(work, job)
    named(work, job, wiring)
    items: list[Item] = [f"name={quoted(job.name)}"]
    description = construct.argument("description")
    if description is not None:
        items.append(f"description={work.text(description)}")
    code = flow_code(work, job.function, items, wiring)
    if wiring.problems:
        return refused_statement(
            work, construct, updated, Manual("; ".join(wiring.problems), "Write the flow by hand.")
        )
    if wiring.partition:
        code += backfill_code(work, job.function, job.name, wiring, partitions_of_job(work.model, job))
    told = "; ".join(dict.fromkeys(wiring.differences))
    work.done(construct, Adapted(told) if told else Converted())
    return led(statements(code), updated.leading_lines)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """One deployment without a schedule."""
    job = model.jobs.get(construct.place)
    if job is None:
        return []  # it stands in a class that is refused whole
    return [Deployment(job.name, entry_of(model, job), tags=tags_of(model, construct))]


RULE = Rule(("dagster.define_asset_job",), "call", READ, statement=statement, deployments=deployments)
