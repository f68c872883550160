"""`@asset_sensor` → a flow that an event starts: whenever the asset is materialized.

Nothing polls: the trigger stands at the deployment in `prefect.yaml`. `context.cursor` is the id of the run,
another one for each event. `asset_event` is read from Prefect's event: the asset, its metadata, partition and
run, and when it was made.

Upstream: https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.signatures import parameters
from migrate.reading.units import enum_name, key_of, text
from migrate.reading.values import Decorated
from migrate.rewriting.deciding import EVENT, deciding
from migrate.rewriting.deployments import Deployment, Trigger, function_entry, target_deployments
from migrate.rewriting.functions import refuse
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("0", "asset_key", "name", "job", "job_name", "jobs", "target", "minimum_interval_seconds"),
        *("description", "default_status", "required_resource_keys", "tags"),
    }
)
MATERIALIZED = "prefect.asset.materialization.succeeded"


def _key(model: Model, construct: Construct) -> str:
    value = model.project.value(construct, "asset_key", 0)
    made = model.keys_of(value) if isinstance(value, Decorated) else ()
    return key_of(value) or (made[0] if len(made) == 1 else "")


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function as a flow that an event starts."""
    assert work.frame is not None
    if not _key(work.model, construct):
        outcome = Manual("its asset cannot be told by reading", "Name the asset by a literal key.")
        return [refuse(work, construct, updated, outcome)]
    event = _event(work.model, construct)
    body = updated.with_changes(params=cst.Parameters(), decorators=[])
    asked = event if event and used_names(cst.Module([body]))[event] else ""
    work.done(construct, Adapted("an event starts it, instead of a poll"))
    return deciding(work, construct, work.frame, updated, "react", asked)


def _event(model: Model, construct: Construct) -> str:
    """The parameter that is the event: the second of those that are no resources; empty without one."""
    tree = model.project.python[construct.file].tree
    found = parameters(model.project.names, construct, tree)
    plain = [p.name for p in found if p.role != "resource" or p.annotation.endswith(EVENT)]
    return plain[1] if len(plain) > 1 else ""


def _asked(model: Model, construct: Construct) -> dict[str, str]:
    """The parameters of the trigger: the event, if the function reads what it says."""
    node, event = construct.node, _event(model, construct)
    if not isinstance(node, cst.FunctionDef) or not event:
        return {}
    body = node.with_changes(params=cst.Parameters(), decorators=[])
    read = used_names(cst.Module([body]))[event]
    return {"event_id": "{{ event.id|string }}"} if read else {}


def deployments(model: Model, construct: Construct) -> Sequence[Deployment]:
    """The deployment with its trigger."""
    key = _key(model, construct)
    if not key:
        return []
    value = model.project.value
    active = enum_name(value(construct, "default_status")) == "RUNNING"
    trigger = Trigger(
        (MATERIALIZED,), (f"asset://{key}",), parameters=_asked(model, construct), active=active
    )
    name, about = text(value(construct, "name")) or construct.name, text(value(construct, "description"))
    own = Deployment(name, function_entry(construct), about, triggers=(trigger,))
    return [*target_deployments(model, construct), own]


RULE = Rule(("dagster.asset_sensor",), "decorator", READ, function=function, deployments=deployments)
