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
    with pytest.raises(ValueError, match="no partition_expr"):
        store(tables, "asset://marts/orders", pd.DataFrame({"id": [1]}), "2026-01-01")
    with pytest.raises(ValueError, match="is None"):
        store(tables, "asset://marts/orders", None)
    with pytest.raises(duckdb.CatalogException):
        load(tables, "asset://never")


def test_a_partition_replaces_its_rows_and_no_others(tmp_path: Path) -> None:
    """The rows that dagster-duckdb-pandas 0.29 left after the same calls."""
    from prefect_support.duckdb_tables import DuckDBTables
    from prefect_support.io import load, store
    from prefect_support.partitions import (  # type: ignore[import-not-found]
        MultiPartitions,
        partition_of,
    )
    from prefect_support.time_windows import daily  # type: ignore[import-not-found]

    tables = DuckDBTables(database=str(tmp_path / "warehouse.duckdb"))
    days = daily("2024-01-01", "2024-01-05")
    both = MultiPartitions({"day": days, "shop": partition_of(["a", "b'c"])})
    orders = {"metadata": {"partition_expr": "moment", "schema": "sales"}, "partitions": days}
    columns = {"day": "moment", "shop": "shop"}
    sums = {"metadata": {"partition_expr": columns}, "partitions": both}

    def frame(day: str, n: int, **more: str) -> pd.DataFrame:
        at = [pd.Timestamp(day), pd.Timestamp(f"{day} 23:59:59")]
        return pd.DataFrame({"moment": at, "n": [n, n], **more})

    for n, day in enumerate(("2024-01-01", "2024-01-02", "2024-01-01")):
        store(tables, "asset://raw/orders", frame(day, n), day, **orders)
    store(tables, "asset://raw/orders", frame("2024-01-03", 9)[:0], "2024-01-03", **orders)
    for n, shop in enumerate(("a", "b'c", "a")):
        store(tables, "asset://sums", frame("2024-01-01", n, shop=shop), f"2024-01-01|{shop}", **sums)
    with duckdb.connect(tables.database) as connection:
        kept = connection.execute("select n from sales.orders order by moment").fetchall()
        found = connection.execute("select distinct shop, n from public.sums order by n").fetchall()
    assert kept == [(2,), (2,), (1,), (1,)]
    assert found == [("b'c", 1), ("a", 2)]
    read = {"upstream": orders["metadata"], "partitions": days, "metadata": {"columns": ["n"]}}
    assert load(tables, "asset://raw/orders", "2024-01-02", **read).to_dict("list") == {"n": [1, 1]}
    assert len(load(tables, "asset://raw/orders", ("2024-01-01", "2024-01-02"), **read)) == 4
    assert len(load(tables, "asset://raw/orders", (), **read)) == 0
    store(tables, "asset://never", frame("2024-01-01", 1)[:0])
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
