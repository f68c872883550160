"""Columns that change and numbers out of bounds are told, of what a real server keeps of two runs."""

import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


@pytest.fixture(scope="module")
def told(prefect: str) -> Callable[[str, int], None]:
    """Makes assets, each with what is said of it, and waits until the server knows."""
    from prefect import flow
    from prefect.assets import add_asset_metadata, materialize
    from prefect_support.asset_history import told_of

    def make(key: str, times: int, facts: dict[str, Any] | None = None) -> None:
        @materialize(key)
        def made() -> None:
            if facts:
                add_asset_metadata(key, facts)

        @flow
        def run() -> None:
            made()

        run()
        waited = time.monotonic() + 30
        while time.monotonic() < waited and len(told_of(key, times)) < times:
            time.sleep(0.2)

    for time_made, columns in enumerate(([("a", "int"), ("b", "int")], [("a", "text"), ("c", "int")])):
        schema = {"columns": [{"name": name, "type": kind} for name, kind in columns]}
        make("asset://history/orders", time_made + 1, {"dagster/column_schema": schema, "rows": 5})
    make("asset://history/silent", 1)
    make("asset://history/silent", 2)
    return told_of


def verdicts(task: Any) -> dict[str, tuple[bool, str]]:
    from prefect import flow

    @flow
    def judge() -> Any:
        return task(return_state=True).result()

    return {record.asset: (record.passed, record.description) for record in judge()}


def test_changed_columns(told: Any) -> None:
    from prefect_support.asset_history import column_schema_checks

    keys = [f"asset://history/{name}" for name in ("orders", "silent", "never")]
    task = column_schema_checks(keys)
    assert [(check.asset, check.name) for check in task.checks] == [(k, "column_schema_change") for k in keys]
    assert verdicts(task) == {
        keys[0]: (False, "added: c; removed: b; other types: a"),
        keys[1]: (False, "nothing was said of its columns this time"),
        keys[2]: (True, "it has been made fewer than 2 times"),
    }


def test_numbers_within_bounds(told: Any) -> None:
    from prefect_support.asset_history import metadata_bounds_checks

    def of(key: str, **bounds: Any) -> tuple[bool, str]:
        task = metadata_bounds_checks([f"asset://history/{key}"], metadata_key="rows", **bounds)
        assert task.checks[0].name == "rows_bounds_check"
        return verdicts(task)[f"asset://history/{key}"]

    assert of("orders", min_value=5, max_value=5) == (True, "5 is within bounds")
    assert of("orders", min_value=5, exclusive_min=True) == (False, "5 is below 5")
    assert of("orders", max_value=4) == (False, "5 is above 4")
    assert of("silent", min_value=1) == (False, "no number was said of rows")
    assert of("never", min_value=1) == (False, "it has not been made")
    with pytest.raises(ValueError, match="give min_value"):
        of("orders")
