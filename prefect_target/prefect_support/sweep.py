"""Scenario sweeps: a partitioned flow for many sets of parameters, each on a copy of the state of its own.

Written by `migrate convert`; yours to edit.

    sweep = Sweep(
        flow="planalign.jobs:simulate_year", partitions=("2025", "2026"), parameter="workforce_models_config",
        state=("PLANALIGN_DB", "PLANALIGN_STORE"), tables=("fct_workforce_snapshot",), folder=Path("sweep"),
    )
    results = run_sweep(sweep, grid(random_seed=range(100), match_rate=(0.25, 0.5)), engine="dask:4")

The engine is one setting:

    here                 one after another, in this process
    dask:4               a Dask cluster of 4 worker processes, started for the sweep
    dask:tcp://host:8786 a Dask cluster that is there already
    ray                  a Ray cluster (prefect-ray), the local one or that of RAY_ADDRESS
    pool:4:NAME          runs of the deployment NAME of `one_scenario`, 4 at a time, by its pool's workers

A scenario copies the state, runs its partitions in order (backfill.py: each atomic), and leaves its rows as
Parquet files, each by one rename. It is run again up to twice when it fails or its worker is lost, and goes
on after the last partition it finished; scenarios that have left their rows are never run again. All rows of
all scenarios, with the scenario's key, and a table `scenarios` are in the folder's `results.duckdb`.

Upstream: https://docs.prefect.io/integrations/prefect-dask and https://docs.prefect.io/v3/concepts/work-pools
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

import importlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.deployments import run_deployment
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from .backfill import in_order
from .flows import settle
from .snapshots import copied, key_of

Values = Mapping[str, Any]


class Sweep(BaseModel, extra="forbid", frozen=True):
    """What every scenario runs, and where its rows are gathered. Paths must mean the same on every worker."""

    flow: str = Field(description="The flow of one partition: module:function.")
    partitions: tuple[str, ...] = Field(min_length=1, description="Their keys, in order.")
    parameter: str = Field(description="The flow's parameter that a scenario's values go to.")
    state: tuple[str, ...] = Field(
        min_length=1, description="Environment variables with paths; a database first."
    )
    tables: tuple[str, ...] = Field(min_length=1, description="Tables of the database to gather.")
    folder: Path = Field(description="Where scenarios work and leave their rows.")
    partition_parameter: str = "partition_key"
    nodes_shown: bool = Field(default=False, description="Whether each dbt node is a task run here, too.")

    def key(self, values: Values) -> str:
        """A scenario's name: a digest of what it runs."""
        return key_of(self.flow, self.partitions, self.parameter, dict(values))

    def rows(self, key: str, table: str) -> Path:
        """The Parquet file of a scenario's rows of a table."""
        return self.folder.absolute() / "rows" / table / f"{key}.parquet"

    def is_done(self, key: str) -> bool:
        """Whether a scenario has left all its rows."""
        return all(self.rows(key, table).is_file() for table in self.tables)


def grid(**choices: Iterable[Any]) -> list[dict[str, Any]]:
    """Every combination of the values given for each field."""
    return [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]


@flow(name="sweep", validate_parameters=True)
def sweep_scenarios(sweep: Sweep, scenarios: list[dict[str, Any]], deployment: str = "") -> State[Any]:
    """A task a scenario; with `deployment`, each starts a run of it and waits."""
    base = {name: str(Path(os.environ[name]).absolute()) for name in sweep.state}
    futures: list[PrefectFuture[Any]] = [
        _scenario.with_options(task_run_name=f"scenario {sweep.key(values)}").submit(
            sweep, values, base, deployment
        )
        for values in scenarios
    ]
    return settle(scenarios=futures)


@flow(name="one scenario", validate_parameters=True)
def one_scenario(sweep: Sweep, values: dict[str, Any], base: dict[str, str]) -> None:
    """One scenario as a flow run of its own: what work pools run."""
    simulate(sweep, values, base)


@task(name="scenario", retries=2, retry_delay_seconds=1, cache_policy=NO_CACHE)
def _scenario(sweep: Sweep, values: dict[str, Any], base: dict[str, str], deployment: str) -> str:
    key = sweep.key(values)
    if sweep.is_done(key):
        return key
    if not deployment:
        simulate(sweep, values, base)
        return key
    given = {"sweep": sweep.model_dump(mode="json"), "values": values, "base": base}
    run = run_deployment(deployment, parameters=given, as_subflow=False, tags=[f"scenario:{key}"])
    if not sweep.is_done(key):
        raise RuntimeError(f"scenario {key}: run {run.name} ended {run.state and run.state.name}")
    return key


