"""dbt's generic tests as YAML declares them, named as dbt names them.

Upstream: https://docs.getdbt.com/reference/resource-properties/data-tests
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from migrate.lineage.yaml_files import mappings

NOT_ARGUMENTS = frozenset(
    {"name", "config", "severity", "where", "tags", "description", "meta", "error_if", "warn_if"}
)


@dataclass(frozen=True)
class DbtTest:
    """One test of a model, source, seed or snapshot."""

    name: str
    kind: str
    column: str = ""
    file: str = ""
    line: int = 0


def declared_tests(
    entry: Mapping[str, Any], subject: str, prefix: str = "", file: str = "", line: int = 0
) -> Iterator[DbtTest]:
    """The tests that a model's entry declares, of its columns and of itself.

    Args:
        entry: the mapping in YAML.
        subject: what dbt puts into a test's name for the model (`source_raw_census` for a source).
        prefix: `source` for sources, whose test names begin with it.
        file: where it stands.
        line: the line of its name.
    """
    for given in _given(entry):
        yield _test(given, subject, "", prefix, file, line)
    for column in mappings(entry.get("columns")):
        for given in _given(column):
            yield _test(given, subject, str(column.get("name", "")), prefix, file, line)


def _given(entry: Mapping[str, Any]) -> list[Any]:
    found = entry.get("data_tests") or entry.get("tests") or []
    return found if isinstance(found, list) else []


def _test(given: Any, subject: str, column: str, prefix: str, file: str, line: int) -> DbtTest:
    kind, settings = (given, {}) if isinstance(given, str) else next(iter(given.items()))
    settings = settings if isinstance(settings, dict) else {}
    named = settings.get("name")
    inner = settings.get("arguments")
    arguments = {**settings, **(inner if isinstance(inner, dict) else {})}
    arguments.pop("arguments", None)
    own = {k: v for k, v in arguments.items() if k not in NOT_ARGUMENTS}
    name = str(named) if named else _nice_name(str(kind), subject, column, own, prefix)
    return DbtTest(name, str(kind), column, file, line)


def _nice_name(kind: str, subject: str, column: str, arguments: Mapping[str, Any], prefix: str) -> str:
    """dbt's own rule: arguments by name, flat, other characters an underscore; a long name is not cut."""
    given = {**arguments, **({"column_name": column} if column else {})}
    flat: list[str] = []
    for name in sorted(given):
        value = given[name]
        parts = (
            list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        )
        flat += [re.sub(r"[^0-9a-zA-Z_]+", "_", str(part)) for part in parts]
    words = kind.replace(".", "_")
    full = f"{prefix}_{words}_{subject.removeprefix('source_')}" if prefix else f"{words}_{subject}"
    return f"{full}_{'__'.join(flat)}" if flat else full + "_"
