"""`--bridge`: what no rule converts stays with Dagster, behind a Prefect task or flow of the shims.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.outcomes import Bridged, Manual
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.results import Entry
from migrate.rewriting.group_tags import group_tags
from migrate.rewriting.layout import Group, Item, Pair, call, lay, listing, quoted
from migrate.rewriting.wiring import units_of_job
from migrate.rewriting.work import Work, led, statements

if TYPE_CHECKING:
    from migrate.model import Model

ASSETS = ("asset", "multi_asset", "graph_asset", "graph_multi_asset", "dbt_assets")
BRIDGE = "shims.prefect_bridge"


def bridgeable(model: Model, entries: Iterable[Entry]) -> dict[str, str]:
    """Place → why it is not converted, of what Dagster can go on running by its key or name.

    Not a job that takes values which only Prefect would then have: nobody hands them to a whole job.
    """
    found = {
        entry.construct.place: (entry.construct, entry.outcome.reason)
        for entry in entries
        if isinstance(entry.outcome, Manual) and _has_handle(model, entry.construct)
    }
    return {
        place: reason for place, (construct, reason) in found.items() if not _starves(model, construct, found)
    }


def _starves(model: Model, construct: Construct, left: Container[str]) -> bool:
    """Whether an asset job reads a value that a converted asset outside of it makes, and no store keeps."""
    if construct.kind != "define_asset_job":
        return False
    units = units_of_job(model, model.jobs[construct.place])[0]
    read = {given.key for unit in units for given in unit.inputs} - {k for unit in units for k in unit.keys}
    makers = [(key, model.made_by[key]) for key in read if key in model.made_by]
    return any(
        maker.construct.place not in left
        and any(out.key == key and out.value and not out.store for out in maker.outs)
        for key, maker in makers
    )


def _has_handle(model: Model, construct: Construct) -> bool:
    if construct.within or not model.is_deployed(construct):
        return False
    if construct.kind in ("job", "define_asset_job"):
        return construct.place in model.jobs
    unit = model.unit_of(construct)
    if unit is None or {"name", "key", "key_prefix", "asset"} & set(unit.unknown):
        return False
    if construct.kind in ASSETS:
        return bool(unit.keys)
    return construct.kind == "asset_check" and bool(unit.checks and unit.checks[0].asset)


def bridged(work: Work, construct: Construct, leading: Sequence[cst.EmptyLine]) -> list[cst.BaseStatement]:
    """`name = bridge_…(…)` in place of the function or the call."""
    node = construct.node
    name = node.name.value if not isinstance(node, cst.Call) else work.model.jobs[construct.place].function
    model, unit = work.model, work.model.unit_of(construct)
    source = Pair("source", quoted(f"{construct.file}:{construct.line}"))
    if construct.kind in ("job", "define_asset_job"):
        code = call(work.need(BRIDGE, "bridge_job"), quoted(model.jobs[construct.place].name), source)
    elif unit is not None and construct.kind == "asset_check":
        code = _check(work, unit, source)
    else:
        assert unit is not None
        code = _asset(work, construct, unit, source)
    start = f"{name} = "
    work.done(construct, Bridged(model.bridged[construct.place]))
    return led(statements(f"{start}{lay(code, 0, len(start))}\n"), leading)


def _asset(work: Work, construct: Construct, unit: Unit, source: Item) -> Group:
    items: list[Item] = [listing([quoted(key) for key in unit.keys])]
    if unit.upstream:
        items.append(Pair("asset_deps", listing([quoted(f"asset://{key}") for key in unit.upstream])))
    if unit.checks:
        kind = work.need(BRIDGE, "BridgedCheck")
        own = [(quoted(c.name), quoted(f"asset://{c.asset}"), c.blocking) for c in unit.checks]
        told = [call(kind, name, asset, *(["True"] if stops else [])) for name, asset, stops in own]
        items.append(Pair("checks", listing(told)))
    if len(unit.keys) == 1 and _is_read(work.model, unit):
        items.append("value=True")
    if tags := group_tags(work.model, work, construct, unit.scope, unit.group):
        items.append(Pair("tags", listing(tags)))
    return call(work.need(BRIDGE, "bridge_asset"), *items, source)


def _is_read(model: Model, unit: Unit) -> bool:
    """Whether a converted task takes the asset's value as an argument."""
    readers = (u for u in model.deployed_units if u.construct.place not in model.bridged)
    return any(given.key in unit.keys for reader in readers for given in reader.inputs)


def _check(work: Work, unit: Unit, source: Item) -> Group:
    check = unit.checks[0]
    items: list[Item] = [quoted(check.asset), quoted(check.name)]
    if check.blocking:
        items.append("blocking=True")
    return call(work.need(BRIDGE, "bridge_check"), *items, source)
