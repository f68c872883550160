"""`migrate gate --self-test`: seed faults into a copy of the candidate's output, and see the gate turn red.

For each kind of fault the candidate's database is copied once and every table of the copy gets that
fault; then the copy is compared with the authority's database and Great Expectations judges the facts,
both by the code of the gate itself. Tables are compared one by one, so a table's verdict rests on its own
fault alone. Waivers are left out: what is tested is the gate, not the leave to differ. A table that is not
equal before any fault proves nothing and is counted apart.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from migrate import files
from migrate.errors import EvidenceError
from validation.evidence import SIDES
from validation.facts import Fact, holds
from validation.faults import FAULTS, NotApplicable, Target
from validation.gates import outputs
from validation.gates.seeded import FILE
from validation.parity.catalog import table_name
from validation.sql import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import duckdb

    from validation.evidence import Evidence
    from validation.parity.report import ParityReport

Outcome = Literal["found", "missed", "not applicable", "already red"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Seeded:
    """One fault in one table: what was done (or why not), and whether the gate turned red for it."""

    fault: str
    table: str
    outcome: Outcome
    what: str


@dataclass(frozen=True)
class SelfTest:
    """Every fault in every table, and the CPU seconds that it took."""

    seeded: tuple[Seeded, ...]
    cpu_seconds: float

    def count(self, outcome: Outcome, fault: str | None = None) -> int:
        """How many ended so, of one kind of fault or of all."""
        return sum(s.outcome == outcome and fault in (None, s.fault) for s in self.seeded)

    @property
    def rate(self) -> float | None:
        """Found ÷ seeded; None when nothing could be seeded."""
        seeded = self.count("found") + self.count("missed")
        return self.count("found") / seeded if seeded else None


def run(evidence: Evidence, say: Callable[[str], None] = lambda _: None) -> SelfTest:
    """Seed every fault into every table and write self-test.json into the run's folder.

    Args:
        evidence: the dual run; its files are not touched.
        say: told what is being done.

    Raises:
        EvidenceError: there are no two databases, or Great Expectations gave no verdict that adds up.
    """
    (evidence.folder / FILE).unlink(missing_ok=True)  # an old answer must not outlive a failed attempt
    authority, candidate = (_database(evidence, side) for side in SIDES)
    began = time.process_time()
    facts: list[Fact] = []
    seeded: list[Seeded] = []
    with tempfile.TemporaryDirectory(prefix="self-test-") as folder:
        base = _base(candidate, Path(folder) / "base")
        say("no fault")
        control = _compare(evidence, authority, base)
        red = {_table(f) for f in _facts(evidence, control, "none") if not _holds(f)}
        for number, fault in enumerate(FAULTS):
            say(fault)
            copy = _copy(base, Path(folder) / str(number))
            here = list(_seed(copy, fault, control, red))
            seeded += here
            hit = {s.table for s in here if s.outcome == "missed"}
            found = _compare(evidence, authority, copy)
            facts += [f for f in _facts(evidence, found, fault) if _table(f) in hit]
        say("Great Expectations")
        result = SelfTest(_judged(facts, seeded, Path(folder) / "gx"), 0.0)
    result = replace(result, cpu_seconds=round(time.process_time() - began, 2))
    files.write_json(evidence.folder / FILE, to_json(evidence, result))
    return result


def _database(evidence: Evidence, side: str) -> Path:
    file = evidence.database(side)
    if file is None or not file.is_file():
        raise EvidenceError(
            f"the {side} side left no data to seed faults into",
            file=file or evidence.folder,
            remedy="The self-test needs both databases of a finished dual run.",
        )
    return file


def _copy(file: Path, folder: Path) -> Path:
    """A copy under its own name: views of DuckDB spell the name of their database."""
    folder.mkdir()
    return Path(shutil.copy(file, folder / file.name))


def _base(candidate: Path, folder: Path) -> Path:
    """The candidate as one DuckDB file of tables: a copy, or what data files hold."""
    from validation.parity.sources import find

    if all(file.database and not file.foreign for file in find(candidate)):
        copy = _copy(candidate, folder)
        _settle(copy)
        return copy
    folder.mkdir()
    return _read(candidate, folder / "base.duckdb")


def _read(candidate: Path, database: Path) -> Path:
    """Write the tables of Parquet, CSV or JSON files into a new database, under the names they go by."""
    from validation.parity.catalog import relations
    from validation.parity.session import session
    from validation.parity.sources import find

    with session(None) as opened:
        opened.run(f"ATTACH {literal(str(database))} AS base")
        found, _ = relations(opened, (find(candidate), ()), prefixed=False)
        for name, relation in found.items():
            opened.run(f"CREATE TABLE {identifier('base', 'main', name)} AS SELECT * FROM {relation.source}")
        opened.run("DETACH base")
    return database


def _settle(database: Path) -> None:
    """Turn every view into a table of its rows, so that a fault in one table is a fault in no other."""
    with _open(database) as connection:
        views = connection.execute(
            "SELECT schema_name, view_name FROM duckdb_views() "
            "WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
        for number, view in enumerate(views):
            connection.execute(f"CREATE TABLE settled_{number} AS SELECT * FROM {identifier(*view)}")
        for view in views:
            connection.execute(f"DROP VIEW {identifier(*view)}")
        for number, view in enumerate(views):
            connection.execute(f"CREATE TABLE {identifier(*view)} AS SELECT * FROM settled_{number}")
            connection.execute(f"DROP TABLE settled_{number}")


def _open(database: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(str(database))
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _compare(evidence: Evidence, authority: Path, candidate: Path) -> ParityReport:
    from validation.parity import Wish, compare

    settings, wish = evidence.migration.outputs, Wish(samples=0)
    return compare(authority, candidate, settings, years=evidence.phase.years, wish=wish)


def _facts(evidence: Evidence, found: ParityReport, fault: str) -> list[Fact]:
    """The facts of the parity gate, under the fault's name; how many tables there are is not in question."""
    judged = outputs.facts(replace(evidence, parity=found.to_json()))
    names = {table.name for table in found.tables}
    return [replace(fact, gate=fault) for fact in judged if _table(fact) in names]


