"""Scenario sweeps on a real Dask cluster of two workers, and on a work pool; a lost worker costs a retry."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]
YEARS = ("2025", "2026", "2027")
RATES = (0.0, 0.1, 0.2)
LONG = os.environ.get("CHANGEOVER_LONG") == "1"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, support_modules: Path) -> Path:
    """A database that all scenarios begin with, in a folder of its own."""
    (tmp_path / "town.duckdb.trace").touch()
    with duckdb.connect(str(tmp_path / "town.duckdb")) as connection:
        connection.execute("create table people as select 2024 as year, 100.0::double as number")
    monkeypatch.setenv("TOWN_DB", str(tmp_path / "town.duckdb"))
    monkeypatch.setenv("TOWN_TRACE", str(tmp_path / "town.duckdb.trace"))
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "sweeps"))
    places = [str(support_modules), str(Path(__file__).parent / "sweeps")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(places))
    return tmp_path


def sweep_of(town: Path) -> Any:
    from prefect_support.sweep import Sweep

    return Sweep(
        flow="town:one_year",
        partitions=YEARS,
        parameter="plan",
        state=("TOWN_DB",),
        tables=("people",),
        folder=town / "sweep",
    )


def trace_of(town: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (town / "town.duckdb.trace").read_text().splitlines()]


def judge(results: Path, rates: tuple[float, ...]) -> None:
    """Every scenario has the rows it must have, and those of no other."""
    with duckdb.connect(str(results), read_only=True) as connection:
        named = "select cast(parameters ->> 'rate' as double), year, number"
        found = connection.execute(
            f"{named} from people join scenarios using (scenario) order by all"
        ).fetchall()
        (done,) = connection.execute("select bool_and(done) from scenarios").fetchone() or (False,)
    expected = [(rate, 2024 + n, 100.0 * (1 + rate) ** n) for rate in rates for n in range(len(YEARS) + 1)]
    assert found == [(rate, year, pytest.approx(number)) for rate, year, number in expected]
    assert done


RAY = pytest.mark.skipif(
    find_spec("prefect_ray") is None, reason="Ray is none of our dependencies: `make ray`"
)


@pytest.mark.parametrize("engine", ["dask:2", pytest.param("ray", marks=RAY)])
def test_a_lost_worker_costs_its_scenario_a_retry_and_nothing_else(
    town: Path, prefect: str, engine: str
) -> None:
    from prefect_support.sweep import grid, run_sweep

    killed: list[dict[str, Any]] = []

    def kill_one() -> None:
        """SIGKILL to the worker that is in its scenario's second year."""
        while not killed:
            second = [one for one in trace_of(town) if one["year"] == YEARS[1]]
            if second:
                os.kill(second[0]["pid"], signal.SIGKILL)
                killed.append(second[0])
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    results = run_sweep(sweep_of(town), grid(rate=RATES), engine=engine)
    killer.join()
    judge(results, RATES)
    runs = Counter((one["rate"], one["year"]) for one in trace_of(town))
    twice = {(killed[0]["rate"], YEARS[1])}  # the year it was in; the one before was finished
    assert runs == {(rate, year): 1 + ((rate, year) in twice) for rate in RATES for year in YEARS}
    assert len({one["pid"] for one in trace_of(town)}) >= 2
    assert list((town / "sweep" / "scenarios").iterdir()) == []

    before = trace_of(town)
    more = run_sweep(sweep_of(town), grid(rate=(*RATES, 0.5)), engine="here")  # one scenario is new
    judge(more, (*RATES, 0.5))
    assert {one["rate"] for one in trace_of(town)[len(before) :]} == {0.5}


def test_one_impossible_scenario_fails_alone(town: Path, prefect: str) -> None:
    from prefect_support import sweep as module
    from prefect_support.sweep import grid, run_sweep

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module._scenario, "retries", 0)
        with pytest.raises(RuntimeError, match=r"plan\.rate|one_year") as failed:
            run_sweep(sweep_of(town), grid(rate=(0.1, 3.0)), engine="here")
    assert "results.duckdb" in str(failed.value)
    with duckdb.connect(str(town / "sweep" / "results.duckdb"), read_only=True) as connection:
        done = "select parameters ->> 'rate', done from scenarios order by 1"
        assert connection.execute(done).fetchall() == [("0.1", True), ("3.0", False)]


def test_an_engine_that_is_none() -> None:
    from prefect_support.sweep import runner_of

    with pytest.raises(ValueError, match="'spark:2' is no engine"):
        runner_of("spark:2")


@pytest.mark.skipif(not LONG, reason="a worker and its runs cost 25 CPU s: `make scale`")
def test_a_work_pool_runs_the_same_scenarios(town: Path, prefect: str, worker: Callable[..., Any]) -> None:
    from prefect_support.sweep import grid, run_sweep

    (town / "prefect.yaml").write_text(DEPLOYMENT)
    tool = [sys.executable, "-m", "prefect", "--no-prompt"]
    for line in (["work-pool", "create", "--type", "process", "sweeps"], ["deploy", "--all"]):
        done = subprocess.run([*tool, *line], cwd=town, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with worker("sweeps", town, dict(os.environ)):
        results = run_sweep(sweep_of(town), grid(rate=RATES[:2]), engine="pool:2:one scenario/scenario")
    judge(results, RATES[:2])
    assert len({one["pid"] for one in trace_of(town)}) == 2


DEPLOYMENT = """
name: town
deployments:
  - name: scenario
    entrypoint: prefect_support.sweep.one_scenario
    work_pool: {name: sweeps}
"""
