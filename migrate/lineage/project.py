"""The lineage of a migration: read from code, laid over what both sides load, joined with what ran, and kept.

    from migrate.lineage.project import lineage_of
    graph = lineage_of(migrate.config.load(Path()))

Reading is skipped when no file of the project changed since the graph was stored: first by sizes and times,
then, where those differ (a checkout, a new run), by the files' contents.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from migrate.files import digest_file
from migrate.lineage import store
from migrate.lineage.graph import Lineage, Made
from migrate.lineage.runs import recorded_runs
from migrate.lineage.sides import overlaid
from migrate.reading.dbt import find_project
from migrate.reading.source import SKIPPED_FOLDERS
from migrate.workspace import Workspace, read_json

if TYPE_CHECKING:
    from migrate.config import Migration

Progress = Callable[[str], None]
READING = b"2"
"""Raised when the same files give another graph than before."""


def lineage_of(migration: Migration, progress: Progress | None = None, events: str = "") -> Lineage:
    """The lineage of the project that a migration.toml speaks of.

    Args:
        migration: its settings.
        progress: called with each file that is read.
        events: the API of a Prefect server whose asset events are added to the history.

    Raises:
        SourceError: there is no Dagster project.
        EvidenceError: the Prefect server does not answer.
    """
    workspace = Workspace.of(migration)
    root = migration.root / migration.legacy.root
    signature = signature_of(root, workspace)
    found = store.load(workspace.lineage, signature)
    told = _asked(events)
    if found is not None and not told:
        return found
    content = content_of(root, workspace)
    graph = found or store.load(workspace.lineage, content=content) or _read(root, workspace, progress)
    runs = _merged([*store.history(workspace.lineage), *recorded_runs(workspace.runs), *told])
    graph = graph.with_runs(runs)
    store.save(workspace.lineage, graph, signature, content)
    return graph


def lineage_of_folder(root: Path, progress: Progress | None = None) -> Lineage:
    """The lineage of a Dagster project that has no migration.toml: code alone, and nothing is kept.

    Raises:
        SourceError: there is no Dagster project.
    """
    return _from_code(root, progress)


def _from_code(root: Path, progress: Progress | None) -> Lineage:
    # heavy: LibCST, the rules and sqlglot are only needed when something changed
    from migrate.lineage.columns import with_columns
    from migrate.lineage.static import static_lineage
    from migrate.lineage.subject import read_subject

    subject = read_subject(root, progress)
    return with_columns(static_lineage(subject), subject)


def _read(root: Path, workspace: Workspace, progress: Progress | None) -> Lineage:
    graph = _from_code(root, progress)
    try:
        both = read_json(workspace.graph), read_json(workspace.equivalence)
    except EvidenceError:
        return graph  # not verified yet: what the code says, on Dagster's side
    return overlaid(graph, *both)


def _asked(events: str) -> list[Made]:
    if not events:
        return []
    from migrate.lineage.prefect_events import asked

    return list(asked(events))


def _merged(runs: Iterable[Made]) -> tuple[Made, ...]:
    """Each making once, oldest first; what an older program wrote down is replaced by today's reading."""
    found = {(m.run, m.node, m.side, m.year, m.finished): m for m in runs}
    return tuple(sorted(found.values(), key=lambda m: m.finished))


def signature_of(root: Path, workspace: Workspace | None = None) -> str:
    """Tells one state of a project's files from another by their sizes and times; no file is read."""
    digest = hashlib.sha256(READING)
    watched = (
        [workspace.graph, workspace.equivalence, *sorted(workspace.runs.glob("*/run.json"))]
        if workspace
        else []
    )
    for path, status in (*_stats(_folders(root)), *((p, p.stat()) for p in watched if p.is_file())):
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def content_of(root: Path, workspace: Workspace) -> str:
    """Tells one state of what a graph is made of from another by contents; recorded runs do not count."""
    digest = hashlib.sha256(READING)
    loaded = [str(p) for p in (workspace.graph, workspace.equivalence) if p.is_file()]
    for path in (*(path for path, _ in _stats(_folders(root))), *loaded):
        digest.update(f"{path}\0{digest_file(Path(path))}\n".encode())
    return digest.hexdigest()


def _folders(root: Path) -> list[Path]:
    dbt = find_project(root) if root.is_dir() else None
    return [root, *([dbt] if dbt and not dbt.resolve().is_relative_to(root.resolve()) else [])]


def _stats(folders: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    wanted = (".py", ".sql", ".yml", ".yaml", ".toml", ".csv", ".json")
    for top in folders:
        for folder, names, files in os.walk(top):
            names[:] = sorted(n for n in names if n not in SKIPPED_FOLDERS)
            for name in sorted(files):
                if name.endswith(wanted):
                    path = os.path.join(folder, name)  # noqa: PTH118 - pathlib takes ten times as long here
                    yield path, os.stat(path)  # noqa: PTH116 - the same
