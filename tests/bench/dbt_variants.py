"""The years of the reference by one of the ways to run dbt that one would try first.

usage: dbt_variants.py WAY YEAR [YEAR …]     with the reference's PLANALIGN_* variables set, and, for all
                                             ways but `processes`, PREFECT_API_URL

`processes`: a `dbt build` process a year. `runner`: prefect-dbt's PrefectDbtRunner. `wave`, `node`: its
PrefectDbtOrchestrator, a dbt call a wave of nodes or a task run a node. Each as its documentation shows it.
https://docs.prefect.io/integrations/prefect-dbt
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bare_dbt import load_census


def main(way: str, years: list[int]) -> int:
    """Load the census, then run every year; 0 when all of them succeeded."""
    project = Path(os.environ["PLANALIGN_DBT"])
    load_census()
    return WAYS[way](project, [json.dumps({"simulation_year": y, "start_year": years[0]}) for y in years])


def processes(project: Path, variables: list[str]) -> int:
    """A process a year."""
    place = ["--project-dir", str(project), "--profiles-dir", str(project), "--quiet"]
    dbt = [sys.executable, "-m", "dbt.cli.main", "build", *place, "--vars"]
    return max(subprocess.run([*dbt, given], check=False).returncode for given in variables)


def runner(project: Path, variables: list[str]) -> int:
    """A call of PrefectDbtRunner a year, in one flow run."""
    from prefect import flow
    from prefect_dbt import PrefectDbtRunner, PrefectDbtSettings

    settings = PrefectDbtSettings(project_dir=project, profiles_dir=project)

    @flow(log_prints=False)
    def years() -> None:
        for given in variables:
            PrefectDbtRunner(settings=settings).invoke(["build", "--vars", given])

    years()
    return 0


def orchestrator(mode: str) -> Callable[[Path, list[str]], int]:
    """A build of PrefectDbtOrchestrator a year, in one flow run."""

    def way(project: Path, variables: list[str]) -> int:
        from dbt.cli.main import dbtRunner
        from prefect import flow
        from prefect.task_runners import ThreadPoolTaskRunner
        from prefect_dbt import PrefectDbtSettings
        from prefect_dbt.core._orchestrator import PrefectDbtOrchestrator  # not public yet in 0.7

        settings = PrefectDbtSettings(project_dir=project, profiles_dir=project)
        place = ["--project-dir", str(project), "--profiles-dir", str(project), "--quiet"]
        dbtRunner().invoke(["parse", *place])
        # one after another: processes would each want to be the one writer of the DuckDB file, threads share
        # what dbt keeps in globals
        tasks = {"task_runner_type": ThreadPoolTaskRunner, "concurrency": 1} if mode == "per_node" else {}

        @flow(log_prints=False)
        def years() -> None:
            for given in variables:
                build = PrefectDbtOrchestrator(
                    settings=settings,
                    manifest_path=project / "target" / "manifest.json",
                    execution_mode=mode,  # type: ignore[arg-type]
                    threads=2,
                    **tasks,
                )
                build.run_build(extra_cli_args=["--vars", given])

        years()
        return 0

    return way


WAYS: dict[str, Callable[[Path, list[str]], int]] = {
    "processes": processes,
    "runner": runner,
    "wave": orchestrator("per_wave"),
    "node": orchestrator("per_node"),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1], [int(year) for year in sys.argv[2:]]))
