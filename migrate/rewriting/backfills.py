"""The backfill of a partitioned job: a flow that runs the job's flow once a partition, in order.

Dagster lets one launch it from its pages; here it is code beside the job's flow, and each partition can be
made atomic (support/backfill.py).
"""

from __future__ import annotations

from migrate.reading.values import Called
from migrate.rewriting.flows import LAYERS, config_parameter, parameter_line
from migrate.rewriting.layout import call, lay, quoted
from migrate.rewriting.references import camel
from migrate.rewriting.wiring import Wiring
from migrate.rewriting.work import Work


def backfill_code(work: Work, function: str, name: str, wiring: Wiring, partitions: object) -> str:
    """The source of the backfill flow; empty when the partitions have no name of their own."""
    keys = _keys(work, partitions)
    if not keys:
        return ""
    in_order = work.need("prefect_support.backfill", "in_order")
    configs = sorted(wiring.configs, key=lambda config: config[2])
    head = lay(call(work.need("prefect", "flow"), f"name={quoted(name + '_backfill')}"), 0, 1)
    parameters = [f"first: {wiring.partition}", f"last: {wiring.partition}"]
    parameters += [config_parameter(work, *config) for config in configs]
    given = [f"{config}={config}" for config, _, _ in configs]
    if configs:
        scenario, none = (work.need(LAYERS, name) for name in ("Scenario", "NO_SCENARIO"))
        parameters.append(f"scenario: {scenario} = {none}")
        in_scenario = work.need(LAYERS, "in_scenario")
        given = [f"{config}={in_scenario}(scenario, {config})" for config, _, _ in configs]
    run = lay(
        call(in_order, function, f"{keys}.between(first, last)", "state=state", "inputs=inputs", *given),
        4,
        11,
    )
    return "\n".join(
        [
            f"@{head}",
            f"def {function}_backfill(",
            *map(parameter_line, parameters),
            "    state: tuple[str, ...] = (),",
            "    inputs: tuple[str, ...] = (),",
            ") -> State[Any]:",
            '    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""',
            f"    return {run}",
            "",
        ]
    )


def _keys(work: Work, partitions: object) -> str:
    """The object that knows the keys, as this file can name it."""
    if not isinstance(partitions, Called):
        return ""
    construct = work.model.project.constructs.get(partitions.place)
    if construct is None:
        return ""
    for name, nodes in work.model.project.names.modules[construct.module].nodes.items():
        if name != camel(name) and any(getattr(node, "value", None) is construct.node for node in nodes):
            return work.own(construct.module, name)
    return ""
