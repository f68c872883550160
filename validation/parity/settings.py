"""What `[outputs]` of migration.toml says about one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from validation.parity.columns import Column
from validation.parity.report import Allowed, Leave

if TYPE_CHECKING:
    from migrate.config import Outputs
    from validation.parity.catalog import Relation

GUESSED_YEARS = ("year", "simulation_year")
"""The year column where nothing names one: the first of these that a table has."""


@dataclass(frozen=True)
class Rules:
    """How one table is compared. `required` are the years that must hold rows."""

    year_column: str | None = None
    key: tuple[str, ...] = ()
    key_source: str = "none"
    ignored: tuple[Leave, ...] = ()
    tolerated: tuple[Allowed, ...] = ()
    required: tuple[int, ...] = ()
    empty_allowed: str = ""
    """Why the table may be empty on both sides; the empty text if it may not."""
    notes: tuple[str, ...] = ()
    strict_schema: frozenset[str] = frozenset()
    """Of `nullability` and `order`, what is a difference of schema and not only reported."""

    def tolerance(self, column: str) -> Allowed | None:
        """The tolerance of a column, if it has one."""
        return next((t for t in self.tolerated if t.column == column), None)


@dataclass
class Settings:
    """The settings of a whole comparison; remembers which of them were of use.

    Args:
        outputs: the section, or None for a comparison without configuration.
        year_column: a name that goes before the section's.
        years: the years that every table with a year column must hold.
    """

    outputs: Outputs | None
    year_column: str | None = None
    years: Sequence[int] = ()
    used: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def compared(self, name: str, relation: Relation) -> bool:
        """Whether a table's schema is among those compared, and its name is not excluded."""
        if self.outputs is None:
            return True
        if not any(self._hit(f"schemas {s}", fnmatchcase(relation.schema, s)) for s in self.outputs.schemas):
            return False
        if any(self._hit(f"exclude {g}", fnmatchcase(name, g)) for g in self.outputs.exclude):
            self.left_out.add(name)
            return False
        return True

    def rules(self, name: str, left: Relation, right: Relation) -> Rules:
        """The rules for a table that both sides have."""
        ignored = self._ignored(name, [c.name for c in (*left.columns, *right.columns)])
        shared = {c.name: c for c in left.columns if c.name not in {i.column for i in ignored}}
        year = self._year(shared)
        key, source, notes = self._key(name, left, right, shared)
        fixed = {*key, year}
        return Rules(
            year,
            key,
            source,
            ignored,
            self._tolerated(name, [c for c in shared.values() if c.name not in fixed]),
            self._required(name) if year else (),
            self._may_be_empty(name, ()),
            notes,
            frozenset(self.outputs.strict_schema if self.outputs else ()),
        )

    def unused(self) -> tuple[str, ...]:
        """The settings that matched nothing: a misspelt one protects nobody."""
        if self.outputs is None:
            known = [f"year_column {self.year_column}"] if self.year_column else []
            return tuple(k for k in known if k not in self.used)
        known = [f"year_column {self.year_column or self.outputs.year_column}"]
        known += [f"schemas {s}" for s in self.outputs.schemas]
        known += [f"exclude {g}" for g in self.outputs.exclude]
        known += [f"keys {t}" for t in self.outputs.keys]
        known += [f"ignore {i.table} {i.column}" for i in self.outputs.ignore]
        known += [f"tolerance {t.table} {t.column}" for t in self.outputs.tolerance]
        known += [f"allow_empty {a.table}" for a in self.outputs.allow_empty]
        known += [f"rename {r.table} {r.left}" for r in self.outputs.rename]
        known += [f"filter {f.table}" for f in self.outputs.filter]
        known += [f"aggregate {a.table}" for a in self.outputs.aggregate]
        known += [f"identifier {i.table}.{i.column}" for i in self.outputs.identifier]
        return tuple(sorted({k for k in known if k not in self.used}))

    def _hit(self, setting: str, matches: bool) -> bool:
        if matches:
            self.used.add(setting)
        return matches

    def _ignored(self, name: str, columns: Iterable[str]) -> tuple[Leave, ...]:
        found: dict[str, Leave] = {}
        for rule in self.outputs.ignore if self.outputs else ():
            for column in columns:
                if fnmatchcase(name, rule.table) and fnmatchcase(column, rule.column):
                    self.used.add(f"ignore {rule.table} {rule.column}")
                    found.setdefault(column, Leave(column, rule.reason))
        return tuple(found.values())

    def _tolerated(self, name: str, columns: Iterable[Column]) -> tuple[Allowed, ...]:
        found: dict[str, Allowed] = {}
        for rule in self.outputs.tolerance if self.outputs else ():
            for column in columns:
                matches = fnmatchcase(name, rule.table) and fnmatchcase(column.name, rule.column)
                if matches and column.numeric:
                    self.used.add(f"tolerance {rule.table} {rule.column}")
                    allowed = Allowed(column.name, rule.absolute, rule.relative, rule.reason)
                    found.setdefault(column.name, allowed)
        return tuple(found.values())

    def _year(self, columns: Mapping[str, Column]) -> str | None:
        wanted = [self.year_column] if self.year_column else []
        if not wanted:
            wanted = [self.outputs.year_column] if self.outputs else list(GUESSED_YEARS)
        for name in wanted:
            alike = [c for c in columns if c.lower() == name.lower()]
            if name in columns or len(alike) == 1:
                self.used.add(f"year_column {name}")
                return name if name in columns else alike[0]
        return None

    def _key(
        self, name: str, left: Relation, right: Relation, columns: Mapping[str, Column]
    ) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        configured = (self.outputs.keys if self.outputs else {}).get(name)
        if configured:
            self.used.add(f"keys {name}")
            key, source = tuple(configured), "migration.toml"
        else:
            one, two = left.primary_key, right.primary_key
            if one and two and set(one) != set(two):
                return (), "none", ("the sides declare different primary keys: compared without one",)
            key, source = one or two, "primary key"
        lost = [c for c in key if c not in columns]
        if lost:
            return (), "none", (f"the key's column {lost[0]} is absent or ignored: compared without a key",)
        return key, source if key else "none", ()

    def _required(self, name: str) -> tuple[int, ...]:
        return tuple(y for y in self.years if not self._may_be_empty(name, (y,)))

    def _may_be_empty(self, name: str, years: tuple[int, ...]) -> str:
        """Why a table may be empty in `years` (none given: in every year that must hold rows)."""
        wanted = set(years or self.years)
        for rule in self.outputs.allow_empty if self.outputs else ():
            covers = not rule.years or (bool(wanted) and wanted <= set(rule.years))
            if self._hit(f"allow_empty {rule.table}", fnmatchcase(name, rule.table)) and covers:
                return rule.reason
        return ""
