"""`make corpus`: what becomes of other people's projects: one row each, and what must never happen counted.

    python -m migrate.corpus DIR [--json FILE]      (python -m shims.corpus also loads and compares graphs)

A crash is an exception of the converter; a lost key is one of a deployed asset that no file of the
target names; an open dependency is an `asset_deps` entry of the target that nothing makes and that was
no dependency in the source.
"""

from __future__ import annotations

import ast
import json
import re
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import NO, YES, ChangeoverError

if TYPE_CHECKING:
    from migrate.results import Conversion

Graphs = Callable[[Path, "Conversion"], Iterable[tuple[str, str, bool]]]
"""Code location, what comparing says, whether it is bad."""
Imports = Callable[[Path, "Conversion"], Iterable[str]]
"""What keeps modules of the target from being imported, a line each."""

WORDS = ("converted", "adapted", "bridged", "manual", "undeployed", "dropped")
ASSET = re.compile(r"asset://([^\"'{}\s]+)")


@dataclass
class Row:
    """One project. Shares are of deployed constructs."""

    project: str
    constructs: int = 0
    deployed: int = 0
    dispositions: dict[str, int] = field(default_factory=dict)
    unread: int = 0
    errors: int = 0
    crashes: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    lost_keys: list[str] = field(default_factory=list)
    open_deps: list[str] = field(default_factory=list)
    not_accounted: list[str] = field(default_factory=list)
    seconds: float = 0.0
    graphs: list[str] = field(default_factory=list)
    graph_faults: list[str] = field(default_factory=list)

    @property
    def graph(self) -> str:
        """In a word, whether the target's graph is that of the project."""
        if self.graph_faults:
            return "differs"
        if any(" but for " in text for text in self.graphs):
            return "equal but for refused"
        return "equal" if any("equal (" in text for text in self.graphs) else "not asked"

    @property
    def done(self) -> float:
        """The share of deployed constructs that were converted or adapted."""
        good = sum(self.dispositions.get(word, 0) for word in ("converted", "adapted", "dropped"))
        return good / self.deployed if self.deployed else 1.0

    @property
    def sound(self) -> bool:
        """Whether nothing happened that must never happen."""
        lost = self.lost_keys or self.open_deps or self.not_accounted or self.graph_faults
        return not (self.crashes or self.broken or lost)


def examine(project: Path, graphs: Graphs | None = None, imports: Imports | None = None) -> Row:
    """Convert one project in memory and look at the result; whatever goes wrong is in the row.

    Args:
        project: its folder.
        graphs: what loads both sides and compares their graphs, code location by code location.
        imports: what imports every module of the target.
    """
    from migrate.conversion import convert
    from migrate.conversion_record import as_json
    from migrate.reporting import inventory_of

    row, start = Row(project.name), time.process_time()
    try:
        inventory = inventory_of(project)
        result = convert(project)
    except ChangeoverError as problem:
        row.crashes.append(f"refused: {problem}")
        return row
    except Exception as problem:  # a crash is what this program is there to count
        row.crashes.append(f"{type(problem).__name__}: {problem}")
        return row
    row.seconds = round(time.process_time() - start, 2)
    record = as_json(result)
    row.constructs = len(record["constructs"])
    row.dispositions = record["summary"]
    row.deployed = row.constructs - row.dispositions.get("undeployed", 0)
    row.unread = len(record["unread_arguments"])
    row.errors = len(record["errors"])
    row.crashes += [e["message"] for e in record["errors"] if "could not be converted" in e["message"]]
    row.broken = [*_broken(result.files, project), *(imports(project, result) if imports else ())]
    row.not_accounted = _unaccounted(inventory, record)
    row.lost_keys, row.open_deps = _graph(inventory, record, result.files)
    for where, text, bad in graphs(project, result) if graphs else ():
        (row.graph_faults if bad else row.graphs).append(f"{where}: {text}")
    return row


def _broken(files: Mapping[str, bytes], root: Path) -> Iterable[str]:
    """Files of the target that do not compile or read undefined names, though they are no copies."""
    from migrate.rewriting.undefined import undefined_in

    for path, data in files.items():
        if path.endswith(".py") and b"prefect" in data:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    compile(data, path, "exec", dont_inherit=True)
            except (SyntaxError, ValueError) as problem:
                if newer_than_this_python(root / path):
                    continue
                yield f"{path}:{getattr(problem, 'lineno', 0)}: {problem}"
                continue
            lost = undefined_in(data.decode("utf-8", "replace"))
            lost -= _undefined_before(root / path) if lost else lost
            if lost:
                yield f"{path}: undefined names: {', '.join(sorted(lost))}"


