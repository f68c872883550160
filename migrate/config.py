"""`migration.toml`: a migration's own settings, strictly validated.

Paths are relative to the folder of the file. Strings of `[environment]`, `[prepare]`, `[outputs]`,
`run_config` and `parameters` may hold placeholders: `{work}` is a side's own copy of the frozen
files (laid out as in the repository), `{side}` its own folder for what it writes, `{python}` its
interpreter, `{year}` the year of the run.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, PrivateAttr, ValidationError, field_validator

from migrate.config_assess import Assess
from migrate.config_gate import Deliverable, TableRule, Waiver
from migrate.config_outputs import AggregateRule, Filter, Identifier, Rename, one_database
from migrate.config_values import Reason, Strict, Text, Year
from migrate.errors import ConfigError
from migrate.toml_files import parse_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE_NAME = "migration.toml"
Disposition = Literal["converted", "adapted", "bridged", "manual", "undeployed", "dropped"]


class Legacy(Strict):
    """The Dagster side: its folder, the module Dagster loads, and the job a dual run starts a year."""

    root: Text
    module: Text
    attribute: str = ""
    job: Text
    partition: str = "{year}"
    run_config: dict[str, Any] = Field(default_factory=dict)
    python: str = ""


class Target(Strict):
    """The Prefect side: its folder, the flow (`module:name`) a dual run starts a year, its parameters."""

    root: Text
    flow: Annotated[str, Field(pattern=r"^[\w.]+:\w+$")]
    parameters: dict[str, Any] = Field(default_factory=lambda: {"partition_key": "{year}"})
    python: str = ""


class Inputs(Strict):
    """What both sides read: files and folders, copied once and fingerprinted before a run."""

    freeze: tuple[Text, ...] = ()


class Prepare(Strict):
    """Commands each side runs once, in its own interpreter and copy, before the first year."""

    commands: tuple[tuple[Text, ...], ...] = ()


class Ignore(Strict):
    """A column that is not compared, and why. `table` and `column` may be globs."""

    table: Text = "*"
    column: Text
    reason: Reason


class AllowEmpty(Strict):
    """A table that may be empty on both sides, and why. No years: in every year."""

    table: Text
    years: tuple[Year, ...] = ()
    reason: Reason


class Tolerance(Strict):
    """A numeric column that may differ by this much, and why."""

    table: Text = "*"
    column: Text
    absolute: Annotated[float, Field(ge=0)] = 0.0
    relative: Annotated[float, Field(ge=0)] = 0.0
    reason: Reason


class Outputs(Strict):
    """What each side writes, and how it is compared. `exclude` holds globs of table names."""

    database: Text
    schemas: tuple[Text, ...] = ("main",)
    year_column: Text = "year"
    exclude: tuple[Text, ...] = ()
    keys: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    ignore: tuple[Ignore, ...] = ()
    allow_empty: tuple[AllowEmpty, ...] = ()
    tolerance: tuple[Tolerance, ...] = ()
    rename: tuple[Rename, ...] = ()
    filter: tuple[Filter, ...] = ()
    identifier: tuple[Identifier, ...] = ()
    aggregate: tuple[AggregateRule, ...] = ()
    strict_schema: tuple[Literal["nullability", "order"], ...] = ()
    lineage: str = ""
    tables: dict[Text, TableRule] = Field(default_factory=dict)

    @field_validator("database")
    @classmethod
    def _one_file(cls, value: str) -> str:
        return one_database(value)


class ParameterProbe(Strict):
    """Years that prove the year parameter is honoured: one more that works, one that must be refused."""

    other_year: Year
    impossible_year: Year


class Phase(Strict):
    """A named set of years and gates.

    `expect_tables` is how many outputs must be compared; `forbid` the dispositions that keep the gate
    red; `cpu_ratio` the most CPU seconds the target may use for one of the legacy's; `corrupted_checks` asks
    for `verify --checks`, `self_test` for seeded faults; `approvals` are the roles that must sign; `assets`
    what it routes, `green_ticks` how many ticks of the shadow schedule must have been green in a row.
    """

    title: Text
    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    expect_tables: Annotated[int, Field(ge=1)]
    forbid: tuple[Disposition, ...] = ("manual",)
    cpu_ratio: Annotated[float, Field(gt=0)] = 1.0
    time_limit_seconds: Annotated[float, Field(gt=0)] = 3600
    parameters: ParameterProbe | None = None
    assets: Annotated[tuple[Text, ...], Field(min_length=1)] = ("*",)
    green_ticks: Annotated[int, Field(ge=0)] = 0
    dual_runs_in_a_row: Annotated[int, Field(ge=1)] = 1
    corrupted_checks: bool = False
    self_test: bool = False
    deliverables: tuple[Deliverable, ...] = ()
    approvals: tuple[Text, ...] = ()


class Shadow(Strict):
    """The legacy schedule that `migrate shadow` follows, and how long both sides may take for a tick.

    `years`: what `--apart` and `--now` run for a tick's partition (`2025-{year}`).
    """

    schedule: str = ""
    years: Text = "{year}"
    time_limit_seconds: Annotated[float, Field(gt=0)] = 3600.0


class EachSide(Strict):
    """A whole number for each side; 0: no limit."""

    dagster: Annotated[int, Field(ge=0)] = 0
    prefect: Annotated[int, Field(ge=0)] = 0


class DualRun(Strict):
    """What a dual run demands before it starts, and where it stops a side.

    `require_baseline`: refuse without a baseline of today's legacy that worked (one that is known to have
    failed is refused always). `forbid_version_differences`: distributions, or `python`, that must be of one
    version on both sides. `keep_years`: copy what a side wrote after each year, so that `--resume` can go on
    from there. `memory_limit_mb` is of a side's process tree, in 10^6 bytes; `time_limit_seconds` of its wall
    time, beside the phase's.
    """

    require_baseline: bool = False
    forbid_version_differences: tuple[Text, ...] = ()
    memory_limit_mb: EachSide = EachSide()
    time_limit_seconds: EachSide = EachSide()
    keep_years: bool = True


class Migration(Strict):
    """The whole file. Load it with `load`."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    name: Text
    state: Text = ".changeover"
    legacy: Legacy
    target: Target
    input: Inputs = Inputs()
    environment: dict[str, str] = Field(default_factory=dict)
    prepare: Prepare = Prepare()
    outputs: Outputs
    shadow: Shadow = Shadow()
    phases: Annotated[dict[str, Phase], Field(min_length=1)]
    dual_run: DualRun = DualRun()
    waivers: tuple[Waiver, ...] = ()
    assess: Assess = Assess()
    _file: Path = PrivateAttr(default=Path(FILE_NAME))

    @property
    def file(self) -> Path:
        """The absolute path this was read from."""
        return self._file

    @property
    def root(self) -> Path:
        """The folder that every relative path starts from."""
        return self._file.parent

    def phase(self, number: int | str) -> Phase:
        """The phase of that number.

        Raises:
            ConfigError: there is none.
        """
        try:
            return self.phases[str(number)]
        except KeyError:
            known = ", ".join(sorted(self.phases))
            raise ConfigError(
                f"there is no phase {number}", file=self.file, remedy=f"Phases in this file: {known}."
            ) from None


