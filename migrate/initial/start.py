"""What a dual run of a project would start: its definitions, one of its jobs, and the years of this job."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.errors import SourceError
from migrate.implicit import implicit_flows
from migrate.model import Job, Model
from migrate.reading.partitions import OFFSETS
from migrate.reading.project import Project, read_part, survey
from migrate.reading.values import Called, known
from migrate.rewriting.wiring import partitions_of_job
from migrate.rules import is_construct, registry

ALL_ASSETS = "__ASSET_JOB"
"""Dagster's own job over assets that no job selects."""
YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True)
class Partitioned:
    """How a year is asked for: the partition's key with `{year}` in it (or a fixed one), and the years."""

    key: str = ""
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Start:
    """One code location, the job of a dual run, and the flow that it becomes.

    `base` is the folder of the project that its modules, or its `src`, are imported from, `others`
    are jobs not chosen.
    """

    name: str
    base: str
    module: str
    job: str
    flow: str
    partitioned: Partitioned | None
    others: tuple[str, ...]
    other_modules: tuple[str, ...]
    assets: int


def start_of(root: Path, modules: tuple[str, ...] = ()) -> Start:
    """Read a tree and choose what a dual run starts.

    Args:
        root: the tree.
        modules: the code location to take, instead of those that the tree's settings name.

    Raises:
        SourceError: there is no project, or several with definitions; or nothing can be started.
    """
    registry()
    read = [read_part(root, part, is_construct) for part in survey(root, modules).parts]
    found = [project for project in read if project.python and Model(project).definitions]
    told = [project for project in found if project.part.locations] or found
    if not told:
        raise SourceError(
            "no Definitions are found in this project",
            file=root,
            remedy="Name the module that holds them: --module package.definitions.",
        )
    if len(told) > 1:
        names = ", ".join(sorted(m for project in told for m in project.location_modules))
        raise SourceError(
            f"there are {len(told)} projects, and a migration is of one",
            file=root,
            remedy=f"Name the code location: --module {names or 'package.definitions'}.",
        )
    return _start(root, told[0])


def _start(root: Path, project: Project) -> Start:
    model = Model(project)
    module, *others = dict.fromkeys([*project.location_modules, *(d.module for d in model.definitions)])
    base = _imported_from(project, module)
    keys = {key for unit in model.deployed_units for key in unit.keys}
    jobs = sorted(_jobs(model), key=lambda pair: _rank(model, *pair))
    if jobs:
        job, partitioned = jobs[0]
        flow, name = f"{job.module}:{job.function}", job.name
    else:
        name, (flow, partitioned) = ALL_ASSETS, _without_a_job(model, root, base)
    rest = tuple(other.name for other, _ in jobs[1:])
    besides = tuple(other for other in others if other in project.location_modules)
    # Of a `src` layout the folder above: pyproject.toml and the target's prefect.yaml stand there.
    home = (
        PurePosixPath(base).parent if PurePosixPath(base).name == "src" else PurePosixPath(base)
    ).as_posix()
    return Start(model.name, home, module, name, flow, partitioned, rest, besides, len(keys))


def _imported_from(project: Project, module: str) -> str:
    """The folder, below the tree, from which a module is imported."""
    path = project.path_of(module)
    assert path
    depth = module.count(".") + (2 if path.name == "__init__.py" else 1)
    return str(PurePosixPath(*path.parts[:-depth]))


def _jobs(model: Model) -> list[tuple[Job, Partitioned | None]]:
    deployed = [job for job in model.jobs.values() if model.is_deployed(job.construct)]
    return [(job, partitioned_by(partitions_of_job(model, job))) for job in deployed]


def _rank(model: Model, job: Job, partitioned: Partitioned | None) -> tuple[int, int, int]:
    """Jobs over years first, then those over assets, then those that a schedule starts."""
    scheduled = any(
        isinstance(value, Called) and model.job_of(value.get("job")) == job
        for value in model.deployed_values.get("schedules", ())
    )
    return (
        0 if partitioned and partitioned.years else 1 if partitioned is None else 2,
        0 if job.construct.kind == "define_asset_job" else 1,
        0 if scheduled else 1,
    )


def _without_a_job(model: Model, root: Path, base: str) -> tuple[str, Partitioned | None]:
    _, _, deployments, problems = implicit_flows(model)
    if not deployments:
        why = str(problems[0]) if problems else "the definitions hold neither a job nor assets"
        raise SourceError(f"nothing can be started: {why}", file=root, remedy="See `migrate inventory`.")
    path, _, function = deployments[0].entrypoint.partition(":")
    below = PurePosixPath(path).relative_to(base) if base != "." else PurePosixPath(path)
    partitions = next((u.partitions for u in model.deployed_units if u.partitions is not None), None)
    return f"{'.'.join(below.with_suffix('').parts)}:{function}", partitioned_by(partitions)


def partitioned_by(partitions: Any) -> Partitioned | None:
    """How a job's partitions are asked for; None when it has none."""
    if partitions is None:
        return None
    if not isinstance(partitions, Called):
        return Partitioned()
    if partitions.short == "StaticPartitionsDefinition":
        keys = partitions.get("partition_keys", 0)
        told = keys if isinstance(keys, list | tuple) and known(keys) else []
        texts = [key for key in told if isinstance(key, str)]
        if texts and all(YEAR.fullmatch(key) for key in texts):
            return Partitioned("{year}", tuple(sorted(int(key) for key in texts)))
        return Partitioned(texts[0] if texts else "")
    start = partitions.get("start_date", 0)
    found = re.match(r"(\d{4})-01-01", start) if isinstance(start, str) else None
    plain = partitions.short in OFFSETS and partitions.short[:5] in ("Daily", "Month") and found
    if plain and found and partitions.get("fmt") is None:
        return Partitioned("{year}-01-01", (int(found[1]),))
    return Partitioned()
