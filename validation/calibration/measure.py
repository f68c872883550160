"""Two runs of one side compared: what differs, what of it is noise, what is left is a defect."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migrate.config import AllowEmpty, Ignore, Tolerance
from validation.calibration.noise import Noise, Pair, in_tables, noise
from validation.calibration.proposal import as_toml, proposed, with_proposals
from validation.parity import Wish, compare
from validation.parity.session import session
from validation.sql import identifier, literal

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.twice import Once
    from validation.parity import TableReport

EVERYTHING = (AllowEmpty(table="*", reason="a side against itself"),)
SAMPLES = 3


@dataclass(frozen=True)
class Calibration:
    """What a side differs in from itself.

    `settings` are those that the noise earns beyond migration.toml; `defects` are the tables that differ
    under all of them; `reordered` the tables whose rows came in another order (no difference).
    """

    side: str
    years: tuple[int, ...]
    tables: int
    noisy: tuple[Noise, ...]
    settings: tuple[Ignore | Tolerance, ...]
    defects: tuple[TableReport, ...]
    suspects: dict[str, list[str]]
    reordered: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """calibration.json."""
        return {
            "schema": 1,
            "side": self.side,
            "years": list(self.years),
            "tables": self.tables,
            "noise": [{**dataclasses.asdict(n), "measured": n.measured} for n in self.noisy],
            "proposed": as_toml(self.settings),
            "defects": [
                {
                    "table": table.name,
                    "reason": table.reason,
                    "columns": self.suspects.get(table.name) or list(table.columns),
                    "samples": [dataclasses.asdict(sample) for sample in table.samples],
                }
                for table in self.defects
            ],
            "reordered": list(self.reordered),
        }


def measure(
    migration: Migration, side: str, years: tuple[int, ...], a: Once, b: Once, today: str
) -> Calibration:
    """Compare both runs and classify.

    Args:
        migration: its `[outputs]` says what is compared; noise is looked for without its ignores.
        side: "dagster" or "prefect".
        years: the years that were run.
        a: the first run.
        b: the second.
        today: the date that the reasons name.
    """
    own = migration.outputs.model_copy(update={"allow_empty": EVERYTHING})
    bare = own.model_copy(update={"ignore": (), "tolerance": ()})
    first = compare(a.database, b.database, bare, wish=Wish(samples=0))
    differing = [t.name for t in first.tables if t.verdict == "different"]
    noisy, suspects, reordered = _noise(
        a, b, differing, [t.name for t in first.tables if t.verdict == "equal"]
    )
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    where = f"measured {today}, {side} against itself, {span}"
    settings = proposed(noisy, migration.outputs, where)
    judged = compare(a.database, b.database, with_proposals(own, settings), wish=Wish(samples=SAMPLES))
    defects = tuple(t for t in judged.tables if t.verdict != "equal")
    suspects = {name: columns for name, columns in suspects.items() if name in {t.name for t in defects}}
    return Calibration(
        side, years, len(first.tables), tuple(noisy), tuple(settings), defects, suspects, tuple(reordered)
    )


def _noise(
    a: Once, b: Once, differing: list[str], equal: list[str]
) -> tuple[list[Noise], dict[str, list[str]], list[str]]:
    """Noisy columns, columns that differ and are no noise (by table), and tables in another order."""
    found: list[Noise] = []
    suspects: dict[str, list[str]] = {}
    with session(None) as opened:
        for name, once in (("left", a), ("right", b)):
            opened.run(f"ATTACH {literal(str(once.database))} AS {identifier(name)} (READ_ONLY)")
        pair = Pair(opened, a, b)
        for name, schema, table in in_tables(differing):
            noisy, other = noise(pair, name, schema, table)
            found += noisy
            if other:
                suspects[name] = other
        reordered = [name for name, schema, table in in_tables(equal) if _reordered(pair, schema, table)]
    return found, suspects, reordered


def _reordered(pair: Pair, schema: str, table: str) -> bool:
    """Whether the rows lie in another order; views have none of their own."""
    kind = pair.session.row(
        f"SELECT count(*) FROM duckdb_tables() WHERE schema_name = {literal(schema)}"
        f" AND table_name = {literal(table)} AND database_name IN ('left', 'right')"
    )[0]
    if kind != 2:
        return False
    sums = [
        pair.session.row(
            "SELECT sum((rowid + 1)::HUGEINT * (hash(t) % 1000000007)::HUGEINT) FROM"
            f" {identifier(side, schema, table)} t"
        )[0]
        for side in ("left", "right")
    ]
    return bool(sums[0] != sums[1])