def _table(fact: Fact) -> str:
    """The table that a fact of the parity gate speaks of."""
    return fact.subject.rpartition("/")[0]


def _holds(fact: Fact) -> bool:
    return holds(fact.measure, fact.limit, waived=False)


def _seed(database: Path, fault: str, control: ParityReport, red: set[str]) -> Iterator[Seeded]:
    """Seed one kind of fault into every table; until the gate has judged, it counts as missed."""
    import duckdb

    with _open(database) as connection:
        there = _columns(connection)
        for table in control.tables:
            if table.name in red or table.name not in there:
                yield Seeded(fault, table.name, "already red", "it differs without a fault")
                continue
            left_out = {*(i.column for i in table.ignored), *(a.column for a in table.tolerated)}
            schema, name, columns = there[table.name]
            exact = tuple(c for c in columns if c[0] not in left_out)
            target = Target(table.name, identifier(schema, name), exact, table.key, table.year_column)
            try:
                yield Seeded(fault, table.name, "missed", FAULTS[fault](connection, target))
            except NotApplicable as reason:
                yield Seeded(fault, table.name, "not applicable", str(reason))
            except duckdb.ConstraintException:
                yield Seeded(fault, table.name, "not applicable", "the database itself refuses it")


def _columns(
    connection: duckdb.DuckDBPyConnection,
) -> Mapping[str, tuple[str, str, list[tuple[str, str]]]]:
    """Schema, name and columns of each table, by the name that the comparison gives it."""
    found: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
    for schema, table, column, kind in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND NOT internal ORDER BY ALL"
    ).fetchall():
        _, _, columns = found.setdefault(table_name(schema, table), (schema, table, []))
        columns.append((column, kind))
    return found


def _judged(facts: list[Fact], seeded: list[Seeded], folder: Path) -> tuple[Seeded, ...]:
    """What Great Expectations says of every seeded fault, all of them in one checkpoint."""
    if not facts:
        return tuple(seeded)
    from validation import expectations

    judged = expectations.decide(facts, {}, folder, docs=False)
    red = {(j.fact.gate, _table(j.fact)) for j in judged if not j.passed}
    return tuple(
        replace(s, outcome="found") if s.outcome == "missed" and (s.fault, s.table) in red else s
        for s in seeded
    )


def to_json(evidence: Evidence, result: SelfTest) -> dict[str, Any]:
    """self-test.json: bound to the run, its databases and the settings by their digests."""
    return {
        "schema": 1,
        "phase": evidence.number,
        "run": evidence.run.id,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "databases": {side: files.digest_file(_database(evidence, side)) for side in SIDES},
        "config_sha256": files.digest_file(evidence.migration.file),
        "cpu_seconds": result.cpu_seconds,
        "rate": result.rate,
        "summary": {outcome: result.count(outcome) for outcome in OUTCOMES},
        "by_fault": [
            {"fault": fault} | {outcome: result.count(outcome, fault) for outcome in OUTCOMES}
            for fault in FAULTS
        ],
        "faults": [asdict(s) for s in result.seeded],
    }
