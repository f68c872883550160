"""Everything a phase's gate may look at: the dual run, its files, and today's digests of the code."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate import files
from migrate.errors import EvidenceError
from migrate.workspace import Workspace
from validation.records import Conversion, Equivalence, Run, Side, Verdicts, read

if TYPE_CHECKING:
    from migrate.config import Migration, Phase

SIDES = ("dagster", "prefect")


@dataclass(frozen=True)
class Evidence:
    """Everything a phase's gate may look at. Files are read when first asked for, digests taken once."""

    migration: Migration
    number: str
    folder: Path
    run: Run
    parity: dict[str, Any] | None = None
    parity_trouble: str = ""
    _trees: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def phase(self) -> Phase:
        """The phase's settings."""
        return self.migration.phase(self.number)

    @cached_property
    def conversion(self) -> Conversion:
        """conversion.json of the target."""
        return read(self.conversion_file, Conversion)

    @cached_property
    def equivalence(self) -> Equivalence:
        """equivalence.json of the migration."""
        return read(Workspace.of(self.migration).equivalence, Equivalence)

    @cached_property
    def verdicts(self) -> Verdicts | None:
        """verdicts.json of the migration; None when no check has been tried on corrupted data."""
        file = Workspace.of(self.migration).verdicts
        return read(file, Verdicts) if file.exists() else None

    @property
    def conversion_file(self) -> Path:
        """Where the converter leaves its account."""
        return self.migration.root / self.migration.target.root / "conversion.json"

    def side(self, name: str) -> Side:
        """What one side did; a side that run.json does not name did not run."""
        return self.run.sides.get(name) or Side(status="not_run", reason="run.json does not name this side")

    def database(self, name: str) -> Path | None:
        """The database file of a side, None when it is said to have none."""
        written = self.side(name).database
        return (self.folder / written).resolve() if written else None

    @property
    def same_file(self) -> bool:
        """Whether both sides name one database file."""
        left, right = (self.database(name) for name in SIDES)
        return bool(left and right and left.exists() and right.exists() and left.samefile(right))

    def code_sha256(self, side: str) -> str:
        """The digest of a side's code as it lies there now, empty when the folder is missing."""
        root = self.migration.legacy.root if side == "dagster" else self.migration.target.root
        if root not in self._trees:
            folder = self.migration.root / root
            self._trees[root] = files.digest_tree(folder) if folder.exists() else ""
        return self._trees[root]

    def name(self, file: Path) -> str:
        """How a file is called in reports: relative to the project, never a path of this machine."""
        return relative(file, self.migration.root)


def relative(file: Path, root: Path) -> str:
    """`file` relative to `root` with forward slashes; outside of it only the file's own name."""
    for candidate, base in ((file.absolute(), root.absolute()), (file.resolve(), root.resolve())):
        if candidate.is_relative_to(base):
            return candidate.relative_to(base).as_posix()
    return file.name


def collect(migration: Migration, number: str, run_id: str | None = None) -> Evidence:
    """Find the dual run to judge: the newest complete one of the phase, or the one that is named.

    Raises:
        EvidenceError: there is none, it is of another phase, or its record cannot be read.
        ConfigError: there is no such phase.
    """
    migration.phase(number)
    workspace = Workspace.of(migration)
    folder = workspace.run(run_id) if run_id else workspace.latest_run(number)
    if not (folder / "run.json").is_file():
        raise EvidenceError(
            "this dual run has no run.json: it is not complete",
            file=folder,
            remedy=f"Run `migrate dual-run --phase {number}` to its end.",
        )
    run = read(folder / "run.json", Run)
    if str(run.phase) != number:
        raise EvidenceError(
            f"this dual run is of phase {run.phase}, not of phase {number}", file=folder / "run.json"
        )
    return Evidence(migration, number, folder, run)
