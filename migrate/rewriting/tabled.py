"""Assets whose partitions no table can keep: Dagster raises there too."""

from __future__ import annotations

from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.storage_asks import TABLES
from migrate.rewriting.work import Work

TABLE = 'Dagster raises here too. Name the column: metadata={"partition_expr": "day"}.'
NAMING = ("schema", "partition_expr", "columns")


def untold_table(work: Work, unit: Unit) -> str:
    """Why a table store cannot keep, or load, what this unit makes or reads; empty when it can."""
    model = work.model
    makers = [(unit, out) for out in unit.outs if out.store and out.value]
    for given in unit.inputs:
        maker = model.made_by.get(given.key)
        makers += [(maker, o) for o in maker.outs if o.key == given.key and o.store] if maker else []
    for maker, out in makers:
        resource = model.resources.get(out.store)
        kinds = {way.type_path for way in resource.ways} if resource else set()
        if not kinds & set(TABLES) or maker.partitions is None:
            continue
        declared = out.declared.get("metadata") if isinstance(out.declared, Called) else None
        told = declared or model.project.value(maker.construct, "metadata", None, maker.scope)
        if told is None or (isinstance(told, dict) and "partition_expr" not in told):
            return f"a partition of the table of {out.key}, whose column no partition_expr names,"
    return ""
