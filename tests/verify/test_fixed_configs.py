"""Configs that a job fixes, and those of resources that a schedule sets up, are the same on both sides."""

from typing import Any

import pytest

from migrate.difference import NORMALISED
from migrate.equivalence_runs import _requests
from shims.foreign.dagster_probe.schedules import flat_config

pytestmark = pytest.mark.real


def test_what_a_flow_hands_to_its_tasks_is_its_config() -> None:
    from prefect import flow, task
    from pydantic import BaseModel

    from shims.foreign.prefect_probe.jobs import job
    from shims.foreign.prefect_probe.recording import trace_flow

    class Years(BaseModel):
        years: list[int] = [1]
        side: str = "left"

    class Store(BaseModel):
        folder: str = "out"

    @task
    def counted(config: Years, store: Store) -> int:
        return len(config.years)

    @task
    def asked(config: Years) -> int:
        return len(config.years)

    @flow(name="counting")
    def counting(asked_config: Years = Years()) -> None:  # noqa: B008
        counted.submit(Years(years=[1, 2]), Store())
        asked.submit(asked_config)

    told = job(counting, list(trace_flow(counting)), nested=False)["config"]
    assert told == {
        "counted.years": [1, 2],
        "counted.side": "left",
        "asked.years": [1],
        "asked.side": "left",
    }


def test_a_run_config_names_its_resources() -> None:
    config = {"resources": {"store": {"config": {"folder": "six"}}}, "ops": {"a": {"config": {"n": 1}}}}
    assert dict(flat_config(config)) == {"store.folder": "six", "a.n": 1}


def run(**config: Any) -> list[Any]:
    return [{"partition": None, "config": config}]


def test_only_the_store_of_values_in_memory_may_be_left_out() -> None:
    moment = "2026-01-01T06:00:00Z"
    mine = {moment: run(**{"io_manager.base_dir": "x", "store.folder": "six"})}
    (left_out,) = _requests("at_six", mine, {moment: run(**{"store.folder": "six"})})
    assert left_out.explained == NORMALISED["in memory"]
    (lost,) = _requests("at_six", mine, {moment: run()})
    assert lost.explained == ""
    assert list(_requests("at_six", mine, mine)) == []