def load(file: Path) -> Migration:
    """Read and validate `migration.toml`.

    Args:
        file: the file, or the folder it lies in.

    Raises:
        ConfigError: missing, not TOML, or a value is wrong; names the line where it can.
    """
    file = (file / FILE_NAME if file.is_dir() else file).absolute()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(
            "there is no migration.toml",
            file=file,
            remedy="Run this in the project's folder, or pass --config.",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"cannot be read: {problem}", file=file) from None
    given = parse_toml(text, file)
    try:
        settings = Migration.model_validate(given)
    except ValidationError as problem:
        raise _explain(problem, text, file) from None
    settings._file = file
    return settings


def _explain(problem: ValidationError, text: str, file: Path) -> ConfigError:
    first = problem.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    more = problem.error_count() - 1
    reason = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
    return ConfigError(
        f"{path}: {reason}" + (f" (and {more} more)" if more else ""),
        file=file,
        line=_line_of(text, first["loc"]),
        remedy="Every key is described in docs/migration-toml.md.",
    )


def _line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line of the deepest part of `path` that is spelled in the file, searching forward."""
    lines, found, start = text.splitlines(), None, 0
    for part in (str(p) for p in path):
        name = re.escape(part)
        pattern = re.compile(rf'^\s*(\[+\s*([\w."-]+\.)?"?{name}"?\s*\]+|"?{name}"?\s*=)')
        for number in range(start, len(lines)):
            if pattern.match(lines[number]):
                found, start = number + 1, number
                break
    return found
