"""The text of a first migration.toml, and what is left for a person to fill in."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from migrate.errors import SourceError
from migrate.initial.start import ALL_ASSETS, Partitioned, Start
from migrate.initial.surroundings import Surroundings, Variable, has_packages

FOLDER = re.compile(r"DBT.*(DIR|DIRECTORY|PATH|ROOT|PROJECT|PROFILES|FOLDER)$|^\w*_DBT$", re.IGNORECASE)
SINGLE = "flows.py"
"""The file that `migrate convert --layout single` writes."""
NOTHING_READ = "input.freeze: no data is found that both sides read; a gate stays red while nothing is frozen"
DBT = '"{python}", "-m", "dbt.cli.main", "--quiet"'


@dataclass(frozen=True)
class Settings:
    """The file's text; `questions` are lines that nothing found could answer."""

    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class _Places:
    here: Path
    project: Path
    target: Path

    def shown(self, path: Path) -> str:
        """A path as the file spells it: relative to the folder that the file lies in."""
        return Path(os.path.relpath(path.resolve(), self.here)).as_posix()


def settings_of(here: Path, project: Path, target: Path, start: Start, around: Surroundings) -> Settings:
    """Spell out what was found.

    Args:
        here: the folder the file will lie in.
        project: the Dagster project; below `here`.
        target: where `migrate convert` will write.
        start: what a dual run starts.
        around: what the project reads and writes.

    Raises:
        SourceError: the project does not lie below `here`.
    """
    here, project, target = here.resolve(), project.resolve(), target.resolve()
    if project == here or not project.is_relative_to(here):
        raise SourceError(
            "a migration's file lies above the Dagster project and above the target, for runs copy both",
            file=project,
            remedy=f"Call it there: cd {project.parent}; migrate init {project.name}",
        )
    places = _Places(here, project, target)
    database, asked = _database(around)
    partitioned, more = _years(start)
    parts = [
        _head(places, start),
        _sides(places, start, partitioned),
        _inputs(places, around),
        _environment(places, around, database),
        _prepare(places, start, around),
        _outputs(around, database),
        *_phases(start, around, partitioned),
    ]
    unset = [
        f"environment.{v.name}: {v.place} reads it without a default"
        for v in around.variables
        if v.needed and _value(places, around, v, database) is None
    ]
    asked += [NOTHING_READ] if not (around.dbt or around.data) else []
    return Settings("\n\n".join(part for part in parts if part) + "\n", (*asked, *more, *unset))


def _head(places: _Places, start: Start) -> str:
    folder = places.shown(places.project)
    return (
        f"# Written by `migrate init` from what is found in {folder}: look at each line.\n"
        "# Every key is described in docs/migration-toml.md.\n"
        f"schema = 1\nname = {_text(start.name or places.project.name)}"
    )


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sides(places: _Places, start: Start, partitioned: Partitioned | None) -> str:
    key = partitioned.key if partitioned else ""
    others = f"  # or: {', '.join(start.others)}" if start.others else ""
    if start.job == ALL_ASSETS:
        others = "  # Dagster's own job over all assets: this project names none"
    modules = f"  # one at a time; also: {', '.join(start.other_modules)}" if start.other_modules else ""
    source = places.shown(places.project)
    out = places.shown(places.target)
    parameters = f"{{ partition_key = {_text(key)} }}" if partitioned else "{}"
    return "\n".join(
        [
            "[legacy]",
            f"root = {_text(places.shown(places.project / start.base))}",
            f"module = {_text(start.module)}{modules}",
            f"job = {_text(start.job)}{others}",
            *([f"partition = {_text(key)}"] if key and key != "{year}" else []),
            "",
            "[target]",
            f"root = {_text(places.shown(places.target / start.base))}"
            f"  # made by: migrate convert {source} --out {out}{' --layout single' * _single(places, start)}",
            f"flow = {_text(_flow(places, start))}",
            f"parameters = {parameters}",
        ]
    )


def _single(places: _Places, start: Start) -> bool:
    """Whether the target is there already, and was written with --layout single."""
    root = places.target / start.base
    module = start.flow.partition(":")[0].replace(".", "/")
    mirrored = [f"{where}{module}{end}" for where in ("", "src/") for end in (".py", "/__init__.py")]
    return (root / SINGLE).is_file() and not any((root / path).is_file() for path in mirrored)


def _flow(places: _Places, start: Start) -> str:
    """Where the flow is imported from."""
    function = start.flow.partition(":")[2]
    return f"{Path(SINGLE).stem}:{function}" if _single(places, start) else start.flow


