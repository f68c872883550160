"""What a partition depends on without being told: the code that its flow was loaded with.

Written by `migrate convert`; yours to edit. Used by backfill.py: a partition that other code has finished
runs again.

* Python: the package that the flow's file belongs to, all of it; for a file outside of any package, the
  files beside it.
* dbt: every project whose manifest a task of this process has read (dbt_graph.py): models, macros, tests,
  seeds, settings, installed packages.

Data is not code: name the files that a run reads in `inputs`.

Upstream: https://docs.prefect.io/v3/concepts/caching
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

_PYTHON = frozenset({".py", ".sql", ".yml", ".yaml", ".toml"})
_DBT = _PYTHON | {".csv"}
_LEFT_BEHIND = frozenset({"target", "logs", "__pycache__"})


def digest_of_code(function: Callable[..., Any]) -> str:
    """One SHA-256 over the code a flow's function belongs to; the same wherever the project lies."""
    total, own = hashlib.sha256(), _root(function)
    roots = [(own, _PYTHON, (own / "__init__.py").is_file())]
    for root, kinds, deep in [*roots, *((project, _DBT, True) for project in _dbt_projects())]:
        for file in sorted(_files(root, kinds, deep)):
            total.update(f"{file.relative_to(root)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _root(function: Callable[..., Any]) -> Path:
    """The outermost package around the function's file, or the folder of a file that is in none."""
    folder = Path(inspect.unwrap(function).__code__.co_filename).absolute().parent
    while (folder / "__init__.py").is_file() and (folder.parent / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _dbt_projects() -> Iterable[Path]:
    graph = sys.modules.get(f"{__package__}.dbt_graph")
    return sorted(getattr(graph, "PROJECTS", ()))


def _files(folder: Path, kinds: frozenset[str], deep: bool = True) -> Iterator[Path]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_file() and entry.suffix in kinds:
            yield entry
        elif deep and entry.is_dir() and entry.name not in _LEFT_BEHIND and not entry.name.startswith("."):
            yield from _files(entry, kinds)
