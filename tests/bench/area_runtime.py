"""What a simulated year costs: the legacy, the target, bare dbt as the floor, and prefect-dbt as it comes.

Each subject runs in a folder of its own, alone, through the same programs a dual run uses. CPU seconds are
those of the subject's whole process tree; the Prefect server, which serves every run, is counted apart.
Parsing and nodes are wall time out of dbt's own log; `overhead` is the CPU seconds less those of the nodes.
No figure is reported unless every subject left the same rows in every table.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import dbt_log
from kept_runs import KeptRuns, Run, left_to_do
from row import Row, medians, with_ratios
from table_digests import Tables, agree, digests

from migrate.config import Migration, load
from migrate.files import write_json
from shims import freeze, server
from shims.processes import Outcome, Supervised
from shims.run_plan import RunPlan, SidePlan, frozen_names, make_plan
from shims.side_run import program_line

AREA = "runtime"
YEARS = "2025,2025-2030"
EMPLOYEES = tuple(int(n) for n in os.environ.get("CHANGEOVER_EMPLOYEES", "5000,100000").split(","))
LIMIT = float(os.environ.get("CHANGEOVER_LIMIT", "1800"))
"""Seconds after which a subject's run is stopped: a row that says so stands in for its figures."""
FLOOR = "bare dbt, in process"
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def measure(
    years: tuple[int, ...], repeat: int, subjects: Sequence[str] = (), kept: KeptRuns | None = None
) -> list[Row]:
    """Interleaved repetitions of every subject, or of those chosen, with each number of employees.

    Medians, with ratios to the floor, of these runs and of those that `kept` holds.
    """
    kept = kept or KeptRuns()
    rows: list[Row] = []
    for employees in EMPLOYEES:
        with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
            case = f"{len(years)} year{'s' * (len(years) > 1)}, {employees:,} employees"
            census = _census(Path(folder), employees)
            rows += measured(kept, AREA, case, [*(subjects or SUBJECTS)], repeat, ROOT, years, census)
    return rows


def measured(
    kept: KeptRuns,
    area: str,
    case: str,
    subjects: Sequence[str],
    repeat: int,
    root: Path,
    years: tuple[int, ...],
    census: Path | None = None,
) -> list[Row]:
    """What is not kept yet of a case is run; the judged rows of all of it."""
    if unknown := set(subjects) - set(SUBJECTS):
        raise SystemExit(f"no subject {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}")
    for subject in left_to_do(kept, area, case, subjects, repeat):
        kept.add(one(area, case, subject, root, years, kept.tables(area, case), census))
    agree(kept.tables(area, case))
    return judged([row for run in kept.of(area, case) for row in run.rows])


def judged(rows: Sequence[Row]) -> list[Row]:
    """Medians, the overhead of each subject, and ratios to the floor.

    Overhead is CPU less what dbt says its nodes took where they were quickest: every subject runs the same
    ones. A node's seconds are wall time: on a busy machine each subject's own would hide its overhead.
    """
    middle = medians(rows)
    for case in dict.fromkeys(row.case for row in middle):
        of_case = [row for row in middle if row.case == case]
        # never more than the least CPU (a busy machine); a call a node leaves no start of nodes in the log
        known = ("models and tests", "CPU")
        whole = [row for row in of_case if row.metric in known and row.value and not row.note]
        nodes = min((row.value for row in whole), default=0.0)
        middle += [
            replace(row, metric="overhead", value=round(row.value - nodes, 3))
            for row in of_case
            if row.metric == "CPU" and not row.note
        ]
    return with_ratios(middle, FLOOR)