def _inputs(places: _Places, around: Surroundings) -> str:
    found = ", ".join(_text(places.shown(path)) for path in (*around.dbt, *around.data))
    told = "# What both sides read: copied for each, and fingerprinted. Your data belongs here, too."
    return f"{told}\n[input]\nfreeze = [{found}]"


def _inside(places: _Places, folder: Path) -> bool:
    """Whether a folder is copied with the project, on either side."""
    return folder.resolve().is_relative_to(places.project)


def _environment(places: _Places, around: Surroundings, database: str) -> str:
    lines = [_variable(places, around, variable, database) for variable in around.variables]
    if not lines:
        return ""
    head = (
        "# What the code reads from the environment. What names a file that is written must differ by side."
    )
    return "\n".join([head, "[environment]", *lines])


def _variable(places: _Places, around: Surroundings, variable: Variable, database: str) -> str:
    value = _value(places, around, variable, database)
    place = f"  # {variable.place}"
    if value is not None:
        return f"{variable.name} = {_text(value)}{place}"
    return f'# {variable.name} = ""{place}{", which has no default" if variable.needed else ""}'


def _value(places: _Places, around: Surroundings, variable: Variable, database: str) -> str | None:
    """What a variable must be on each side, where its name and use tell."""
    if variable.database and database:
        return database
    if FOLDER.search(variable.name) and len(around.dbt) == 1 and not _inside(places, around.dbt[0]):
        return "{work}/" + places.shown(around.dbt[0])
    return None


def _prepare(places: _Places, start: Start, around: Surroundings) -> str:
    """`dbt parse`: in a side's own copy of the project, which it runs in, or in the frozen folder."""
    base = (places.project / start.base).resolve()
    folders = [
        os.path.relpath(folder.resolve(), base)
        if _inside(places, folder)
        else f"{{work}}/{places.shown(folder)}"
        for folder in around.dbt
    ]
    lines = [
        f'  [{DBT}, "{command}", "--project-dir", {_text(spelled)}, "--profiles-dir", {_text(spelled)}],'
        for spelled, folder in zip(folders, around.dbt, strict=True)
        for command in (*(("deps",) if has_packages(folder) else ()), "parse")
    ]
    if not lines:
        return ""
    head = ["# Dagster reads dbt's manifest when it loads the code.", "[prepare]", "commands = ["]
    return "\n".join([*head, *lines, "]"])


def _database(around: Surroundings) -> tuple[str, list[str]]:
    """The DuckDB file of a side as `outputs.database` says it, and what stays open."""
    named = [variable for variable in around.variables if variable.database]
    if named:
        return f"{{side}}/{re.sub('[^a-z0-9]+', '_', named[0].name.lower())}.duckdb", []
    if around.fixed:
        why = f"{around.fixed} is spelled out, and two orchestrators never share a DuckDB file"
    else:
        why = "no variable names the DuckDB file that the project writes"
    return "", [
        f"outputs.database: {why}: let an environment variable name it, and set that to {{side}}/… here"
    ]


def _outputs(around: Surroundings, database: str) -> str:
    lines = ["[outputs]", f"database = {_text(database or '{side}/output.duckdb')}"]
    if not database:
        lines[1] += "  # to be filled in: the file that both sides write, each its own"
    if around.year_column != "year":
        lines.append(f"year_column = {_text(around.year_column)}")
    return "\n".join(lines)


def _years(start: Start) -> tuple[Partitioned | None, list[str]]:
    found = start.partitioned
    if found is None or found.years:
        return found, []
    key = found.key or "{year}"
    if not found.key:
        why = f"legacy.partition: the partitions of {start.job} could not be told by reading"
    else:
        why = f"legacy.partition: the partitions of {start.job} are no years; a dual run drives {key} alone"
    return Partitioned(key, ()), [why]


def _phases(start: Start, around: Surroundings, partitioned: Partitioned | None) -> list[str]:
    years = list(partitioned.years) if partitioned and partitioned.years else [2025]
    tables = around.models or start.assets or 1
    counted = "dbt models" if around.models else "assets"
    note = f"  # {tables} {counted} are found; `migrate baseline` says what is written"
    first = "Proof of concept" + (": one year" if len(years) > 1 else "")
    if partitioned is None:
        note += "\n# The job has no partitions: the year is only this run's name."
    parts = [_phase(1, first, years[:1], tables, note)]
    return [*parts, _phase(2, "All years", years, tables, "")] if len(years) > 1 else parts


def _phase(number: int, title: str, years: list[int], tables: int, note: str) -> str:
    return f"[phases.{number}]\ntitle = {_text(title)}\nyears = {years}\nexpect_tables = {tables}{note}"
