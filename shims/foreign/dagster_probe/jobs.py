"""Jobs, and the steps of those that are made of ops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .configuration import config_of, plain
from .operations import pools
from .policies import partition_keys, retries

if TYPE_CHECKING:
    from collections.abc import Iterator


def job(definition: Any, assets: set[str], checks: set[str]) -> dict[str, Any]:
    """One job: what it selects, its steps, its partitions, its configuration's defaults."""
    found = sorted(steps(definition.graph, "", {}), key=lambda step: step[0])
    asset_job = bool(assets or checks)
    return {
        "name": definition.name,
        "kind": "asset" if asset_job else "op",
        "assets": sorted(assets),
        "checks": sorted(checks),
        "steps": [] if asset_job else [step(definition, name, deps, op) for name, deps, op in found],
        "partitions": partition_keys(definition.partitions_def),
        "config": {k: v for name, _, op in found for k, v in config_of(name, op, definition)},
        "sequential": definition.executor_def.name == "in_process",
        "job_retries": retries(getattr(definition, "op_retry_policy", None)),
    }


def steps(graph: Any, prefix: str, outer: dict[str, list[str]]) -> Iterator[tuple[str, list[str], Any]]:
    """(handle, handles it waits for, op definition) of every op, nested graphs flattened to `graph.op`."""
    structure = graph.dependency_structure
    for node in graph.nodes:
        inputs: dict[str, list[str]] = {}
        for end, outputs in structure.input_to_upstream_outputs_for_node(node.name).items():
            inputs.setdefault(end.input_name, []).extend(prefix + origin(output) for output in outputs)
        for mapping in graph.input_mappings:
            if mapping.maps_to.node_name == node.name:
                given = outer.get(mapping.graph_input_name, [])
                inputs.setdefault(mapping.maps_to.input_name, []).extend(given)
        if hasattr(node.definition, "dependency_structure"):
            yield from steps(node.definition, f"{prefix}{node.name}.", inputs)
        else:
            yield prefix + node.name, sorted({s for given in inputs.values() for s in given}), node.definition


def origin(output: Any) -> str:
    """The handle of the op that really gives this output, looked up through nested graphs."""
    definition = output.node.definition
    if not hasattr(definition, "dependency_structure"):
        return str(output.node.name)
    _, handle = definition.resolve_output_to_origin(output.output_def.name, None)
    return f"{output.node.name}.{handle}".replace("None.", "")


def step(definition: Any, name: str, deps: list[str], op: Any) -> dict[str, Any]:
    """One step of an op job; `inputs` are values that no other step gives."""
    return {
        "name": name,
        "deps": deps,
        "retries": step_retries(definition, name),
        "pools": pools(op),
        "inputs": dict(inputs_from_outside(definition, name, op)),
    }


def inputs_from_outside(definition: Any, handle: str, op: Any) -> Iterator[tuple[str, Any]]:
    """(input, default) of what a step is given by configuration, by the job's inputs, or not at all."""
    *outer, name = handle.split(".")
    graph = definition.graph
    for part in outer:
        graph = graph.node_named(part).definition
    linked = {end.input_name for end in graph.dependency_structure.input_to_upstream_outputs_for_node(name)}
    linked |= {m.maps_to.input_name for m in graph.input_mappings if m.maps_to.node_name == name and outer}
    given = getattr(definition, "_input_values", None) or getattr(definition, "input_values", None) or {}
    for input_name, found in op.input_dict.items():
        if input_name in linked or found.dagster_type.is_nothing:
            continue
        if input_name in given:
            yield input_name, plain(given[input_name])
        else:
            yield input_name, plain(found.default_value) if found.has_default_value else "(required)"


def step_retries(definition: Any, handle: str) -> dict[str, Any] | None:
    """What a job does when this step fails: its own policy, the invocation's or the job's."""
    from dagster._core.definitions.dependency import NodeHandle

    return retries(definition.get_retry_policy_for_handle(NodeHandle.from_path(handle.split("."))))