def newer_than_this_python(path: Path) -> bool:
    """Whether the source's own file needs a newer Python than this one: no fault of the conversion."""
    try:
        ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return path.is_file()
    return False


def _undefined_before(path: Path) -> frozenset[str]:
    """What the source's own file leaves undefined: not for the conversion to mend."""
    from migrate.rewriting.undefined import undefined_in

    return undefined_in(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else frozenset()


def _unaccounted(inventory: Mapping[str, Any], record: Mapping[str, Any]) -> list[str]:
    """Constructs of the inventory without a disposition, or with more than one."""

    def places(rows: Iterable[Mapping[str, Any]]) -> list[str]:
        return sorted(f"{r['file']}:{r['line']}: {r['kind']} {r['name']}" for r in rows)

    left, right = places(inventory["constructs"]), places(record["constructs"])
    return sorted({p for p in {*left, *right} if left.count(p) != right.count(p)})


def _graph(
    inventory: Mapping[str, Any], record: Mapping[str, Any], files: Mapping[str, bytes]
) -> tuple[list[str], list[str]]:
    """Deployed keys that the target does not name, and keys it waits for that nobody knows."""
    stay = {
        (c["file"], c["line"], c["name"])
        for c in record["constructs"]
        if c["disposition"] in ("converted", "adapted", "bridged")
    }
    rows = inventory["constructs"]
    kept = [
        r for r in rows if r["deployed"] and (r["file"], r["line"], r["name"]) in stay and r["instances"] < 2
    ]
    own = {p: d for p, d in files.items() if "prefect_support/" not in p}
    code = [d.decode("utf-8", "replace") for p, d in own.items() if p.endswith((".py", ".yaml", ".json"))]
    text = "\n".join(code)
    lost = [
        k for r in kept if r["kind"] in ("asset", "multi_asset") for k in r["keys"] if not _named(k, text)
    ]
    known = {k for r in rows for k in (*r["keys"], *r["deps"])}
    waits = {k for source in code for k in _waited(source)}
    return sorted(set(lost)), sorted(k for k in waits if known and k not in known)


def _named(key: str, text: str) -> bool:
    return f"asset://{key}" in text or f'"{key}"' in text or key.rsplit("/", 1)[-1] in text


def _waited(source: str) -> set[str]:
    """Keys of `asset_deps=[...]` in a file."""
    if "asset_deps" not in source:
        return set()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "asset_deps":
            texts = [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
            found |= {m for t in texts if isinstance(t, str) for m in ASSET.findall(t)}
    return found


def projects_in(folder: Path) -> list[Path]:
    """The checked-out projects of a folder.

    Raises:
        ChangeoverError: there is none.
    """
    found = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    if not found:
        raise ChangeoverError("no project here", file=folder, remedy="Check projects out into it.")
    return found


def show(rows: Iterable[Row]) -> str:
    """The table, one line a project, and below it what went wrong."""
    head = f"{'project':34}{'constructs':>11}{'deployed':>9}{'done':>6}{'manual':>7}{'bridged':>8}"
    lines = [head + f"{'unread':>7}{'crashes':>8}{'lost':>5}{'open':>5}{'CPU s':>7}  graph"]
    for r in rows:
        lost = len(r.lost_keys) + len(r.not_accounted)
        lines.append(
            f"{r.project[:33]:34}{r.constructs:11}{r.deployed:9}{r.done:6.0%}"
            f"{r.dispositions.get('manual', 0):7}{r.dispositions.get('bridged', 0):8}{r.unread:7}"
            f"{len(r.crashes) + len(r.broken):8}{lost:5}{len(r.open_deps):5}{r.seconds:7.1f}  {r.graph}"
        )
        for name in (
            "crashes",
            "broken",
            "lost_keys",
            "open_deps",
            "not_accounted",
            "graphs",
            "graph_faults",
        ):
            lines += [f"    {name.replace('_', ' ')}: {text}" for text in getattr(r, name)[:20]]
    return "\n".join(lines)


def as_json(rows: Iterable[Row]) -> str:
    """The rows for other programs."""
    return json.dumps([{**asdict(r), "done": round(r.done, 4)} for r in rows], indent=2) + "\n"


def main(
    folder: Path, file: Path | None = None, graphs: Graphs | None = None, imports: Imports | None = None
) -> int:
    """Examine every project of a folder; 0 when none crashed, lost or broke anything, else 1."""
    rows = [examine(project, graphs, imports) for project in projects_in(folder)]
    print(show(rows))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_json(rows), encoding="utf-8")
    return YES if all(r.sound for r in rows) else NO


def command(graphs: Graphs | None = None, imports: Imports | None = None) -> int:
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args()
    return main(given.folder, given.json, graphs, imports)


if __name__ == "__main__":
    import sys

    sys.exit(command())
