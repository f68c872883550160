"""Assets whose partitions no table can keep: Dagster raises there too."""

from __future__ import annotations

from typing import Any

from migrate.reading.sources import of_source
from migrate.reading.units import Out, Unit
from migrate.reading.values import Called
from migrate.rewriting.signature import loads
from migrate.rewriting.storage_asks import TABLES
from migrate.rewriting.work import Work

TABLE = 'Dagster raises here too. Name the column: metadata={"partition_expr": "day"}.'
NAMING = ("schema", "partition_expr", "columns")


def untold_table(work: Work, unit: Unit) -> str:
    """Why a table store cannot keep, or load, what this unit makes or reads; empty when it can."""
    model = work.model
    makers = [
        (o.store, o.key, unit.partitions, _told(work, unit, o)) for o in unit.outs if o.store and o.value
    ]
    for load in loads(model, unit):
        maker = model.made_by.get(load.key)
        out = next(o for o in maker.outs if o.key == load.key) if maker else None
        told = (
            _told(work, maker, out) if maker and out else of_source(model.sources.get(load.key), "metadata")
        )
        makers.append((load.store, load.key, load.partitions, told))
    for store, key, partitions, told in makers:
        resource = model.resources.get(store)
        kinds = {way.type_path for way in resource.ways} if resource else set()
        if not kinds & set(TABLES) or partitions is None:
            continue
        if told is None or (isinstance(told, dict) and "partition_expr" not in told):
            return f"a partition of the table of {key}, whose column no partition_expr names,"
    return ""


def _told(work: Work, maker: Unit, out: Out) -> Any:
    """The metadata that an output has."""
    declared = out.declared.get("metadata") if isinstance(out.declared, Called) else None
    return declared or work.model.project.value(maker.construct, "metadata", None, maker.scope)
