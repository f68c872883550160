"""The files that other rooms wrote, as strict shapes: what is not what it claims to be is no evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StrictBool, ValidationError

from migrate.errors import EvidenceError
from migrate.workspace import read_json

if TYPE_CHECKING:
    from pathlib import Path


class Record(BaseModel):
    """A part of an evidence file: fields may be added by its writer, none that we read may be missing."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FileDigest(Record):
    """One frozen input file."""

    path: str
    sha256: str


class RunInput(Record):
    """What both sides were given."""

    sha256: str
    files: tuple[FileDigest, ...]


class SideYear(Record):
    """One year of one side, as its orchestrator reported it."""

    year: int
    status: str
    run_id: str | None = None
    wall_seconds: float | None = None
    cpu_seconds: float | None = None


class Check(Record):
    """The verdict of one check in one year."""

    year: int | None
    asset: str
    check: str
    passed: StrictBool
    severity: str | None = "ERROR"
    blocking: bool | None = None


class Output(Record):
    """A table that a side wrote, its rows in all and per year."""

    table: str
    rows: int
    years: dict[str, int] = Field(default_factory=dict)


class Side(Record):
    """What one side of a dual run did. Times in seconds, sizes in bytes."""

    status: Literal["succeeded", "failed", "crashed", "timed_out", "out_of_memory", "not_run"]
    exit: int | None = None
    reason: str | None = ""
    python: str | None = ""
    versions: dict[str, str | None] = Field(default_factory=dict)
    input_sha256: str | None = None
    input_sha256_after: str | None = None
    database: str | None = None
    database_sha256: str | None = None
    cpu_seconds: float | None = None
    wall_seconds: float | None = None
    max_rss_bytes: int | None = None
    server_cpu_seconds: float | None = None
    prepare_cpu_seconds: float | None = None
    years: tuple[SideYear, ...] = ()
    checks: tuple[Check, ...] = ()
    outputs: tuple[Output, ...] = ()


class OtherYear(Record):
    """The probe with a year that must give other rows."""

    year: int
    status: str
    rows: int | None
    differs: StrictBool | None
    reason: str | None = ""


class ImpossibleYear(Record):
    """The probe with a year that must be refused and leave nothing behind."""

    year: int
    refused: StrictBool
    unchanged: StrictBool | None
    message: str | None = ""


class Parameters(Record):
    """Whether the year parameter is honoured."""

    other_year: OtherYear
    impossible_year: ImpossibleYear


class KnownFailure(Record):
    """A check or test that already fails when the legacy runs alone."""

    asset: str
    name: str
    years: tuple[int, ...] = ()


class Baseline(Record):
    """What run.json keeps of the legacy's run alone."""

    finished: str = ""
    stale: str = ""
    known_failures: tuple[KnownFailure, ...] = ()


class Run(Record):
    """run.json: one complete dual run."""

    id: str
    phase: int | str | None
    years: tuple[int, ...]
    started: str | None = None
    finished: str | None = None
    commit: str | None = None
    config_sha256: str | None = None
    input: RunInput
    code: dict[str, str]
    sides: dict[str, Side]
    parameters: Parameters | None = None
    baseline: Baseline | None = None


class Construct(Record):
    """One Dagster construct and what became of it."""

    kind: str
    name: str
    key: str | None = None
    file: str
    line: int | None = None
    disposition: str | None
    rule: str | None = None
    target: str | None = None
    note: str | None = ""


class UnreadArgument(Record):
    """A decorator argument that no rule read."""

    file: str
    line: int | None = None
    construct_: str = Field(alias="construct")
    argument: str


class SourceProblem(Record):
    """A source file that the converter could not read."""

    file: str
    line: int | None = None
    message: str


class SourceFinding(Record):
    """What is worth a look; `batched` is a function whose calls of dbt became fewer."""

    finding: str
    entry: str = ""
    before: int = 0
    after: int = 0


class Conversion(Record):
    """conversion.json: every construct with its disposition, and the digest of its source."""

    summary: dict[str, int]
    constructs: tuple[Construct, ...]
    unread_arguments: tuple[UnreadArgument, ...] = ()
    errors: tuple[SourceProblem, ...] = ()
    findings: tuple[SourceFinding, ...] = ()
    legacy_sha256: str | None = Field(
        default=None, validation_alias=AliasChoices("legacy_sha256", "source_sha256")
    )


class Difference(Record):
    """One difference between the two loaded graphs; unexplained when `explained` is empty."""

    what: str
    key: str
    dagster: Any = None
    prefect: Any = None
    explained: str | None = ""
    refused: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has explained it."""
        return not (self.explained or "").strip()


class Equivalence(Record):
    """equivalence.json: what Dagster loads against what the target loads."""

    equal: StrictBool
    counts: dict[str, tuple[int, int]]
    differences: tuple[Difference, ...]
    legacy_sha256: str
    target_sha256: str
    job_checks: dict[str, int] = {}


class Sides(Record):
    """What each side's check said."""

    dagster: str | None
    prefect: str | None


class CheckTried(Record):
    """One check of verdicts.json, and what became of it on corrupted data."""

    asset: str
    check: str
    outcome: Literal["same", "different", "not flipped", "not run"]
    good: Sides
    mutation: str
    mutated: Sides
    detail: str = ""


class Verdicts(Record):
    """verdicts.json: every check on good and on corrupted data."""

    equal: StrictBool
    failed_changes: tuple[str, ...]
    legacy_sha256: str
    target_sha256: str
    checks: tuple[CheckTried, ...]


Shape = TypeVar("Shape", bound=Record)


def read(file: Path, shape: type[Shape]) -> Shape:
    """Read an evidence file as `shape`.

    Raises:
        EvidenceError: missing, not JSON, or not of that shape; names the field.
    """
    try:
        return shape.model_validate(read_json(file))
    except OSError as problem:
        raise EvidenceError(f"this file cannot be read: {problem.strerror}", file=file) from None
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{where}: {first['msg']}", file=file) from None
