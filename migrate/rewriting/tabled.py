"""Assets whose table a store of frames cannot tell from their key alone."""

from __future__ import annotations

import libcst as cst

from migrate.reading.units import Unit
from migrate.rewriting.work import Work

TABLES = (
    "dagster_duckdb_pandas.DuckDBPandasIOManager",
    "dagster_duckdb_polars.DuckDBPolarsIOManager",
    "dagster_snowflake_pandas.SnowflakePandasIOManager",
)
TABLE = "Write the table in the task, or change the class of the store."
NAMING = ("schema", "partition_expr", "columns")


def untold_table(work: Work, unit: Unit) -> str:
    """Why a table store cannot keep, or load, what this unit makes or reads; empty when it can."""
    model = work.model
    stores = {out.store: unit for out in unit.outs if out.store and out.value}
    for given in unit.inputs:
        maker = model.made_by.get(given.key)
        stores.update({o.store: maker for o in maker.outs if o.key == given.key} if maker else {})
    for key, maker in stores.items():
        resource = model.resources.get(key)
        if resource is None or resource.type_path not in TABLES:
            continue
        if maker.partitions is not None:
            return "a partition of a table"
        spelled = _decorators(work, maker) + _decorators(work, unit)
        if any(f"{quote}{name}{quote}" in spelled for quote in "\"'" for name in NAMING):
            return "metadata that names a table's schema, partition or columns"
    return ""


def _decorators(work: Work, unit: Unit) -> str:
    node, tree = unit.construct.node, work.model.project.file_of(unit.construct).tree
    decorators = node.decorators if isinstance(node, cst.FunctionDef) else ()
    return "".join(tree.code_for_node(d) for d in decorators)
