"""What a dual run is going to do, fixed before anything is made: folders, commands, environments."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import EvidenceError
from migrate.files import write_text
from migrate.workspace import Workspace, read_json
from shims.processes import MARK
from shims.side_environment import TELEMETRY_OFF, expand, inherited, own_folders
from shims.side_paths import SidePaths

if TYPE_CHECKING:
    from migrate.config import Migration, ParameterProbe

DAGSTER, PREFECT = "dagster", "prefect"
PROGRAMS = Path(__file__).parent
DAGSTER_YAML = (
    "# Runs and event logs in SQLite, beside this file (Dagster's default).\ntelemetry:\n  enabled: false\n"
)


@dataclass(frozen=True)
class SidePlan:
    """One side: its interpreter, its folders, what it is asked, and how it prepares."""

    name: str
    python: str
    root: str
    paths: SidePaths
    database: Path
    environment: Mapping[str, str]
    prepare: tuple[tuple[str, ...], ...]
    request: Mapping[str, Any]
    memory_limit: int = 0
    """The most bytes its process tree may hold; 0: no ceiling."""
    time_limit: float = 0.0
    """Seconds it may take, beside the run's own limit; 0: no limit of its own."""

    @property
    def folder(self) -> Path:
        """The side's copy of its project root: its working directory."""
        return Path(os.path.normpath(self.paths.work / self.root))

    def make(self) -> None:
        """Create the side's folders and what its orchestrator must find in its home."""
        self.paths.make()
        if self.name == DAGSTER:
            write_text(self.paths.home / DAGSTER / "dagster.yaml", DAGSTER_YAML)


@dataclass(frozen=True)
class RunPlan:
    """A whole dual run."""

    run_id: str
    folder: Path
    migration: Migration
    phase: int | str | None
    years: tuple[int, ...]
    time_limit: float
    dagster: SidePlan
    prefect: SidePlan
    probe: ParameterProbe | None
    sequential: bool = False
    api_url: str = ""
    port: int | None = None

    @property
    def sides(self) -> tuple[SidePlan, SidePlan]:
        """Dagster's side, then Prefect's."""
        return (self.dagster, self.prefect)

    @property
    def tags(self) -> dict[str, str]:
        """The tag both orchestrators' runs carry."""
        return {"changeover.dual_run": self.run_id}


def new_run_id() -> str:
    """A name for a dual run that sorts by time."""
    moment = dt.datetime.now(dt.UTC)
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-{secrets.token_hex(2)}"


def make_plan(
    migration: Migration,
    *,
    years: Sequence[int],
    phase: int | str | None = None,
    time_limit: float = 3600.0,
    probe: ParameterProbe | None = None,
    sequential: bool = False,
    api_url: str = "",
    port: int | None = None,
    run_id: str = "",
    folder: Path | None = None,
) -> RunPlan:
    """Lay out a dual run. Nothing is created or checked yet (see `prechecks`).

    `run_id` is given for a run that goes on; `folder` for one that is no dual run.
    """
    run_id = run_id or new_run_id()
    folder = folder or Workspace.of(migration).run(run_id)
    return RunPlan(
        run_id=run_id,
        folder=folder,
        migration=migration,
        phase=phase,
        years=tuple(years),
        time_limit=time_limit,
        dagster=dagster_plan(migration, run_id, folder / DAGSTER, years),
        prefect=prefect_plan(migration, run_id, folder / PREFECT, years),
        probe=probe,
        sequential=sequential,
        api_url=api_url,
        port=port,
    )


def frozen_names(migration: Migration, root: str) -> tuple[str, ...]:
    """What a side's copy holds: its project root, the frozen inputs; for a bridged target the legacy."""
    bridge = (migration.legacy.root,) if root == migration.target.root and is_bridged(migration) else ()
    return (root, *bridge, *migration.input.freeze)


def is_bridged(migration: Migration) -> bool:
    """Whether some constructs of the target are still executed by Dagster."""
    try:
        record = read_json(migration.root / migration.target.root / "conversion.json")
    except EvidenceError:
        return False
    return bool(record.get("summary", {}).get("bridged"))


def work_folder(migration: Migration, base: Path) -> Path:
    """`{work}`: the copy of the folder of migration.toml. Deeper than `base` when inputs lie above it."""
    names = (migration.legacy.root, migration.target.root, *migration.input.freeze)
    paths = [os.path.normpath(migration.root / name) for name in names]
    common = os.path.commonpath([str(migration.root), *paths])
    return Path(os.path.normpath(base / "work" / os.path.relpath(migration.root, common)))


