"""`@sensor` → a polling flow with its cursor in a Prefect Variable, and a deployment with an interval.

The same code decides. A run request with a run key starts at most one run. A sensor without a job looks and
tells: one that asks for a run all the same fails, as it did. A `SensorDefinition` given its `evaluation_fn`
is one.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.units import enum_name, text
from migrate.rewriting.deciding import POLLED, deciding
from migrate.rewriting.deployments import Deployment, Schedule, function_entry, target_deployments
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("name", "job", "job_name", "jobs", "minimum_interval_seconds", "description", "default_status"),
        *("target", "asset_selection", "required_resource_keys", "tags"),
    }
)


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function as a polling flow."""
    assert work.frame is not None
    work.done(construct, POLLED)
    return deciding(work, construct, work.frame, updated)


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment that polls."""

    def given(name: str) -> Any:
        return model.project.value(construct, name)

    seconds = given("minimum_interval_seconds")
    schedule = Schedule(
        interval=seconds if isinstance(seconds, int) else 30,
        active=enum_name(given("default_status")) == "RUNNING",
    )
    name = text(given("name")) or construct.name
    about = text(given("description"))
    own = Deployment(name, function_entry(construct), about, schedule=schedule, one_at_a_time=True)
    return [*target_deployments(model, construct), own]


RULE = Rule(("dagster.sensor",), "decorator", READ, function=function, deployments=deployments)
