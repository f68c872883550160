"""Which node a table belongs to: dbt's relations by name, and tables that one asset's SQL makes."""

from __future__ import annotations

from migrate.lineage.dbt_project import DbtNode, DbtProject
from migrate.lineage.python_sql import Use
from migrate.lineage.subject import Part
from migrate.reading.units import Unit

OUTSIDE = "table:"
"""Before the id of a table that nothing declares."""


class Tables:
    """Table names, lower case, and the keys they stand for."""

    def __init__(self) -> None:
        self._by_table: dict[str, set[str]] = {}
        self._dbt_keys: set[str] = set()
        self._by_last: dict[str, set[str]] = {}
        self._uses: dict[tuple[int, str], tuple[Use, ...]] = {}

    def add_dbt(self, project: DbtProject, node: DbtNode) -> None:
        """A model's relation, or a source's."""
        self._dbt_keys.add(node.key)
        self._by_last.setdefault(node.key.rpartition("/")[2], set()).add(node.key)
        relation = (node.relation or node.name).lower()
        for name in {relation, node.name.lower()} if node.kind != "source" else {relation}:
            self._by_table.setdefault(name, set()).add(node.key)

    def add_python(self, part: Part, unit: Unit) -> None:
        """Tables that an asset makes by SQL; an asset's own name is a table as IO managers store it."""
        if unit.does != "asset":
            return
        if len(unit.keys) == 1:
            for use in self.uses(part, unit):
                if use.writes and use.table not in self._by_table:
                    self._by_table[use.table] = {unit.keys[0]}
        for key in unit.keys:
            self._by_table.setdefault(key.rpartition("/")[2].lower(), set()).add(key)

    def dbt_key(self, key: str) -> str:
        """dbt's key for a key as Python spells it; empty when it is none of dbt's.

        A custom translator may put a prefix before a model's name: the last part decides where it is unique.
        """
        if key in self._dbt_keys:
            return key
        found = self._by_last.get(key.rpartition("/")[2], set()) if "/" in key else set()
        return next(iter(found)) if len(found) == 1 else ""

    def key_of(self, table: str) -> str:
        """The node of a table: by its whole name, then without the schema; else an outside table."""
        for name in (table, table.rpartition(".")[2]):
            found = self._by_table.get(name, set())
            if len(found) == 1:
                return next(iter(found))
        return f"{OUTSIDE}{table}"

    def single(self) -> list[tuple[str, str]]:
        """(table, key) of every table that one node alone makes."""
        return [(table, next(iter(keys))) for table, keys in self._by_table.items() if len(keys) == 1]

    def names_of(self, key: str) -> list[str]:
        """The names by which SQL may call a node's table."""
        return [table for table, found in self.single() if found == key]

    def uses(self, part: Part, unit: Unit) -> tuple[Use, ...]:
        """The tables that a unit's Python touches."""
        place = (id(part), unit.construct.place)
        if place not in self._uses:
            node = unit.construct.node
            name = getattr(getattr(node, "name", None), "value", "")
            self._uses[place] = (
                part.python.uses(unit.construct.file, name, unit.construct.line) if name else ()
            )
        return self._uses[place]

    def read_by(self, part: Part, unit: Unit) -> frozenset[str]:
        """The keys whose tables a unit reads."""
        return frozenset(self.key_of(use.table) for use in self.uses(part, unit) if use.how == "reads")

    def made_in(self, part: Part, unit: Unit) -> frozenset[str]:
        """Tables and views that a unit makes itself, and may then read."""
        return frozenset(use.table for use in self.uses(part, unit) if use.how != "reads")