def simulate(sweep: Sweep, values: Values, base: Mapping[str, str]) -> None:
    """Run one scenario in this process, from where it was left, and leave its rows."""
    key = sweep.key(values)
    place = sweep.folder.absolute() / "scenarios" / key
    module, _, name = sweep.flow.partition(":")
    run = getattr(importlib.import_module(module), name)
    live = {name: str(place / name / Path(path).name) for name, path in base.items()}
    if not (place / "state").is_file():
        shutil.rmtree(place, ignore_errors=True)
        for variable, path in live.items():
            copied(Path(base[variable]), Path(path))
        (place / "state").write_text(json.dumps(dict(values)))
    scratch = sweep.folder.absolute() / "workers" / str(os.getpid())
    own = {**live, "DBT_TARGET_PATH": str(scratch / "target"), "DBT_LOG_PATH": str(scratch / "logs")}
    own |= {} if sweep.nodes_shown else {"DBT_NODES_SHOWN": "no"}
    with environment(own):
        given: dict[str, Any] = {sweep.parameter: dict(values)}
        in_order(run, sweep.partitions, state=sweep.state, parameter=sweep.partition_parameter, **given)
        for table in sweep.tables:
            _leave(Path(live[sweep.state[0]]), table, key, sweep.rows(key, table))
    shutil.rmtree(place)


def run_sweep(sweep: Sweep, scenarios: Sequence[Values], engine: str = "") -> Path:
    """Run all scenarios that have not left their rows yet; return the DuckDB file with all of them.

    Args:
        sweep: what every scenario runs.
        scenarios: the values of each; those of a field that is not named are the class's.
        engine: see above; empty: that of the environment variable SWEEP_ENGINE, else `here`.

    Raises RuntimeError when a scenario failed; the rows of the others are there, and are gathered.
    """
    chosen = engine or os.environ.get("SWEEP_ENGINE", "here")
    deployment = chosen.split(":", 2)[2] if chosen.startswith("pool:") else ""
    runner = sweep_scenarios.with_options(task_runner=runner_of(chosen))
    state = runner(sweep, [dict(values) for values in scenarios], deployment, return_state=True)
    gathered = gather(sweep, scenarios)
    if not state.is_completed():
        raise RuntimeError(f"{state.message}; what is there is in {gathered}")
    return gathered


def runner_of(engine: str) -> TaskRunner[Any]:
    """The task runner of an engine; raises ValueError for one that is none of those above."""
    kind, _, rest = engine.partition(":")
    if kind == "here":
        return ThreadPoolTaskRunner(max_workers=1)
    if kind == "pool" and rest.split(":")[0].isdigit():
        return ThreadPoolTaskRunner(max_workers=int(rest.split(":")[0]))
    if kind == "dask":
        from prefect_dask import DaskTaskRunner

        if not rest.isdigit():
            return DaskTaskRunner(address=rest)
        # one thread a worker: environment and dbt are process-wide; lost workers are started again
        cluster = {"n_workers": int(rest), "threads_per_worker": 1, "dashboard_address": None}
        return DaskTaskRunner(cluster_kwargs=cluster)
    if kind == "ray":
        from prefect_ray import RayTaskRunner  # type: ignore[import-not-found, unused-ignore]

        return RayTaskRunner(address=os.environ.get("RAY_ADDRESS"))
    raise ValueError(f"{engine!r} is no engine: here, dask:4, dask:tcp://host:port, ray, pool:4:deployment")


def gather(sweep: Sweep, scenarios: Sequence[Values]) -> Path:
    """All rows that are there, in one DuckDB file, made anew by one rename."""
    import duckdb

    place = sweep.folder.absolute() / "results.duckdb"
    fresh = place.with_name(".results.duckdb")
    fresh.unlink(missing_ok=True)
    keys = [sweep.key(values) for values in scenarios]
    with duckdb.connect(str(fresh)) as connection:
        connection.execute(
            "create table scenarios(scenario varchar primary key, parameters json, done boolean)"
        )
        for key, values in zip(keys, scenarios, strict=True):
            row = [key, json.dumps(dict(values)), sweep.is_done(key)]
            connection.execute("insert or replace into scenarios values (?, ?, ?)", row)
        for table in sweep.tables:
            files = [str(file) for key in keys if (file := sweep.rows(key, table)).is_file()]
            if files:
                read = "select * from read_parquet(?, union_by_name = true)"
                connection.execute(f'create table "{table}" as {read}', [files])
    fresh.replace(place)
    return place


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """These environment variables, until the block ends."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _leave(database: Path, table: str, key: str, file: Path) -> None:
    import duckdb

    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = f"select '{key}' as scenario, * from \"{table}\""
        connection.execute(f"copy ({rows}) to '{part}' (format parquet)")
    part.replace(file)
