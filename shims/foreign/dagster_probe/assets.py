"""Assets and their checks."""

from __future__ import annotations

from typing import Any

from .keys import path
from .operations import op_defs, place_of, pools
from .policies import partition_keys, retries


def asset(node: Any) -> dict[str, Any]:
    """One asset of the graph."""
    ops = op_defs(node.assets_def) if node.is_executable else []
    policies = {op.retry_policy for op in ops}
    condition = getattr(node, "automation_condition", None) or getattr(node, "auto_materialize_policy", None)
    return {
        "key": path(node.key),
        "deps": sorted(path(k) for k in node.parent_keys),
        "group": node.group_name or "default",
        "partitions": partition_keys(node.partitions_def),
        "retries": retries(policies.pop()) if len(policies) == 1 else None,
        "source": not node.is_executable or (node.is_observable and not node.is_materializable),
        "automation": str(condition) if condition else None,
        "description": node.description,
        "pools": sorted({name for op in ops for name in pools(op)}),
        "owners": owners(node),
        "freshness": freshness(node),
        "backfill": backfill(node),
        "place": place_of(ops[0]) if ops else None,
        **(wiring(node) if node.is_executable else {}),
    }


def wiring(node: Any) -> dict[str, Any]:
    """How an asset is made: by which step, which inputs it takes as values, which IO manager stores it."""
    definition = node.assets_def
    try:
        computation = definition.node_def
        inputs = {i.name for i in computation.input_defs if not i.dagster_type.is_nothing}
        loads = sorted(path(k) for name, k in definition.keys_by_input_name.items() if name in inputs)
        names = {k: name for name, k in definition.keys_by_output_name.items()}
        output = computation.output_def_named(names[node.key])
        store = "" if output.dagster_type.is_nothing else output.io_manager_key
    except Exception:  # an assets definition without a computation raises, in ways that vary
        return {"step": "", "loads": [], "store": ""}
    return {"step": computation.name, "loads": loads, "store": store}


def owners(node: Any) -> list[str]:
    """Who owns an asset, as `team:name` or an address; before 1.8 teams were objects."""
    found = getattr(node, "owners", None) or ()
    return sorted(o if isinstance(o, str) else f"team:{getattr(o, 'team', None) or o.email}" for o in found)


def freshness(node: Any) -> str | None:
    """The freshness policy of an asset, whichever name this version keeps it under."""
    names = ("freshness_policy", "legacy_freshness_policy", "freshness_policy_or_from_metadata")
    return next((str(p) for name in names if (p := getattr(node, name, None)) is not None), None)


def backfill(node: Any) -> int | None:
    """How many partitions a backfill puts into one run, 0 for all; None for an asset without partitions."""
    if node.partitions_def is None:
        return None
    policy = getattr(node, "backfill_policy", None)
    return 1 if policy is None else policy.max_partitions_per_run or 0


def check_name(found: dict[str, Any]) -> str:
    """How a check is called in a list: `asset:name`."""
    return f"{found['asset']}:{found['name']}"


def check(graph: Any, key: Any) -> dict[str, Any]:
    """One asset check."""
    spec = graph.get_check_spec(key)
    return {
        "asset": path(key.asset_key),
        "name": key.name,
        "blocking": bool(getattr(spec, "blocking", False)),
        "description": spec.description,
    }