def one(
    area: str,
    case: str,
    subject: str,
    root: Path,
    years: tuple[int, ...],
    tables: dict[str, Tables],
    census: Path | None = None,
) -> Run:
    """One subject's run of `root`; `tables` holds what each subject before it left, and must agree."""
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        found = load(root)
        given = {"PLANALIGN_CENSUS": str(census)} if census else {}
        settings = found.model_copy(update={"state": folder, "environment": {**found.environment, **given}})
        settings._file = root / "migration.toml"
        prepare, outcome, server_cpu, base = SUBJECTS[subject](settings, years)
        if outcome.wall_seconds > LIMIT:
            told = dbt_log.read(base)  # a call a node leaves no end of a node in the log
            note = f"stopped after {LIMIT:g} s, {told.calls} calls of dbt and {told.nodes} nodes"
            stopped = Row(area, case, subject, "CPU", round(outcome.cpu_seconds, 3), "s", note=note)
            return Run(area, case, subject, (stopped,))
        if outcome.exit != 0:
            said = _complaint(base)
            raise SystemExit(f"{subject} ended with exit code {outcome.exit}; nothing is reported\n{said}")
        left = digests(base / "out" / "planalign.duckdb")
        agree({**tables, subject: left})
        told = dbt_log.read(base)
        figures = {
            ("CPU", "s"): outcome.cpu_seconds,
            ("wall", "s"): outcome.wall_seconds,
            ("memory", "MB"): outcome.max_rss_bytes / 1e6,
            ("dbt calls", "n"): told.calls - prepare.calls,
            ("parse", "s"): told.parse_seconds - prepare.parse_seconds,
            ("models and tests", "s"): told.node_seconds,
            ("server CPU", "s"): server_cpu,
        }
    rows = tuple(
        Row(area, case, subject, metric, round(value, 3), unit)
        for (metric, unit), value in figures.items()
        if metric != "server CPU" or value
    )
    return Run(area, case, subject, rows, left)


def _complaint(base: Path) -> str:
    """The end of what a subject that failed said, without what DuckDB's bindings say of themselves."""
    lines = [line for log in base.glob("logs/side*") for line in log.read_text(errors="replace").splitlines()]
    return "\n".join(line for line in lines[-400:] if "leaked" not in line)[-3000:]


Measured = tuple[dbt_log.DbtTime, Outcome, float, Path]
"""dbt's time in the preparation (not the subject's), how it ended, the server's CPU seconds, its folder."""


def _asset_job(settings: Migration, years: tuple[int, ...]) -> Measured:
    plan = make_plan(settings, years=years)
    return _run(plan, plan.dagster, {})


def _op_job(settings: Migration, years: tuple[int, ...]) -> Measured:
    window = {"start_year": years[0], "end_year": years[-1]}
    run_config = {"ops": {"plan_years": {"config": window}}}
    legacy = settings.legacy.model_copy(update={"job": "multi_year_simulation", "run_config": run_config})
    plan = make_plan(settings.model_copy(update={"legacy": legacy}), years=years[:1])
    return _run(plan, plan.dagster, {})


def _target(settings: Migration, years: tuple[int, ...]) -> Measured:
    plan = make_plan(settings, years=years)
    return _on_server(plan, plan.prefect)


def _converted_op_job(*options: str) -> Callable[[Migration, tuple[int, ...]], Measured]:
    """The flow that the op-style job became, converted for the purpose with these options."""

    def measured(settings: Migration, years: tuple[int, ...]) -> Measured:
        code = Path(settings.state) / "converted"
        migrate = [sys.executable, "-c", "import sys; from migrate.cli import main; sys.exit(main())"]
        command = [*migrate, "convert", os.fspath(ROOT / settings.legacy.root), "--out", os.fspath(code)]
        subprocess.run([*command, *options], check=True, capture_output=True)
        window = {"plan_years_config": {"start_year": years[0], "end_year": years[-1]}}
        target = settings.target.model_copy(
            update={"flow": "planalign.jobs:multi_year_simulation", "parameters": window}
        )
        plan = make_plan(settings.model_copy(update={"target": target}), years=years[:1])
        return _on_server(plan, plan.prefect, code=code)

    return measured


def _on_server(
    plan: RunPlan, side: SidePlan, command: list[str] | None = None, code: Path | None = None
) -> Measured:
    """A run with a Prefect server of its own, whose CPU seconds are told apart."""
    plan.prefect.make()
    running = server.start(plan, time.sleep)
    try:
        calls, outcome, _, base = _run(plan, side, {"PREFECT_API_URL": running.url}, command, code)
    finally:
        ended = running.end()
    return calls, outcome, ended.cpu_seconds, base


