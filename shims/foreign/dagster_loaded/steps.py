"""Assets and checks as they are loaded: one step for each definition, with what its decorator may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dagster_probe.keys import path
from ..dagster_probe.operations import op_defs, pools
from .functions import function_of
from .partitions import partitions
from .spelling import said

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "dagster/"


def all_steps(repository: Any, root: Path) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """(the steps, `id` of an op → the number of its step); Dagster copies definitions, not their ops."""
    found: list[dict[str, Any]] = []
    numbers: dict[int, int] = {}
    graph = repository.asset_graph
    for definition in graph.assets_defs:
        ops = op_defs(definition)
        if len(ops) == 1 and definition.is_executable:
            numbers[id(ops[0])] = len(found)
            found.append(step(definition, ops[0], graph, root))
    return found, numbers


def step(definition: Any, op: Any, graph: Any, root: Path) -> dict[str, Any]:
    """One step."""
    keys = {k: name for name, k in definition.keys_by_output_name.items()}
    values = {i.name for i in op.input_defs if not i.dagster_type.is_nothing}
    inputs = {name: path(k) for name, k in definition.keys_by_input_name.items() if name in values}
    selected = set(definition.keys)
    return {
        "step": op.name,
        "function": function_of(op, root),
        "outputs": [
            output(definition, op, graph, key, name, root) for key, name in keys.items() if key in selected
        ],
        "inputs": inputs,
        "deps": sorted(
            path(k) for n, k in definition.keys_by_input_name.items() if path(k) not in inputs.values()
        ),
        "checks": [check(spec, root) for spec in definition.check_specs],
        "partitions": partitions(definition.partitions_def, root),
        "resources": sorted(definition.required_resource_keys),
        "retry": retry(op),
        "pools": pools(op),
        "can_subset": bool(definition.can_subset),
        "op_tags": said({k: v for k, v in op.tags.items() if not k.startswith(HIDDEN)}, root),
        "has_config": bool(op.config_schema and getattr(op.config_schema.config_type, "fields", None)),
    }


def output(definition: Any, op: Any, graph: Any, key: Any, name: str, root: Path) -> dict[str, Any]:
    """One asset: everything that `@asset` or an `AssetSpec` may say of it."""
    out, node = op.output_def_named(name), graph.get(key)
    condition = getattr(node, "automation_condition", None) or getattr(node, "auto_materialize_policy", None)
    return {
        "name": name,
        "key": list(key.path),
        "deps": sorted(path(k) for k in node.parent_keys if k != key),
        "group": node.group_name if node.group_name != "default" else "",
        "tags": said(
            {k: v for k, v in dict(getattr(node, "tags", {})).items() if not k.startswith(HIDDEN)}, root
        ),
        "kinds": sorted(getattr(node, "kinds", ()) or ()),
        "owners": [str(o) for o in getattr(node, "owners", ()) or ()],
        "description": node.description or "",
        "code_version": node.code_version or "",
        "metadata": said(plain_metadata(node), root),
        "required": bool(out.is_required),
        "value": not out.dagster_type.is_nothing,
        "store": out.io_manager_key,
        "automation": str(condition) if condition else "",
        "freshness": bool(getattr(node, "freshness_policy", None)),
    }


def plain_metadata(node: Any) -> dict[str, Any]:
    """Metadata of a definition, as far as it is not Dagster's own."""
    found = dict(node.metadata or {})
    return {
        k: getattr(v, "value", v)
        for k, v in found.items()
        if not k.startswith(("dagster", "dagster_dbt"))
        and type(getattr(v, "value", v)) in (str, int, float, bool)
    }


def check(spec: Any, root: Path) -> dict[str, Any]:
    """One check."""
    return {
        "name": spec.name,
        "asset": list(spec.asset_key.path),
        "blocking": bool(getattr(spec, "blocking", False)),
        "description": spec.description or "",
        "deps": sorted(path(d.asset_key) for d in getattr(spec, "additional_deps", ()) or ()),
    }


def retry(op: Any) -> str:
    """An op's retry policy as source; empty when there is none."""
    policy = op.retry_policy
    if policy is None:
        return ""
    more = [f"max_retries={policy.max_retries}"]
    more += [f"delay={policy.delay!r}"] if policy.delay is not None else []
    more += [f"backoff=dagster.Backoff.{policy.backoff.name}"] if policy.backoff else []
    more += [f"jitter=dagster.Jitter.{policy.jitter.name}"] if policy.jitter else []
    return f"dagster.RetryPolicy({', '.join(more)})"


def dbt_nodes(repository: Any) -> dict[str, dict[str, str]]:
    """Asset key → the dbt node it is of: its unique id, and the step that makes it."""
    found = {}
    for definition in repository.asset_graph.assets_defs:
        ops = op_defs(definition)
        for key in definition.keys:
            metadata = dict(definition.metadata_by_key.get(key) or {})
            unique = metadata.get("dagster_dbt/unique_id")
            name = getattr(unique, "value", unique)
            if isinstance(name, str):
                found[path(key)] = {"node": name, "step": ops[0].name if ops else ""}
    return found
