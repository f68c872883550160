"""A folder of outputs corrupted, and put right again: alike on both sides."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def restore(good: Path, out: Path) -> None:
    """The good outputs, as they were."""
    shutil.rmtree(str(out), ignore_errors=True)
    shutil.copytree(str(good), str(out))


def apply(database: Path, out: Path, changes: Iterable[Iterable[str]]) -> list[str]:
    """Run the statements of each change in one transaction; why this data does not allow it, or nothing."""
    import duckdb

    problems = []
    with duckdb.connect(str(database)) as connection:
        for statements in changes:
            connection.execute("begin")
            try:
                for statement in statements:
                    connection.execute(statement.replace("{out}", str(out)))
                connection.execute("commit")
                problems.append("")
            except duckdb.Error as problem:
                connection.execute("rollback")
                problems.append(str(problem))
    return problems