def dagster_plan(migration: Migration, run_id: str, base: Path, years: Sequence[int]) -> SidePlan:
    """The legacy side of a dual run."""
    legacy = migration.legacy
    paths = SidePaths(base, work_folder(migration, base))
    python = interpreter(legacy.python, migration.root)
    values = _values(paths, python)
    runs = [
        {
            "year": year,
            "partition": expand(legacy.partition, {**values, "year": str(year)}),
            "run_config": expand(legacy.run_config, {**values, "year": str(year)}),
        }
        for year in years
    ]
    own = {"DAGSTER_HOME": str(paths.home / DAGSTER)}
    asked = {"module": legacy.module, "attribute": legacy.attribute, "job": legacy.job}
    return _side(migration, DAGSTER, legacy.root, python, paths, run_id, own, {**asked, "runs": runs})


def prefect_plan(
    migration: Migration, run_id: str, base: Path, years: Sequence[int], *, work: Path | None = None
) -> SidePlan:
    """The target side; `work` is another side's copy to run in, where one exists already."""
    target = migration.target
    paths = SidePaths(base, work or work_folder(migration, base))
    python = interpreter(target.python, migration.root)
    values = _values(paths, python)
    runs = [
        {"year": year, "parameters": expand(target.parameters, {**values, "year": str(year)})}
        for year in years
    ]
    own = {
        "PREFECT_HOME": str(paths.home / PREFECT),
        # Without this a run whose server is gone would quietly start a server of its own.
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        # Its lines go into a file: without these Rich asks several times a line whether that is a terminal.
        "PREFECT_LOGGING_COLORS": "false",
        "TTY_COMPATIBLE": "0",
        "COLUMNS": "120",
        "LINES": "40",
    }
    if is_bridged(migration):
        # What Dagster still executes comes from this side's copy of the legacy, not from the repository.
        frozen = os.path.normpath(paths.work / migration.legacy.root)
        own |= {"CHANGEOVER_CONFIG": str(migration.file), "CHANGEOVER_LEGACY_ROOT": frozen}
    return _side(
        migration, PREFECT, target.root, python, paths, run_id, own, {"flow": target.flow, "runs": runs}
    )


def _side(
    migration: Migration,
    name: str,
    root: str,
    python: str,
    paths: SidePaths,
    run_id: str,
    own: dict[str, str],
    asked: dict[str, Any],
) -> SidePlan:
    values = _values(paths, python)
    folder = os.path.normpath(paths.work / root)
    settings = expand(migration.environment, values)
    beside = migration.root / root / "src"  # of a `src` layout, which is installed from there
    src = [f"{folder}/src"] if beside.is_dir() and not (beside / "__init__.py").exists() else []
    marks = {MARK: run_id, "PYTHONPATH": os.pathsep.join([folder, *src])}
    environment = {**inherited(os.environ, python), **TELEMETRY_OFF, **own_folders(paths), **own, **marks}
    return SidePlan(
        name=name,
        python=python,
        root=root,
        paths=paths,
        database=Path(expand(migration.outputs.database, values)),
        environment={**environment, **settings},
        prepare=tuple(tuple(expand(list(command), values)) for command in migration.prepare.commands),
        request={
            "schema": 1,
            "side": name,
            "dual_run": run_id,
            "root": folder,
            "tags": {"changeover.dual_run": run_id},
            "events": str(paths.events),
            **({"keep": [str(paths.out), str(paths.kept)]} if migration.dual_run.keep_years else {}),
            **asked,
        },
        memory_limit=getattr(migration.dual_run.memory_limit_mb, name) * 1_000_000,
        time_limit=float(getattr(migration.dual_run.time_limit_seconds, name)),
    )


def _values(paths: SidePaths, python: str) -> dict[str, str]:
    return {"work": str(paths.work), "side": str(paths.out), "python": python}


def interpreter(configured: str, root: Path) -> str:
    """A side's interpreter: ours when none is configured, a path relative to `root`, or a name on PATH."""
    if not configured:
        return sys.executable
    path = Path(configured).expanduser()
    if len(path.parts) > 1:
        return os.path.normpath(root / path)  # links are kept: a venv's python is one
    return shutil.which(configured) or configured
