"""`if __name__ == "__main__":` of the one file: its deployments are served, each with its schedules.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployment_infra/run-flows-in-local-processes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from migrate.rewriting.deployments import Deployment, Schedule, Trigger
from migrate.rewriting.layout import Group, Item, Pair, call, lay, listing, quoted
from migrate.single.members import External
from migrate.single.naming import Names

SERVE = External("prefect", "serve", "serve")
CRON = External("prefect.schedules", "Cron", "Cron")
INTERVAL = External("prefect.schedules", "Interval", "Interval")
TRIGGER = External("prefect.events", "DeploymentEventTrigger", "DeploymentEventTrigger")


def needed(deployments: Sequence[Deployment]) -> list[External]:
    """What the block has to import."""
    found = [SERVE] if deployments else []
    schedules = [s for d in deployments for s in schedules_of(d)]
    found += [CRON] if any(not s.interval for s in schedules) else []
    found += [INTERVAL] if any(s.interval for s in schedules) else []
    return [*found, *([TRIGGER] if any(d.triggers for d in deployments) else [])]


def schedules_of(deployment: Deployment) -> list[Schedule]:
    """All schedules of a deployment."""
    return [*([deployment.schedule] if deployment.schedule else []), *deployment.schedules]


def served(deployments: Sequence[Deployment], flows: Sequence[str], names: Names, waits: bool = False) -> str:
    """The text of the block.

    Args:
        deployments: what is served.
        flows: what their flows are called in the file; empty for one that is not there.
        names: what everything else is called.
        waits: whether a flow waits for runs of others, which one run at a time would never let start.
    """
    if not deployments:
        return ""
    lines = ['if __name__ == "__main__":', f"    {names.final[SERVE]}("]
    for deployment, flow in zip(deployments, flows, strict=True):
        lines += [f"        {comment}" for comment in deployment.comments]
        if not flow:
            lines.append(
                f"        # not served: {deployment.name}, whose flow is not converted (conversion.json)"
            )
            continue
        lines.append(f"        {lay(_deployment(deployment, flow, names), 8, 8, 1)},")
    if any(d.queue for d in deployments) and not waits:
        lines.append("        # DuckDB lets one process write a file: one run at a time")
        lines.append("        limit=1,")
    return "\n".join([*lines, "    )"]) + "\n"


def _deployment(deployment: Deployment, flow: str, names: Names) -> Group:
    items: list[Item] = [quoted(deployment.name)]
    if deployment.description:
        items.append(Pair("description", quoted(deployment.description)))
    if deployment.tags:
        items.append(Pair("tags", listing([quoted(tag) for tag in deployment.tags])))
    if deployment.parameters:
        items.append(Pair("parameters", literal(dict(deployment.parameters))))
    schedules = [_schedule(s, names) for s in schedules_of(deployment)]
    if schedules:
        items.append(Pair("schedules", listing(schedules)))
    if deployment.one_at_a_time:
        items.append(Pair("concurrency_limit", "1"))
    if deployment.triggers:
        items.append(Pair("triggers", listing([_trigger(t, names) for t in deployment.triggers])))
    return call(f"{flow}.to_deployment", *items)


def _schedule(schedule: Schedule, names: Names) -> Group:
    active = f"active={schedule.active}"
    if schedule.interval:
        return call(names.final[INTERVAL], str(schedule.interval), active)
    return call(names.final[CRON], quoted(schedule.cron), Pair("timezone", quoted(schedule.timezone)), active)


def _trigger(trigger: Trigger, names: Names) -> Group:
    given: list[Item] = [f"enabled={trigger.active}", Pair("expect", _set(trigger.events))]
    if trigger.resources:
        given.append(Pair("match", literal({"prefect.resource.id": list(trigger.resources)})))
    if trigger.flows:
        related = {"prefect.resource.role": "flow", "prefect.resource.name": list(trigger.flows)}
        given.append(Pair("match_related", literal(related)))
    if trigger.parameters:
        given.append(Pair("parameters", literal(dict(trigger.parameters))))
    return call(names.final[TRIGGER], *given)


def _set(values: Sequence[str]) -> Group:
    return Group("{", tuple(quoted(v) for v in values), "}")


def literal(value: Any) -> str | Group:
    """A value as Python writes it, with double quotes."""
    if isinstance(value, Mapping):
        return Group("{", tuple(_entries(value)), "}")
    if isinstance(value, list | tuple):
        return listing([literal(v) for v in value])
    return quoted(value) if isinstance(value, str) else repr(value)


def _entries(value: Mapping[str, Any]) -> Iterator[Item]:
    for name, inner in value.items():
        start, given = f"{quoted(str(name))}: ", literal(inner)
        if isinstance(given, Group):
            yield Group(start + given.open, given.items, given.close)
        else:
            yield f"{start}{given}"
