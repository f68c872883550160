"""What a dual run costs beside its sides: wall ÷ the slower side alone, memory, the shims with nothing to do.

Alone and together are measured the same way, from freezing the input to judging what was written; the
server's start is in it wherever the Prefect side runs. With two cores and nothing else on them the floor
is 1.0; what the work of one side takes from the other is the difference to `--sequential`.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from row import Row, medians, with_ratios

from migrate.config import Migration, load
from migrate.files import write_json
from shims import dual, freeze, server
from shims.progress import Quiet
from shims.run_plan import DAGSTER, PREFECT, RunPlan, frozen_names, make_plan
from shims.session import begin, drive, fingerprinted, freeze_side, judged, opened, start_server
from shims.side_run import program_line

AREA = "dual run"
YEARS = "2025-2030"
ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "dual_run" / "projects" / "tiny"
SLOWER = "the slower side alone"
BARE = "both programs, no shims"


def measure(years: tuple[int, ...], repeat: int) -> list[Row]:
    """Interleaved repetitions; medians, with ratios to the slower side alone and to the bare programs."""
    span = f"{len(years)} year{'s' * (len(years) > 1)}"
    reference = [row for _ in range(repeat) for row in _reference(years, f"reference, {span}")]
    nothing = [row for _ in range(repeat) for row in _nothing("tiny project, 1 year", years[:1])]
    return [*with_ratios(medians(reference), SLOWER), *with_ratios(medians(nothing), BARE)]


def _reference(years: tuple[int, ...], case: str) -> Iterator[Row]:
    alone = {}
    for side in (DAGSTER, PREFECT):
        with _settings(ROOT) as settings:
            alone[side] = _alone(make_plan(settings, years=years), side)
    slower = max(alone, key=lambda side: alone[side][0])
    subjects = {f"{side.capitalize()} alone": found for side, found in alone.items()}
    subjects[SLOWER] = alone[slower]
    for name, sequential in (("dual run", False), ("dual run, --sequential", True)):
        with _settings(ROOT) as settings:
            subjects[name] = _dual(make_plan(settings, years=years, sequential=sequential))
    for subject, (wall, cpu, memory) in subjects.items():
        yield Row(AREA, case, subject, "wall", round(wall, 2), "s")
        yield Row(AREA, case, subject, "CPU of the sides", round(cpu, 2), "s")
        yield Row(AREA, case, subject, "memory of the sides", round(memory / 1e6, 1), "MB")


def _nothing(case: str, years: tuple[int, ...]) -> Iterator[Row]:
    """The tiny project against a server that runs already: what is left is the shims' own cost."""
    subjects: dict[str, Callable[[RunPlan], tuple[float, float]]] = {BARE: _bare, "dual run": _shimmed}
    for subject, run in subjects.items():
        with _settings(TINY) as settings:
            plan = make_plan(settings, years=years)
            plan.prefect.make()
            running = server.start(plan, time.sleep)
            try:
                wall, cpu = run(make_plan(settings, years=years, api_url=running.url))
            finally:
                running.end()
        yield Row(AREA, case, subject, "wall", round(wall, 2), "s")
        yield Row(AREA, case, subject, "CPU", round(cpu, 2), "s")


@contextlib.contextmanager
def _settings(root: Path) -> Iterator[Migration]:
    """The project's settings with a state folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        settings = load(root).model_copy(update={"state": folder})
        settings._file = root / "migration.toml"
        yield settings


def _alone(plan: RunPlan, name: str) -> tuple[float, float, float]:
    """(wall seconds, CPU seconds, bytes) of one side alone, in the same harness."""
    started = time.monotonic()
    side = plan.dagster if name == DAGSTER else plan.prefect
    with opened(plan, Quiet()) as session:
        frozen = fingerprinted(session)
        freeze_side(session, side, frozen)
        if name == PREFECT:
            start_server(session)
        run = begin(session, side)
        drive(session, run)
        record = judged(session, run, frozen.copies[name])
    _succeeded(name, record)
    return time.monotonic() - started, record["cpu_seconds"], record["max_rss_bytes"]


def _dual(plan: RunPlan) -> tuple[float, float, float]:
    started = time.monotonic()
    record = dual.run(plan, Quiet())
    for name, side in record["sides"].items():
        _succeeded(name, side)
    sides = record["sides"].values()
    memory = [side["max_rss_bytes"] for side in sides]
    together = max(memory) if plan.sequential else sum(memory)
    return time.monotonic() - started, sum(side["cpu_seconds"] for side in sides), together


def _shimmed(plan: RunPlan) -> tuple[float, float]:
    cpu, started = _cpu(), time.monotonic()
    _dual(plan)
    return time.monotonic() - started, _cpu() - cpu


def _bare(plan: RunPlan) -> tuple[float, float]:
    """Both sides' programs at once, as anyone would start them, in copies that are there already."""
    for side in plan.sides:
        side.make()
        freeze.copy(plan.migration.root, frozen_names(plan.migration, side.root), side.paths.work)
        write_json(side.paths.request, side.request)
    cpu, started = _cpu(), time.monotonic()
    running = []
    for side in plan.sides:
        environment = {**side.environment, "PREFECT_API_URL": plan.api_url}
        with (side.paths.logs / "bare.log").open("wb") as log:
            running.append(
                subprocess.Popen(program_line(side), env=environment, cwd=side.folder, stdout=log, stderr=log)
            )
    codes = [process.wait() for process in running]
    if any(codes):
        shutil.copytree(plan.folder, ROOT / "build" / "bench-failed", dirs_exist_ok=True)
        raise SystemExit(f"the bare programs ended with {codes}; see build/bench-failed")
    return time.monotonic() - started, _cpu() - cpu


def _cpu() -> float:
    """CPU seconds of this process and of its finished children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _succeeded(name: str, record: dict[str, object]) -> None:
    if record["status"] != "succeeded":
        raise SystemExit(
            f"{name} {record['status']}: {record['reason']}; nothing is reported ({os.getpid()})"
        )
