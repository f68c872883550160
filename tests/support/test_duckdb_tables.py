"""Frames as tables of a DuckDB database."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest


def test_a_frame_replaces_the_rows_of_its_table(tmp_path: Path) -> None:
    from prefect_support.duckdb_tables import DuckDBTables  # type: ignore[import-not-found]
    from prefect_support.io import load, store  # type: ignore[import-not-found]

    database = str(tmp_path / "warehouse.duckdb")
    tables, raw = DuckDBTables(database=database), DuckDBTables(database=database, schema="raw")
    for ids in ([1, 2], [3]):
        store(tables, "asset://marts/orders", pd.DataFrame({"id": ids}))
        assert list(load(tables, "asset://marts/orders")["id"]) == ids
    store(tables, "asset://customers", pd.DataFrame({"name": ["a"]}))
    store(raw, "asset://marts/orders", pd.DataFrame({"id": [9]}))
    with duckdb.connect(database) as connection:
        found = connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
    assert sorted(found) == [("marts", "orders"), ("public", "customers"), ("raw", "orders")]
    with pytest.raises(ValueError, match="partitioned"):
        store(tables, "asset://marts/orders", pd.DataFrame({"id": [1]}), "2026-01-01")
    with pytest.raises(ValueError, match="is None"):
        store(tables, "asset://marts/orders", None)
    with pytest.raises(duckdb.CatalogException):
        load(tables, "asset://never")


def test_polars_frames(tmp_path: Path) -> None:
    import polars as pl
    from prefect_support.duckdb_polars import DuckDBPolarsTables
    from prefect_support.io import load, store

    tables = DuckDBPolarsTables(database=str(tmp_path / "warehouse.duckdb"), schema="raw")
    for frame in (pl.DataFrame({"id": [1, 2]}), pl.LazyFrame({"id": [3]})):
        store(tables, "asset://marts/orders", frame)
        found = load(tables, "asset://marts/orders")
        assert isinstance(found, pl.DataFrame)
        assert found.equals(frame.lazy().collect())
    with pytest.raises(ValueError, match="is None"):
        store(tables, "asset://marts/orders", None)
