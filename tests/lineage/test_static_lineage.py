"""Lineage from code alone: declared, hidden, across years, and by column."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from migrate.errors import ChangeoverError
from migrate.lineage.graph import Edge, Lineage
from migrate.lineage.select import selected


def edge(graph: Lineage, source: str, target: str) -> Edge:
    return next(e for e in graph.edges if (e.source, e.target) == (source, target))


def test_assets_models_seeds_sources_and_checks_are_nodes(shop: Lineage) -> None:
    kinds = {node.id: (node.kind, node.layer) for node in shop.nodes.values()}
    assert kinds["raw/till"] == ("asset", "python"), "a source that Dagster makes is the asset"
    assert kinds["sales"] == ("model", "marts")
    assert kinds["opening_stock"] == ("seed", "seeds")
    assert kinds["sales:not_null_sales_sku"] == ("check", "checks")
    assert kinds["sales:one_row_a_sku"] == ("check", "checks")
    assert kinds["table:rates"] == ("external", "outside")


def test_declared_edges_across_python_and_dbt(shop: Lineage) -> None:
    assert not edge(shop, "raw/till", "stg_till").hidden
    assert edge(shop, "stg_till", "sales").kind == "data"
    assert edge(shop, "sales", "report").kind == "data", "ordered by deps, and seen to be read"
    assert edge(shop, "sales", "sales:not_null_sales_sku").kind == "check"


def test_tables_that_nothing_declares_are_hidden_edges(shop: Lineage) -> None:
    python = edge(shop, "table:raw.stock", "report")
    assert (python.hidden, python.file, python.line) == (True, "shop/assets.py", 4)
    model = edge(shop, "table:rates", "sales")
    assert (model.hidden, model.file, model.line) == (True, "dbt/models/marts/sales.sql", 5)
    assert len([e for e in shop.edges if e.hidden]) == 3


def test_what_would_be_a_cycle_is_the_year_before(shop: Lineage) -> None:
    year = edge(shop, "sales", "opening")
    assert (year.kind, year.hidden) == ("year", True)
    assert "sales" in shop.walk(["opening"], up=True)
    assert "sales" not in shop.walk(["opening"], up=True, years=False)


def test_columns_through_ctes_macros_and_years(shop: Lineage) -> None:
    found = {
        (f"{c.source}.{c.source_column}", f"{c.target}.{c.target_column}", c.across_years)
        for c in shop.columns
    }
    assert ("stg_till.amount", "sales.total", False) in found
    assert ("raw/till.price", "stg_till.amount", False) in found
    assert ("sales.left_over", "opening.stock", True) in found
    assert ("opening_stock.stock", "opening.stock", False) in found
    assert ("raw/till.price", "stg_till.sku", False) not in found


def test_the_published_schema_holds(shop: Lineage) -> None:
    schema = json.loads((files("migrate") / "schemas" / "lineage.schema.json").read_text())
    jsonschema.validate(json.loads(json.dumps(shop.as_json())), schema)


def test_one_asset_with_what_it_needs(shop: Lineage) -> None:
    part, start = selected(shop, "sales", "up", 1, None, False)
    assert start == "sales"
    assert set(part.nodes) == {"sales", "stg_till", "opening", "table:rates"}
    part, _ = selected(shop, "sales", "down", None, None, False)
    assert "report" in part.nodes
    assert "stg_till" not in part.nodes


def test_one_column_with_what_it_is_made_of(shop: Lineage) -> None:
    part, start = selected(shop, "sales.total", "up", None, None, True)
    assert start == "sales"
    assert {(c.source, c.source_column) for c in part.columns} == {
        ("stg_till", "amount"),
        ("raw/till", "price"),
        ("raw/till", "pieces"),
    }


def test_an_unknown_asset_is_named_with_what_is_near(shop: Lineage) -> None:
    with pytest.raises(ChangeoverError) as problem:
        selected(shop, "salse", None, None, None, False)
    assert "sales" in problem.value.remedy


def test_a_singular_test_judges_the_one_table_it_reads_or_names(shop: Lineage) -> None:
    singular = {n.id for n in shop.nodes.values() if n.file.startswith("dbt/tests/")}
    assert singular == {"stg_till:nothing_is_free", "sales:sales_meet_the_till", "opening:named_in_yaml"}
    assert edge(shop, "sales", "sales:sales_meet_the_till").kind == "check"
