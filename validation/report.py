"""The sign-off report as one frozen value: HTML and JSON are two renderings of it, and of nothing else."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Reason:
    """Why the verdict is red: which gate, about what, in words."""

    gate: str
    subject: str
    message: str


@dataclass(frozen=True)
class GateLine:
    """One gate with its verdict and how many facts it judged."""

    name: str
    verdict: str
    facts: int
    failed: int
    waived: int
    unmeasured: int


@dataclass(frozen=True)
class ConstructLine:
    """One Dagster construct, what became of it, and what a reader must know about that."""

    kind: str
    name: str
    place: str
    disposition: str
    note: str


@dataclass(frozen=True)
class Loss:
    """Something that Dagster gave its users, and what there is in its place."""

    what: str
    instead: str


@dataclass(frozen=True)
class HeatCell:
    """One table in one year; `year` is None for a table that knows no years."""

    year: int | str | None
    verdict: str
    passed: bool
    rows_dagster: int
    rows_prefect: int
    message: str
    waiver: str


@dataclass(frozen=True)
class HeatRow:
    """One table over the years of the phase."""

    table: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class GraphLine:
    """How many of one kind both loaded graphs hold."""

    kind: str
    dagster: int
    prefect: int
    unexplained: int


@dataclass(frozen=True)
class GraphDifference:
    """One difference between the graphs; explained or not."""

    what: str
    text: str
    explained: str


@dataclass(frozen=True)
class CheckLine:
    """What one check said on each side in one year."""

    year: int | None
    asset: str
    check: str
    dagster: str
    prefect: str
    same: bool


@dataclass(frozen=True)
class Probe:
    """One trial of the year parameter."""

    subject: str
    expected: str
    observed: str
    passed: bool
    message: str
    asked: bool = True


@dataclass(frozen=True)
class SideLine:
    """What one side used. Seconds, and bytes; None where it was not measured."""

    name: str
    status: str
    python: str
    versions: dict[str, str]
    cpu_seconds: float | None
    server_cpu_seconds: float | None
    prepare_cpu_seconds: float | None
    wall_seconds: float | None
    max_rss_bytes: int | None


@dataclass(frozen=True)
class Benchmark:
    """Both sides' cost, and the target's CPU seconds as a ratio to the legacy's."""

    sides: tuple[SideLine, ...] = ()
    cpu_ratio: float | None = None
    cpu_ratio_with_server: float | None = None
    cpu_ratio_limit: float | None = None


@dataclass(frozen=True)
class WaiverLine:
    """A leave to differ and what it covered."""

    gate: str
    scope: str
    owner: str
    reason: str
    expires: str
    state: str
    faults: tuple[str, ...]
    covers: tuple[str, ...]
    counted: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class EvidenceFile:
    """A file (or, with a slash at its end, a folder) the verdict rests on, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Approval:
    """Who signed, as what, when; recorded by `migrate sign-off --approve`.

    `action` is approved, rejected or superseded; `current` says whether it is about this very report.
    """

    by: str
    role: str
    at: str
    comment: str = ""
    action: str = "approved"
    report_sha256: str = ""
    current: bool = True


@dataclass(frozen=True)
class FaultLine:
    """How many seeded faults of one kind the gate found, and why others could not be seeded."""

    fault: str
    found: int
    missed: int
    not_applicable: int
    already_red: int
    why: str


@dataclass(frozen=True)
class SelfTestPart:
    """The trial of the gate itself; `rate` is found ÷ seeded, `missed` names what was not found."""

    made: str
    rate: float | None
    found: int
    seeded: int
    cpu_seconds: float
    by_fault: tuple[FaultLine, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Beginning:
    """Where a difference began: the first model in the lineage, and what differs because of it."""

    table: str
    year: str
    columns: tuple[str, ...]
    consequences: tuple[str, ...]


@dataclass(frozen=True)
class DualRun:
    """The dual run that was judged."""

    id: str
    years: tuple[int, ...]
    started: str
    finished: str
    commit: str
    input_sha256: str


@dataclass(frozen=True)
class Report:
    """Everything a phase's sign-off says."""

    project: str
    phase: str
    title: str
    verdict: Literal["green", "red"]
    reasons: tuple[Reason, ...]
    generated: str
    commit: str
    config_sha256: str
    versions: dict[str, str]
    run: DualRun | None = None
    gates: tuple[GateLine, ...] = ()
    dispositions: dict[str, int] = dataclasses.field(default_factory=dict)
    constructs: tuple[ConstructLine, ...] = ()
    losses: tuple[Loss, ...] = ()
    parity: tuple[HeatRow, ...] = ()
    graph: tuple[GraphLine, ...] = ()
    graph_differences: tuple[GraphDifference, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    parameters: tuple[Probe, ...] = ()
    benchmark: Benchmark = Benchmark()
    waivers: tuple[WaiverLine, ...] = ()
    risks: tuple[str, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    approvals: tuple[Approval, ...] = ()
    tables: tuple[Probe, ...] = ()
    in_a_row: tuple[Probe, ...] = ()
    deliverables: tuple[Probe, ...] = ()
    self_test: SelfTestPart | None = None
    began: tuple[Beginning, ...] = ()
    standing: str = "open"
    roles: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """report.json, see schemas/report.schema.json."""
        return {"schema": 1, **dataclasses.asdict(self)}
