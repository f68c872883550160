"""What SQL reads and writes, by sqlglot; a statement that it cannot read is searched for FROM and JOIN."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LOOKS_LIKE = re.compile(
    r"^\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*"
    r"(?:with\s+(?:recursive\s+)?[\w\"]+\s+(?:\([^)]*\)\s*)?as\b|select\s+\S|insert\s+(?:or\s+\w+\s+)?into\s+\S|"
    r"create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view)\s+\S|copy\s+[\w\"(]|delete\s+from\s+\S|"
    r"update\s+[\w\".]+\s+set\s+\S|merge\s+into\s+\S|truncate\s+(?:table\s+)?\S|drop\s+(?:table|view)\s+\S)",
    re.IGNORECASE | re.DOTALL,
)
FALLBACK = re.compile(
    r"\b(?:from|join)\s+(`[^`\n]+`|(?:[\w\"]+\.){0,2}[\w\"]+)(?![\w.]|\s*\()", re.IGNORECASE
)
CTE = re.compile(r"\b(\w+)\s+as\s+(?:not\s+)?(?:materialized\s+)?\(", re.IGNORECASE)
NOT_FROM = re.compile(r"\b(?:extract|trim|substring|position)\s*\([^()]*\bfrom\b", re.IGNORECASE)
OTHERS = ("snowflake", "bigquery", "postgres")
FILES = (".parquet", ".csv", ".json", ".jsonl", ".ndjson", ".gz", ".tsv", ".arrow")
BUILT_IN = frozenset({"information_schema", "pg_catalog", "sys", "duckdb_settings"})
NOT_TABLES = frozenset(
    {"null", "select", "table", "dual", "lateral", "unnest", "values", "none", "the", "a", "where"}
)


@dataclass(frozen=True)
class Touched:
    """Tables by lower-case name, with their schema where one is written: `raw.census`."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    drops: frozenset[str] = frozenset()
    parsed: bool = True


def looks_like_sql(text: str) -> bool:
    """Whether a text begins as a statement does."""
    return bool(LOOKS_LIKE.match(text))


@lru_cache(maxsize=4096)
def touched(sql: str, dialect: str = "duckdb") -> Touched:
    """The tables a text of SQL reads and writes; names of CTEs and table functions are none."""
    trees = parsed(sql, dialect)
    if trees is None:
        text = NOT_FROM.sub(" ", _without_comments(sql))
        ctes = {name.lower() for name in CTE.findall(text)}
        found = {_clean(name) for name in FALLBACK.findall(text)} - ctes
        return Touched(frozenset(n for n in found if _is_table(n)), parsed=False)
    reads: set[str] = set()
    writes: set[str] = set()
    drops: set[str] = set()
    for tree in trees:
        for all_, here in zip((reads, writes, drops), _of_tree(tree), strict=True):
            all_ |= {name for name in here if _is_table(name)}
    return Touched(frozenset(reads), frozenset(writes), frozenset(drops))


@lru_cache(maxsize=4096)
def parsed(sql: str, dialect: str = "duckdb") -> tuple[Any, ...] | None:
    """The statements of a text; None when they cannot be read."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    for spoken in dict.fromkeys((dialect, *OTHERS)):  # a string does not say for which database
        try:
            return tuple(tree for tree in sqlglot.parse(sql, read=spoken) if tree is not None)
        except (SqlglotError, RecursionError, ValueError):
            continue
    return None


def _of_tree(tree: Any) -> tuple[set[str], set[str], set[str]]:
    """(read, written, dropped)."""
    from sqlglot import exp

    made = {c.alias_or_name.lower() for c in tree.find_all(exp.CTE)}
    writes: set[str] = set()
    drops: set[str] = set()
    targets: set[int] = set()
    for statement in tree.find_all(exp.Insert, exp.Create, exp.Delete, exp.Update, exp.Merge, exp.Drop):
        # sqlglot 30 drops several at once; before, `this` was the one
        for named in statement.args.get("tables") or [statement.this]:
            target = named.this if isinstance(named, exp.Schema) else named
            if not isinstance(target, exp.Table):
                continue
            targets.add(id(target))
            (drops if isinstance(statement, exp.Drop) else writes).add(_name(target))
    reads = set()
    for table in tree.find_all(exp.Table):
        if isinstance(table.this, exp.Identifier) and id(table) not in targets:
            name = _name(table)
            if name not in made:
                reads.add(name)
    return reads, writes, drops


def _name(table: Any) -> str:
    return ".".join(part for part in (table.db, table.name) if part).lower()


def _clean(name: str) -> str:
    return ".".join(part.strip('"`').lower() for part in name.split(".")[-2:])


def _is_table(name: str) -> bool:
    return (
        bool(name)
        and name.partition(".")[0] not in BUILT_IN
        and name not in NOT_TABLES
        and "/" not in name
        and not name.endswith(FILES)
    )


def _without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/", " ", sql, flags=re.DOTALL)


def line_of(text: str, names: Iterable[str]) -> int:
    """The 1-based line where one of the names stands first in a text; 1 when none does."""
    for name in names:
        found = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
        if found:
            return text.count("\n", 0, found.start()) + 1
    return 1