def _bare(settings: Migration, years: tuple[int, ...]) -> Measured:
    """Nothing is prepared: the floor parses itself, once."""
    plan = make_plan(settings, years=years)
    command = [sys.executable, str(HERE / "bare_dbt.py"), *map(str, years)]
    return _run(plan, replace(plan.dagster, prepare=()), {}, command)


def _bare_prepared(settings: Migration, years: tuple[int, ...]) -> Measured:
    """The same where the preparation's `dbt parse` left what it read, as the target and Dagster find it."""
    plan = make_plan(settings, years=years)
    command = [sys.executable, str(HERE / "bare_dbt.py"), *map(str, years)]
    return _run(plan, plan.dagster, {}, command)


def _variant(way: str, *, prefect: bool = True) -> Callable[[Migration, tuple[int, ...]], Measured]:
    """dbt_variants.py: the ways to run dbt one would try first."""

    def measured(settings: Migration, years: tuple[int, ...]) -> Measured:
        plan = make_plan(settings, years=years)
        side = replace(plan.prefect if prefect else plan.dagster, prepare=())
        command = [sys.executable, str(HERE / "dbt_variants.py"), way, *map(str, years)]
        if not prefect:
            return _run(plan, side, {}, command)
        return _on_server(plan, side, command)

    return measured


def _run(
    plan: RunPlan,
    side: SidePlan,
    extra: dict[str, str],
    command: list[str] | None = None,
    code: Path | None = None,
) -> Measured:
    """Prepare and run a side, with other code than the project's where `code` is given."""
    side.make()
    freeze.copy(plan.migration.root, frozen_names(plan.migration, side.root), side.paths.work)
    if code is not None:
        shutil.rmtree(side.paths.work / side.root)
        shutil.copytree(code, side.paths.work / side.root)
    environment = {**side.environment, **dbt_log.SETTINGS, **extra}

    def start(name: str, line: tuple[str, ...] | list[str]) -> Outcome:
        process = Supervised(
            list(line), environment=environment, folder=side.folder, logs=side.paths.logs, name=name
        )
        while process.running:
            process.sample()
            if process.seconds > LIMIT:
                process.ask_to_end()
            time.sleep(0.5)
        return process.outcome()

    for line in side.prepare:
        if start("prepare", line).exit != 0:
            raise SystemExit(f"{' '.join(line)} failed")
    before = dbt_log.read(side.paths.base)
    write_json(side.paths.request, side.request)
    return before, start("side", command or program_line(side)), 0.0, side.paths.base


def _census(folder: Path, employees: int) -> Path:
    """The reference's census where it has that many employees (5,000), else one made for the purpose."""
    if employees == 5000:
        if not (census := ROOT / "data" / "census.parquet").exists():
            raise SystemExit("there is no data/census.parquet: run `make census` first")
        return census
    census = folder / "census.parquet"
    program = ROOT / "dagster_legacy" / "scripts" / "generate_census.py"
    command = [sys.executable, os.fspath(program), "--out", os.fspath(census), "--employees", str(employees)]
    subprocess.run(command, check=True, capture_output=True)
    return census


SUBJECTS: dict[str, Callable[[Migration, tuple[int, ...]], Measured]] = {
    FLOOR: _bare,
    "bare dbt, parsed before": _bare_prepared,
    "Prefect, the target": _target,
    "Dagster, asset job": _asset_job,
    "Dagster, op-style job": _op_job,
    "Prefect, op-style job": _converted_op_job(),
    "Prefect, op-style job, batched": _converted_op_job("--batch-dbt"),
    "bare dbt, a process a year": _variant("processes", prefect=False),
    "PrefectDbtRunner": _variant("runner"),
    "PrefectDbtOrchestrator, per wave": _variant("wave"),
    "PrefectDbtOrchestrator, per node": _variant("node"),
}
