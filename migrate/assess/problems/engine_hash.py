"""Nondeterminism by the engine's hash: `hash()` differs between releases, Python's between processes.

`md5` and `sha256` are the same everywhere and are left alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem

SQL = re.compile(r"(?<![\w.])(hash|farm_fingerprint|hashtext|checksum|binary_checksum)\s*\(", re.IGNORECASE)


def _find(facts: Facts) -> Iterator[Evidence]:
    for sql in facts.sql():
        for found in SQL.finditer(sql.text):
            yield Evidence(sql.file, sql.line(found.start()), f"{sql.name}: {found[1]}()")
    for reached in facts.reached:
        for node in ast.walk(reached.node):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash":
                yield Evidence(reached.module.file, node.lineno, f"{reached.node.name}: Python's hash()")


PROBLEM = Problem(
    heading="years",
    weight="condition",
    title="Values hang on a hash that the engine may change",
    means="The same data gives other values on another release of the engine (DuckDB's `HASH()` differs "
    "between 1.0 and 2.0), so the two sides must run one version, and an upgrade changes history.",
    lifts="Use md5 or sha256, or pin one engine version on both sides ([dual_run] "
    "forbid_version_differences).",
    find=_find,
    hours=(0.5, 2),
)
